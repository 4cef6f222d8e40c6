"""Attendance, quizzes, and who gets a certificate."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.models import (
    Attendance,
    Certificate,
    LessonPage,
    QuizPass,
    TrainingClass,
    User,
)
from cms.training import attendance, certificates
from cms.training.certificates import CertificateError
from cms.training.progress import progress_of
from cms.training.quiz_passes import note_pass, quizzes_of
from tests.cms.classes.building import curriculum, enrol, session, training_class
from tests.cms.training.building import quiz
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HOUSE = "样本馆"


@pytest.fixture
def trainer() -> User:
    return UserFactory.create()


@pytest.fixture
def over() -> TrainingClass:
    """A class of five sessions that ended yesterday."""
    day = timezone.localdate() - timedelta(days=2)
    rows = [session(day, f"{h:02}:00", f"{h:02}:50", f"第{h}节") for h in range(8, 13)]
    return training_class(in_days=-2, sessions=rows)


def attend(one: TrainingClass, learner: int, states: str, by: User) -> None:
    """``states`` a letter for each session: p, l, v (leave), a, or - for none."""
    words = {"p": "present", "l": "late", "v": "leave", "a": "absent", "-": ""}
    cells = {
        (row.pk, learner): words[letter]
        for row, letter in zip(one.sessions.all(), states, strict=True)
    }
    attendance.mark(one, cells, by)


def test_cells_that_are_not_on_the_sheet_are_left_out(
    over: TrainingClass, trainer: User
) -> None:
    (learner,) = enrol(over, "学员甲")
    (waiting,) = enrol(over, "学员乙", status="waiting")
    row = over.sessions.first()
    other = training_class(over.curriculum, number="第三期")
    foreign = other.sessions.first()

    changed = attendance.mark(
        over,
        {
            (row.pk, learner.pk): "present",
            (row.pk, waiting.pk): "present",
            (foreign.pk, learner.pk): "present",
            (over.sessions.last().pk, learner.pk): "asleep",
        },
        trainer,
    )

    assert changed == 1
    mark = Attendance.objects.get()
    assert (mark.session, mark.registration, mark.marked_by) == (row, learner, trainer)


def test_the_rest_of_a_session_is_marked_present(
    over: TrainingClass, trainer: User
) -> None:
    first, second, third = enrol(over, "学员甲", "学员乙", "学员丙")
    row = over.sessions.first()
    attendance.mark(over, {(row.pk, second.pk): "absent"}, trainer)

    assert attendance.mark_present(over, row.pk, trainer) == 2

    states = dict(Attendance.objects.values_list("registration", "state"))
    assert states == {first.pk: "present", second.pk: "absent", third.pk: "present"}


def test_a_mark_is_taken_back(over: TrainingClass, trainer: User) -> None:
    (learner,) = enrol(over, "学员甲")
    attend(over, learner.pk, "ppppp", trainer)
    attend(over, learner.pk, "-pppp", trainer)
    assert Attendance.objects.count() == 4


@pytest.mark.parametrize(
    ("states", "least", "completes"),
    [
        ("ppppa", 80, True),
        ("pplla", 80, True),
        ("pppva", 80, False),
        ("pppa-", 60, True),
        ("-----", 0, True),
        ("-----", 1, False),
        ("ppppp", 100, True),
        ("ppppv", 100, False),
    ],
)
def test_attendance_decides(
    over: TrainingClass, trainer: User, states: str, least: int, completes: bool
) -> None:
    over.least_attendance = least
    over.save()
    (learner,) = enrol(over, "学员甲")
    attend(over, learner.pk, states, trainer)

    (progress,) = progress_of(over)
    assert (not progress.wanting) is completes


def test_a_cancelled_session_does_not_count(over: TrainingClass, trainer: User) -> None:
    (learner,) = enrol(over, "学员甲")
    attend(over, learner.pk, "pppa-", trainer)
    last = over.sessions.last()
    last.is_cancelled = True
    last.save()

    (progress,) = progress_of(over)
    assert (progress.attended, progress.sessions, progress.percent) == (3, 4, 75)


def test_all_quizzes_must_be_passed_where_the_class_says_so(
    over: TrainingClass, trainer: User
) -> None:
    (learner,) = enrol(over, "学员甲")
    attend(over, learner.pk, "ppppp", trainer)
    one, two = LessonPage.objects.order_by("path")
    for lesson in (one, two):
        lesson.content = [quiz()]
        lesson.save_revision().publish()
    asked = quizzes_of(over.curriculum)
    assert [found.lesson_id for found in asked] == [one.pk, two.pk]

    assert note_pass(learner.number, one, asked[0].quiz, 90)
    (progress,) = progress_of(over)
    assert progress.wanting == ("测验通过 1/2",)
    with pytest.raises(CertificateError, match="学员甲 还不能结业：测验通过 1/2"):
        certificates.issue(over, learner, HOUSE, trainer)

    over.needs_quizzes = False
    assert progress_of(over)[0].wanting == ()
    over.needs_quizzes = True
    note_pass(learner.number, two, asked[1].quiz, 80)
    assert progress_of(over)[0].wanting == ()


def test_only_learners_of_the_curriculum_pass_its_quizzes(over: TrainingClass) -> None:
    (learner,) = enrol(over, "学员甲")
    (waiting,) = enrol(over, "学员乙", status="waiting")
    lesson = LessonPage.objects.first()
    assert lesson is not None
    elsewhere = curriculum("别的", "other")
    other = LessonPage.objects.descendant_of(elsewhere).first()

    assert not note_pass(waiting.number, lesson, "a", 100)
    assert not note_pass("NOBODY", lesson, "a", 100)
    assert not note_pass(learner.number, other, "a", 100)
    assert not QuizPass.objects.exists()
    assert note_pass(learner.number, lesson, "a", 80)
    assert note_pass(learner.number, lesson, "a", 60)
    assert QuizPass.objects.get().score == 80


def test_nobody_completes_a_class_that_is_not_over(trainer: User) -> None:
    one = training_class(in_days=0, least_attendance=0)
    enrol(one, "学员甲")
    assert progress_of(one)[0].wanting == ("班次还没有结束",)
    assert certificates.issue_all(one, HOUSE, trainer) == []


def test_all_who_completed_get_one_once(over: TrainingClass, trainer: User) -> None:
    first, second, _third = enrol(over, "学员甲", "学员乙", "学员丙")
    attend(over, first.pk, "ppppp", trainer)
    attend(over, second.pk, "ppppp", trainer)

    made = certificates.issue_all(over, HOUSE, trainer)

    assert [(one.name, one.serial) for one in made] == [("学员甲", 1), ("学员乙", 2)]
    year = timezone.localdate().year
    assert made[1].number == f"〔{year}〕2号"
    assert made[0].hours == Decimal("4.5")
    assert made[0].code != made[1].code
    assert len(made[0].code) == 14
    assert certificates.issue_all(over, HOUSE, trainer) == []
    assert certificates.issue(over, first, HOUSE, trainer) == made[0]
    assert Certificate.objects.count() == 2


def test_a_revoked_one_stays_and_another_can_be_issued(
    over: TrainingClass, trainer: User
) -> None:
    (learner,) = enrol(over, "学员甲")
    attend(over, learner.pk, "ppppp", trainer)
    made = certificates.issue(over, learner, HOUSE, trainer)

    with pytest.raises(CertificateError, match="理由"):
        certificates.revoke(made, "  ", trainer)
    certificates.revoke(made, "姓名有误", trainer)
    with pytest.raises(CertificateError, match="已经撤销"):
        certificates.revoke(made, "再次", trainer)

    found = certificates.verify(made.code.lower().replace("-", " "))
    assert found is not None
    assert (found.is_revoked, found.revoke_reason) == (True, "姓名有误")
    again = certificates.issue(over, learner, HOUSE, trainer)
    assert again.serial == 2


def test_a_certificate_outlives_registration_class_and_curriculum(
    over: TrainingClass, trainer: User
) -> None:
    (learner,) = enrol(over, "学员甲")
    attend(over, learner.pk, "ppppp", trainer)
    made = certificates.issue(over, learner, HOUSE, trainer)
    assert over.curriculum is not None

    learner.delete()
    over.curriculum.delete()
    over.refresh_from_db()
    over.delete()
    trainer.delete()

    kept = Certificate.objects.get(code=made.code)
    assert (kept.name, kept.curriculum, kept.class_number) == (
        "学员甲",
        "调解记录",
        "第二期",
    )
    assert not Attendance.objects.exists()
