"""What people do with classes, their learners and certificates; see ``acting``."""

from cms.models import Attendance, Certificate, Registration, TrainingClass
from cms.training import attendance, certificates
from tests.cms.admin.acting import ACTIONS, Actor, action
from tests.cms.classes.building import curriculum, enrol, training_class
from tests.factories import UserFactory

__all__ = ["ACTIONS"]
NO_ROWS = {
    f"sessions-{name}": value
    for name, value in (
        ("TOTAL_FORMS", "0"),
        ("INITIAL_FORMS", "0"),
        ("MIN_NUM_FORMS", "0"),
        ("MAX_NUM_FORMS", "1000"),
    )
}


def completed() -> tuple[TrainingClass, Registration]:
    """A class that is over, and a learner who was always there."""
    one = training_class(in_days=-5)
    (learner,) = enrol(one, "学员甲")
    for row in one.sessions.all():
        attendance.mark_present(one, row.pk, UserFactory.create())
    return one, learner


@action("open a class")
def open_class(actor: Actor) -> bool:
    sent = {
        **NO_ROWS,
        "curriculum": curriculum().pk,
        "number": "第三期",
        "first_day": "2027-03-01",
        "last_day": "2027-03-02",
        "least_attendance": "80",
    }
    actor.post("classes:add", **sent)
    return TrainingClass.objects.filter(number="第三期").exists()


@action("change a class")
def change_class(actor: Actor) -> bool:
    one = training_class(sessions=[])
    assert one.curriculum is not None
    sent = {
        **NO_ROWS,
        "curriculum": one.curriculum.pk,
        "number": "第九期",
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "least_attendance": "60",
    }
    actor.post("classes:edit", one.pk, **sent)
    one.refresh_from_db()
    return (one.number, one.least_attendance) == ("第九期", 60)


@action("delete a class")
def delete_class(actor: Actor) -> bool:
    actor.post("classes:delete", training_class().pk)
    return not TrainingClass.objects.exists()


@action("mark attendance")
def mark_attendance(actor: Actor) -> bool:
    one = training_class(in_days=-5)
    (learner,) = enrol(one, "学员甲")
    row = one.sessions.first()
    sent = {"shown": "{}", f"s{row.pk}-r{learner.pk}": "present"}
    actor.post("class_attendance", one.pk, **sent)
    return Attendance.objects.exists()


@action("issue a certificate")
def issue_certificate(actor: Actor) -> bool:
    one, learner = completed()
    actor.post("class_issue", one.pk, learner=learner.pk)
    return Certificate.objects.exists()


@action("revoke a certificate")
def revoke_certificate(actor: Actor) -> bool:
    one, learner = completed()
    made = certificates.issue(one, learner, "样本馆", UserFactory.create())
    actor.post("class_revoke", made.pk, reason="姓名有误")
    made.refresh_from_db()
    return made.is_revoked
