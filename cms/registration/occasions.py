"""What owners tell of what they invite to."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cms.models.occasions import Occasion, Registration
from cms.registration import forgetting, seen, sending

_MOVES = ("starts_at", "ends_at", "place")
"""What makes calendars tell their owners (RFC 5545, 3.8.7.4)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What, when and where; ``is_public`` once everyone may read of it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    url: str = ""
    is_public: bool = False


def make(kind: Occasion.Kind, told: Told) -> Occasion:
    """A new one, that takes no registrations until somebody says so."""
    with transaction.atomic():
        seen.changed()
        return Occasion.objects.create(kind=kind, **asdict(told))


def tell(occasion_id: int, told: Told) -> Occasion:
    """Write down what the owner says now; moved, its ``sequence`` rises."""
    with transaction.atomic():
        occasion = Occasion.objects.select_for_update().get(pk=occasion_id)
        said = asdict(told)
        if all(getattr(occasion, name) == value for name, value in said.items()):
            return occasion
        moved = any(getattr(occasion, name) != said[name] for name in _MOVES)
        ended = timezone.localdate(occasion.ends_at)
        for name, value in said.items():
            setattr(occasion, name, value)
        occasion.sequence += moved
        occasion.changed_at = timezone.now()
        occasion.save()
        forgetting.moved(occasion, ended)
        seen.changed()
        return occasion


def call_off(occasion_id: int, reason: str = "") -> Occasion:
    """It does not take place; calendars are told."""
    return _set_cancelled(occasion_id, True, reason)


def take_back(occasion_id: int) -> Occasion:
    """It does take place after all."""
    return _set_cancelled(occasion_id, False, "")


def _set_cancelled(occasion_id: int, cancelled: bool, reason: str) -> Occasion:
    with transaction.atomic():
        occasion = Occasion.objects.select_for_update().get(pk=occasion_id)
        if occasion.is_cancelled != cancelled:
            occasion.sequence += 1
            if cancelled:
                notice = Registration.Notice.CALLED_OFF
                sending.tell_everyone(occasion, notice)
        occasion.is_cancelled, occasion.cancel_reason = cancelled, reason
        occasion.changed_at = timezone.now()
        occasion.save()
        seen.changed()
        return occasion
