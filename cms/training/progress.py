"""How far the learners of a class have come, and who has completed it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models.certificates import Certificate
from cms.models.classes import Attendance, TrainingClass
from cms.models.occasions import Registration
from cms.training.attendance import Sheet, sheet_of
from cms.training.quiz_passes import Quiz, passed_in, quizzes_of


@dataclass(frozen=True, slots=True)
class Progress:
    """``attended`` of ``sessions``, ``passed`` of ``quizzes``.

    ``wanting`` says in words what stands between the learner and a certificate;
    empty for one who has completed the class. ``certificate`` is the one in force.
    """

    registration: Registration
    attended: int
    sessions: int
    passed: int
    quizzes: int
    wanting: tuple[str, ...]
    certificate: Certificate | None

    @property
    def percent(self) -> int:
        """Of attendance, rounded down; 100 where there was nothing to attend."""
        return 100 * self.attended // self.sessions if self.sessions else 100


def progress_of(one: TrainingClass) -> list[Progress]:
    """Of each who has a place; as many queries for many as for one."""
    sheet = sheet_of(one)
    quizzes = quizzes_of(one.curriculum)
    passed = passed_in(one)
    in_force = Certificate.objects.filter(
        registration__in=sheet.learners, revoked_at=None
    )
    certificates = {made.registration_id: made for made in in_force}
    return [
        _progress(
            one,
            who,
            sheet,
            _counted(quizzes, passed.get(who.pk, set())),
            certificates.get(who.pk),
        )
        for who in sheet.learners
    ]


def progress_for(one: TrainingClass, registration: Registration) -> Progress | None:
    """Of one learner; None for somebody without a place."""
    found = (p for p in progress_of(one) if p.registration.pk == registration.pk)
    return next(found, None)


def _counted(
    quizzes: tuple[Quiz, ...], passed: set[tuple[int, str]]
) -> tuple[int, int]:
    return sum((q.lesson_id, q.quiz) in passed for q in quizzes), len(quizzes)


def _progress(
    one: TrainingClass,
    who: Registration,
    sheet: Sheet,
    quizzes: tuple[int, int],
    certificate: Certificate | None,
) -> Progress:
    attended = _attended(sheet, who)
    passed, there_are = quizzes
    return Progress(
        registration=who,
        attended=attended,
        sessions=len(sheet.sessions),
        passed=passed,
        quizzes=there_are,
        wanting=tuple(_wanting(one, attended, len(sheet.sessions), quizzes)),
        certificate=certificate,
    )


def _attended(sheet: Sheet, who: Registration) -> int:
    states: Mapping[tuple[int, int], str] = sheet.states
    return sum(
        states.get((row.pk, who.pk)) in Attendance.ATTENDED for row in sheet.sessions
    )


def _wanting(
    one: TrainingClass, attended: int, sessions: int, quizzes: tuple[int, int]
) -> list[str]:
    wanting = []
    if one.last_day > timezone.localdate():
        wanting.append(_("班次还没有结束"))
    # Whole numbers: 4 of 5 is 80 per cent, and not a hair less.
    if attended * 100 < sessions * one.least_attendance:
        told = {"attended": attended, "of": sessions, "least": one.least_attendance}
        wanting.append(_("出勤 %(attended)s/%(of)s，不到 %(least)s%%") % told)
    passed, there_are = quizzes
    if one.needs_quizzes and passed < there_are:
        told = {"passed": passed, "of": there_are}
        wanting.append(_("测验通过 %(passed)s/%(of)s") % told)
    return wanting
