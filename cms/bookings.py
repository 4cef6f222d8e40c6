"""Taking, finding and forgetting the requests of groups."""

import re
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from cms.forms.numbers import spelt, unguessable
from cms.models.bookings import GroupBooking

_LENGTH = 10
_TRIES = 5
_ONE_REQUEST = timedelta(hours=1)


def take(asked: dict[str, Any], *, consent: str, keep_days: int) -> GroupBooking:
    """Store a request, with a number that nobody can guess; forget the old ones.

    What was sent twice (a button pressed again) is one request.
    """
    forget()
    fields = {name: value for name, value in asked.items() if name != "consent"}
    lately = timezone.now() - _ONE_REQUEST
    same = GroupBooking.objects.filter(
        **fields, status=GroupBooking.Status.NEW, created_at__gte=lately
    ).first()
    if same is not None:
        return same
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return GroupBooking.objects.create(
                    number=_number(),
                    consent=consent,
                    keep_until=asked["day"] + timedelta(days=keep_days),
                    **fields,
                )
        except IntegrityError:
            if attempt == _TRIES - 1:
                raise
    raise AssertionError


def find(number: str, phone: str) -> GroupBooking | None:
    """The request of this number that was made with this telephone, or None."""
    booking = GroupBooking.objects.filter(number=spelt(number)).first()
    given = _digits(phone)
    known = _digits(booking.phone) if booking else ""
    same = constant_time_compare(given, known)
    return booking if booking and known and same else None


def forget() -> int:
    """Delete what is kept no longer; how many."""
    old = GroupBooking.objects.filter(keep_until__lt=timezone.localdate())
    deleted, _by_model = old.delete()
    return deleted


def _number() -> str:
    return spelt(unguessable(_LENGTH))


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)
