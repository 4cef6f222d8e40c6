"""Classes on the pages of others: a curriculum's, and that of a registration."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cms.languages.translated import shown
from cms.models.classes import Attendance, TrainingClass
from cms.models.lessons import LessonPage
from cms.models.occasions import Registration
from cms.registration.mine import register_panel
from cms.training import classes, joined, quizzes
from cms.training.progress import progress_for
from cms.training.quiz_passes import passed_in, quizzes_of, receive


def connect() -> None:
    """Called once, from ``AppConfig.ready``."""
    joined.register("side", beside)
    joined.register("below", below)
    register_panel(of_learner)
    quizzes.register_passed(receive)


def beside(curriculum: Any, request: HttpRequest) -> SafeString | str:
    """The classes to come, with their seats."""
    return _classes("cms/training/classes.html", curriculum, request)


def below(curriculum: Any, request: HttpRequest) -> SafeString | str:
    """Their timetables."""
    return _classes("cms/training/timetables.html", curriculum, request)


def of_learner(registration: Registration, request: HttpRequest) -> SafeString | str:
    """What whoever has a place in a class needs of it; it names nobody."""
    one = (
        TrainingClass.objects.filter(occasion=registration.occasion_id)
        .select_related("curriculum", "occasion")
        .first()
    )
    if one is None or registration.status != Registration.Status.CONFIRMED:
        return ""
    context = {
        "one": classes.find(one.pk),
        "progress": progress_for(one, registration),
        "sessions": _attended(one, registration),
        "lessons": _lessons(one),
        "quizzes": _quizzes(one, registration),
    }
    return render_to_string("cms/training/learner.html", context, request)


def _classes(template: str, curriculum: Any, request: HttpRequest) -> SafeString | str:
    found = classes.upcoming(curriculum)
    if not found:
        return ""
    return render_to_string(template, {"classes": found}, request)


def _attended(one: TrainingClass, registration: Registration) -> list[Any]:
    """The sessions with what was marked of this learner, "" for nothing."""
    marked = Attendance.objects.filter(registration=registration)
    states = {mark.session_id: mark.get_state_display() for mark in marked}
    return [(row, states.get(row.pk, "")) for row in one.sessions.all()]


def _lessons(one: TrainingClass) -> list[Any]:
    """The lessons that everyone may read, in the reader's language."""
    if one.curriculum is None or not classes.find(one.pk):
        return []
    found = LessonPage.objects.descendant_of(one.curriculum).live().public()
    return [entry.page for entry in shown(found.order_by("path"))]


def _quizzes(one: TrainingClass, registration: Registration) -> list[Any]:
    """Each with its address and whether it is passed; none of a hidden curriculum."""
    found = quizzes_of(one.curriculum) if classes.find(one.pk) else ()
    passed = passed_in(one).get(registration.pk, set())
    lessons = LessonPage.objects.in_bulk([quiz.lesson_id for quiz in found])
    return [
        (
            quiz,
            lessons[quiz.lesson_id].address(None, "quiz", quiz.quiz),
            (quiz.lesson_id, quiz.quiz) in passed,
        )
        for quiz in found
    ]
