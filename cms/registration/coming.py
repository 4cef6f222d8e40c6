"""Checking in at the door."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.models.occasions import Registration
from cms.registration import errors
from cms.registration.locking import locked_one

_MAY_COME = Registration.Status.CONFIRMED


def check_in(registration_id: int, user: Any) -> Registration:
    """Note that somebody is there, once: a second time changes nothing.

    ``user`` is who checks in, or None. Raises ``NotConfirmed``.
    """
    with transaction.atomic():
        one, _occasion = locked_one(registration_id)
        if one.checked_in_at:
            return one
        if one.status != _MAY_COME:
            raise errors.NotConfirmed(str(one.get_status_display()))
        one.checked_in_at, one.checked_in_by = timezone.now(), user
        one.save(update_fields=["checked_in_at", "checked_in_by"])
        return one


def undo(registration_id: int) -> Registration:
    """They are not there after all: another's code was read."""
    with transaction.atomic():
        one, _occasion = locked_one(registration_id)
        one.checked_in_at = one.checked_in_by = None
        one.save(update_fields=["checked_in_at", "checked_in_by"])
        return one
