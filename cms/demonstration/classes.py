"""A class that is over, with a certificate, and one to come, of the demonstration's
curriculum; all labelled. The learners are nobody, and nothing can be sent to them.
"""

from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from cms.demonstration.training_texts import CURRICULUM
from cms.models import (
    Certificate,
    ClassSession,
    CurriculumPage,
    LessonPage,
    Occasion,
    Registration,
    Teacher,
    TrainingClass,
    User,
)
from cms.registration import running, taking
from cms.registration.numbers import new_number
from cms.registration.people import Person
from cms.training import attendance, certificates, telling
from cms.training.quiz_passes import note_pass, quizzes_of

TRAINER = "trainer"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_OVER, _COMING = timedelta(days=-45), timedelta(days=24)
_CAPACITY, _TAKEN = 40, 32
_NOTE = "演示班次，并不开办；报名者也都是虚拟的。"
# Days from the first, hours, what is taught, where.
_TIMETABLE = (
    (0, "09:00", "11:30", "登记：六个问题", "研修教室一"),
    (0, "14:00", "16:30", "听取与复述", "研修教室一"),
    (1, "09:00", "11:30", "现场勘看与绘图", "现场教学点"),
    (1, "14:00", "16:30", "议定与文书", "研修教室二"),
    (2, "09:00", "11:30", "归档与引用", "阅览室"),
)


def add() -> list[TrainingClass]:
    """Make both, unless the curriculum has classes; the ones made."""
    page = CurriculumPage.objects.filter(slug=CURRICULUM["slug"]).first()
    trainer = User.objects.filter(username=TRAINER).first()
    if page is None or trainer is None or page.classes.exists():
        return []
    with transaction.atomic():
        over = _make(page, "第一期", _OVER)
        _complete(over, trainer)
        coming = _make(page, "第二期", _COMING)
        _enrol(coming, trainer)
    return [over, coming]


def _make(page: CurriculumPage, number: str, when: timedelta) -> TrainingClass:
    first = timezone.localdate() + when
    lessons = list(LessonPage.objects.descendant_of(page).live().order_by("path"))
    rows = [_session(first, *row) for row in _TIMETABLE]
    for row, lesson in zip(rows, lessons, strict=False):
        row.lesson = lesson
    made = telling.make(
        page,
        rows,
        number=number,
        first_day=first,
        last_day=first + timedelta(days=2),
        place="研修教室一",
        note=_NOTE,
        is_published=True,
        is_demonstration=True,
    )
    made.teachers.set(Teacher.objects.filter(is_demonstration=True))
    made.save()
    return made


def _session(
    first: date, days: int, begins: str, ends: str, title: str, place: str
) -> ClassSession:
    return ClassSession(
        day=first + timedelta(days=days),
        begins=time.fromisoformat(begins),
        ends=time.fromisoformat(ends),
        title=title,
        place=place,
    )


def _complete(one: TrainingClass, trainer: User) -> Certificate:
    """某甲 was always there and passed; 某乙 missed too much."""
    learners = [_past_learner(one, turn) for turn in (1, 2, 3)]
    Occasion.objects.filter(pk=one.occasion_id).update(next_turn=4)
    sessions = list(one.sessions.all())
    marks = {(row.pk, who.pk): "present" for row in sessions for who in learners[::2]}
    marks[sessions[1].pk, learners[2].pk] = "late"
    marks |= {(row.pk, learners[1].pk): "absent" for row in sessions[2:]}
    attendance.mark(one, marks, trainer)
    for quiz in quizzes_of(one.curriculum):
        lesson = LessonPage.objects.get(pk=quiz.lesson_id)
        note_pass(learners[0].number, lesson, quiz.quiz, 100)
    return certificates.issue(one, learners[0], "演示机构（并非真实单位）", trainer)


def _past_learner(one: TrainingClass, turn: int) -> Registration:
    """As somebody registered while that was open."""
    occasion = one.occasion
    return Registration.objects.create(
        occasion=occasion,
        number=new_number(),
        turn=turn,
        status=Registration.Status.CONFIRMED,
        name=f"某{_STEMS[turn - 1]}",
        unit="某县某镇（演示）",
        contact=f"learner{turn}@example.org",
        consent=occasion.consent,
        keep_until=one.last_day + timedelta(days=occasion.keep_days),
    )


def _enrol(one: TrainingClass, trainer: User) -> None:
    opened = {"takes_registrations": True, "capacity": _CAPACITY}
    running.change(one.occasion_id, opened, trainer)
    people = [
        Person(f"学员{_name(n)}", "某县某单位（演示）", f"learner{n}@example.org")
        for n in range(_TAKEN)
    ]
    taking.take_group(one.occasion_id, people, liaison="演示联络员")


def _name(number: int) -> str:
    tens, ones = divmod(number, len(_STEMS))
    return _STEMS[tens - 1] + _STEMS[ones] if tens else _STEMS[ones]
