"""Leaving, and moving up: a place that is free goes to whoever has waited longest."""

from django.db import transaction
from django.utils import timezone

from cms.models.occasions import Occasion, Registration
from cms.registration import errors, seen, sending
from cms.registration.locking import locked, locked_one

_Status = Registration.Status


def cancel(registration_id: int) -> Registration:
    """Give up the place, or the place in the line; who waits longest moves up.

    Done twice it is done once. Raises ``CheckedIn`` for who is there.
    """
    with transaction.atomic():
        one, occasion = locked_one(registration_id)
        if one.checked_in_at:
            raise errors.CheckedIn
        if one.status == _Status.CANCELLED:
            return one
        one.status, one.cancelled_at = _Status.CANCELLED, timezone.now()
        # The form may be sent once more by who has thought better of it.
        one.sent_as = ""
        one.save(update_fields=["status", "cancelled_at", "sent_as"])
        sending.tell(one, Registration.Notice.CANCELLED)
        fill(occasion)
        seen.changed()
        return one


def move_up(occasion_id: int) -> list[Registration]:
    """Have as many move up as there are places, as when there are more of them."""
    with transaction.atomic():
        moved = fill(locked(occasion_id))
        if moved:
            seen.changed()
        return moved


def move_up_one(registration_id: int) -> Registration:
    """Give a free place to this one of those who wait: for those who run it.

    Raises ``NotWaiting``, ``NoPlace``.
    """
    with transaction.atomic():
        one, occasion = locked_one(registration_id)
        if one.status != _Status.WAITING:
            raise errors.NotWaiting
        if _free(occasion) == 0:
            raise errors.NoPlace
        _move(one)
        seen.changed()
        return one


def place_in_line(registration: Registration) -> int:
    """From 1 for who is next; 0 for who does not wait."""
    if registration.status != _Status.WAITING:
        return 0
    ahead = Registration.objects.filter(
        occasion=registration.occasion_id,
        status=_Status.WAITING,
        turn__lt=registration.turn,
    )
    return ahead.count() + 1


def fill(occasion: Occasion) -> list[Registration]:
    """Give the free places to those who wait, in their order; the row is locked.

    Not once it has begun: nobody is called to what they have missed.
    """
    if occasion.is_cancelled or occasion.starts_at <= timezone.now():
        return []
    waiting = occasion.registrations.filter(status=_Status.WAITING).order_by("turn")
    free = _free(occasion)
    moved = list(waiting if free is None else waiting[:free])
    for one in moved:
        _move(one)
    return moved


def _free(occasion: Occasion) -> int | None:
    """Places that nobody has; None for as many as come."""
    if occasion.capacity is None:
        return None
    taken = occasion.registrations.filter(status=_Status.CONFIRMED).count()
    return max(0, occasion.capacity - taken)


def _move(one: Registration) -> None:
    one.status, one.moved_up_at = _Status.CONFIRMED, timezone.now()
    one.save(update_fields=["status", "moved_up_at"])
    sending.tell(one, Registration.Notice.MOVED_UP)
