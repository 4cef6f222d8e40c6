"""Which quizzes a curriculum has, and which of them learners passed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cms.forms.numbers import spelt
from cms.languages.translated import original_of
from cms.models.classes import QuizPass, TrainingClass
from cms.models.lessons import LessonPage
from cms.models.occasions import Registration
from cms.models.training import CurriculumPage


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz of a lesson that everyone may read; ``quiz`` is its block's id."""

    lesson_id: int
    quiz: str
    title: str


def quizzes_of(curriculum: CurriculumPage | None) -> tuple[Quiz, ...]:
    """In the order of the lessons."""
    if curriculum is None:
        return ()
    lessons = LessonPage.objects.descendant_of(curriculum).live().public()
    return tuple(
        Quiz(lesson.pk, block["id"], block["value"].get("title") or "")
        for lesson in lessons.order_by("path")
        for block in lesson.content.raw_data
        if block["type"] == "quiz" and block.get("id")
    )


def receive(
    lesson: Any, quiz: str, score: int, total: int, passed: bool, number: str
) -> str | None:
    """What the site says to somebody who sent in a quiz with a number.

    For ``cms.training.quizzes.register_passed``: only quizzes passed are kept.
    """
    original = original_of(lesson)
    if not passed or original is None or not total:
        return None
    if note_pass(number, original, quiz, 100 * score // total):
        return _("已记入您的学习进度。")
    return _("没有记入：这个查询号不是本培训方案班次的学员。请核对查询号。")


def note_pass(number: str, lesson: LessonPage, quiz: str, score: int) -> bool:
    """The learner of this registration passed; ``score`` in percent.

    False, and nothing written, where the number is nobody's who has a place in a
    class of the lesson's curriculum. The best score stays.
    """
    typed = Q(number=number) | Q(number=spelt(number))
    learner = (
        Registration.objects.filter(
            typed,
            status=Registration.Status.CONFIRMED,
            occasion__training_class__curriculum__in=lesson.get_ancestors(),
        )
        .only("pk")
        .first()
    )
    if learner is None:
        return False
    made, new = QuizPass.objects.get_or_create(
        registration=learner, lesson=lesson, quiz=quiz, defaults={"score": score}
    )
    if not new and made.score < score:
        made.score = score
        made.save(update_fields=["score"])
    return True


def passed_in(one: TrainingClass) -> dict[int, set[tuple[int, str]]]:
    """By registration, the quizzes passed: keys of lesson and quiz. One query."""
    passed: dict[int, set[tuple[int, str]]] = {}
    rows = QuizPass.objects.filter(registration__occasion=one.occasion_id)
    for learner, lesson, quiz in rows.values_list("registration", "lesson", "quiz"):
        passed.setdefault(learner, set()).add((lesson, quiz))
    return passed
