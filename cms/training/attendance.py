"""Who was there: the sheet of a class, and marking it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cms.models.classes import Attendance, ClassSession, TrainingClass
from cms.models.occasions import Registration
from cms.models.users import User

Cell = tuple[int, int]
"""Keys of a session and of a registration."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """``learners``: those with a place, in their order; ``states``: what is marked."""

    sessions: tuple[ClassSession, ...]
    learners: tuple[Registration, ...]
    states: Mapping[Cell, str]


def sheet_of(one: TrainingClass) -> Sheet:
    """Three queries, however many learn."""
    learners = Registration.objects.filter(
        occasion=one.occasion_id, status=Registration.Status.CONFIRMED
    ).order_by("turn")
    marked = Attendance.objects.filter(session__training_class=one.pk)
    return Sheet(
        tuple(one.sessions.filter(is_cancelled=False)),
        tuple(learners),
        {
            (session, learner): state
            for session, learner, state in marked.values_list(
                "session", "registration", "state"
            )
        },
    )


def mark(one: TrainingClass, states: Mapping[Cell, str], user: User) -> int:
    """Write down these cells, "" taking a mark back; how many were changed.

    Cells that are not on the sheet, and words that are no states, are left out:
    somebody may have left the class while the sheet lay open.
    """
    with transaction.atomic():
        sheet = sheet_of(one)
        known = {(s.pk, who.pk) for s in sheet.sessions for who in sheet.learners}
        allowed = {"", *Attendance.State.values}
        changed = {
            cell: state
            for cell, state in states.items()
            if cell in known
            and state in allowed
            and state != sheet.states.get(cell, "")
        }
        for (session, learner), state in changed.items():
            _write(session, learner, state, user)
    return len(changed)


def mark_present(one: TrainingClass, session_id: int, user: User) -> int:
    """Everybody of whom nothing is marked in this session was there."""
    sheet = sheet_of(one)
    unmarked = {
        (session_id, who.pk): Attendance.State.PRESENT.value
        for who in sheet.learners
        if (session_id, who.pk) not in sheet.states
    }
    return mark(one, unmarked, user)


def _write(session: int, learner: int, state: str, user: User) -> None:
    if not state:
        Attendance.objects.filter(session=session, registration=learner).delete()
        return
    Attendance.objects.update_or_create(
        session_id=session,
        registration_id=learner,
        defaults={"state": state, "marked_by": user, "marked_at": timezone.now()},
    )
