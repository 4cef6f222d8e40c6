"""How many places an occasion has left, and whether one can sign up now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import Count, Q
from django.utils import timezone

from cms.models.occasions import Occasion, Registration


class State(Enum):
    """What a visitor can do now; templates compare with ``.value``."""

    NONE = "none"  # comes without signing up
    NOT_YET = "not-yet"
    OPEN = "open"
    WAITING = "waiting"  # full, with a waiting list
    FULL = "full"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Places:
    """``capacity`` None: as many as come. ``taken`` and ``waiting`` count people."""

    state: State
    capacity: int | None
    taken: int
    waiting: int
    opens_at: datetime | None
    closes_at: datetime
    cancel_reason: str

    @property
    def left(self) -> int | None:
        if self.capacity is None:
            return None
        return max(0, self.capacity - self.taken)

    @property
    def takes(self) -> bool:
        """Whether the form is open: for a place, or for the waiting list."""
        return self.state in (State.OPEN, State.WAITING)


def places_of(occasions: Iterable[Occasion]) -> dict[int, Places]:
    """By the occasions' keys; one query."""
    found = {one.pk: one for one in occasions}
    status = Registration.Status
    rows = (
        Registration.objects.filter(occasion__in=found)
        .order_by()
        .values("occasion")
        .annotate(
            taken=Count("pk", filter=Q(status=status.CONFIRMED)),
            waiting=Count("pk", filter=Q(status=status.WAITING)),
        )
        .values_list("occasion", "taken", "waiting")
    )
    counted = {pk: (taken, waiting) for pk, taken, waiting in rows}
    now = timezone.now()
    return {
        pk: _places(one, *counted.get(pk, (0, 0)), now) for pk, one in found.items()
    }


def _places(occasion: Occasion, taken: int, waiting: int, now: datetime) -> Places:
    closes = occasion.closes_at or occasion.starts_at
    return Places(
        state=_state(occasion, taken, waiting, now, closes),
        capacity=occasion.capacity,
        taken=taken,
        waiting=waiting,
        opens_at=occasion.opens_at,
        closes_at=closes,
        cancel_reason=occasion.cancel_reason,
    )


def _state(
    occasion: Occasion, taken: int, waiting: int, now: datetime, closes: datetime
) -> State:
    if occasion.is_cancelled:
        return State.CANCELLED
    if occasion.ends_at < now:
        return State.OVER
    if not occasion.takes_registrations:
        return State.NONE
    if occasion.opens_at and now < occasion.opens_at:
        return State.NOT_YET
    if now >= closes:
        return State.CLOSED
    # Who waits goes first: while somebody does, a free place is not free.
    if occasion.capacity is None or (taken < occasion.capacity and not waiting):
        return State.OPEN
    return State.WAITING if occasion.has_waiting_list else State.FULL
