"""What the pages of classes need: one to come, one past, one called off."""

from cms import sections
from cms.models import Certificate, Registration, TrainingClass
from cms.registration import occasions
from cms.training import attendance, certificates
from tests.cms.classes.building import curriculum, enrol, opened, training_class
from tests.factories import UserFactory

VALID, REVOKED = "ABCD-EFGH-JKMN", "ABCD-EFGH-JKMP"
COMING, PAST, OFF = "第三期", "第一期", "第二期"


def classes_made() -> None:
    """Two certificates are of learners of the past one; one of them is revoked."""
    sections.provide()
    page = curriculum("班次样本", "of-classes")
    fields = {
        "teachers_text": "某甲、某乙",
        "note": "自带纸笔。",
        "is_demonstration": True,
    }
    coming = training_class(page, 20, number=COMING, **fields)
    opened(coming, capacity=40)
    enrol(coming, *(f"学员{n}" for n in range(32)))
    row = coming.sessions.last()
    row.is_cancelled = True
    row.save()
    off = training_class(page, 30, number=OFF)
    occasions.call_off(off.occasion_id, "教室检修")
    past = training_class(page, -20, number=PAST)
    by = UserFactory.create(username="of-classes")
    learners = enrol(past, "某甲", "某乙")
    for row in past.sessions.all():
        attendance.mark_present(past, row.pk, by)
    for learner, code in zip(learners, (VALID, REVOKED), strict=True):
        made = certificates.issue(past, learner, "样本馆", by)
        Certificate.objects.filter(pk=made.pk).update(code=code)
        made.refresh_from_db()
        if code == REVOKED:
            certificates.revoke(made, "姓名有误", by)


def of_class(number: str) -> str:
    """The address of the page of a class."""
    one = TrainingClass.objects.get(number=number, curriculum__slug="of-classes")
    return f"/training/class/{one.pk}/"


def of_learner() -> str:
    """The page of somebody who has completed a class."""
    learner = Registration.objects.get(
        name="某甲", occasion__training_class__number=PAST
    )
    return f"/registration/mine/{learner.number}/"
