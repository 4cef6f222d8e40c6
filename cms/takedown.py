"""Requests for correction and takedown: received, worked on, forgotten.

What a request says of a record is not held against the catalogue: it is received in
the same way, whether there is such a record or not.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.forms.numbers import unguessable
from cms.models import TakedownRequest

_LENGTH = 8
_ONE_REQUEST = timedelta(hours=1)

WORK = "cms.takedown.work"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody filled in; ``name`` and ``contact`` may be empty."""

    about: str
    reason: str
    explanation: str
    name: str = ""
    contact: str = ""


def new_number() -> str:
    """A number to ask by: the day, and characters that nobody guesses."""
    return f"{timezone.localdate():%Y%m%d}-{unguessable(_LENGTH)}"


def receive(asked: Asked) -> TakedownRequest:
    """Store it; what was sent twice (a button pressed again) is one request."""
    same = TakedownRequest.objects.filter(
        **asdict(asked),
        status=TakedownRequest.Status.NEW,
        received_at__gte=timezone.now() - _ONE_REQUEST,
    ).first()
    if same is not None:
        return same
    return TakedownRequest.objects.create(
        number=new_number(),
        about=asked.about,
        reason=asked.reason,
        explanation=asked.explanation,
        name=asked.name,
        contact=asked.contact,
    )


def work_on(
    request: TakedownRequest, status: str, answer: str, by: AbstractBaseUser
) -> None:
    """Set how far it has come and what was done; the log names who did so and when.

    The log holds no word of the answer: it stays when the answer goes.
    """
    with transaction.atomic():
        held = TakedownRequest.objects.select_for_update().get(pk=request.pk)
        before = held.status
        held.status, held.answer = status, answer
        if not held.is_closed:
            held.closed_at = None
        elif held.closed_at is None:
            held.closed_at = timezone.now()
        held.save(update_fields=["status", "answer", "closed_at"])
        log(held, WORK, user=by, data={"before": before, "after": status})


def erase_due() -> int:
    """Forget who asked for what was closed ``TAKEDOWN_KEEP_DAYS`` ago; how many.

    What it was about, why and what came of it stay, for the house's own figures.
    """
    long_ago = timezone.now() - timedelta(days=settings.TAKEDOWN_KEEP_DAYS)
    due = TakedownRequest.objects.filter(closed_at__lte=long_ago, erased_at=None)
    return due.update(
        explanation="", name="", contact="", answer="", erased_at=timezone.now()
    )
