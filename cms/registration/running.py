"""What those who run an occasion change: at once, without reviews, and logged."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.models.occasions import Occasion
from cms.registration import forgetting, leaving, occasions, seen
from cms.registration.locking import locked

FIELDS = (
    "takes_registrations",
    "capacity",
    "has_waiting_list",
    "opens_at",
    "closes_at",
    "consent",
    "keep_days",
)
"""How people sign up; what, when and where the owner tells."""


def change(occasion_id: int, values: dict[str, Any], user: Any) -> Occasion:
    """Set these of ``FIELDS``; with more places, who waits moves up."""
    with transaction.atomic():
        occasion = locked(occasion_id)
        changed = [name for name in values if getattr(occasion, name) != values[name]]
        if not changed:
            return occasion
        for name in changed:
            setattr(occasion, name, values[name])
        occasion.changed_at = timezone.now()
        occasion.save(update_fields=[*changed, "changed_at"])
        if "keep_days" in changed:
            forgetting.shortened(occasion)
        leaving.fill(occasion)
        log(occasion, "wagtail.edit", user=user, data={"fields": changed})
        seen.changed()
        return occasion


def call_off(occasion_id: int, reason: str, user: Any) -> Occasion:
    """It does not take place; whoever has registered is told."""
    occasion = occasions.call_off(occasion_id, reason)
    log(occasion, "registration.call_off", user=user, data={"reason": reason})
    return occasion


def take_back(occasion_id: int, user: Any) -> Occasion:
    """It does take place; places that came free meanwhile are filled."""
    occasion = occasions.take_back(occasion_id)
    leaving.move_up(occasion_id)
    log(occasion, "registration.take_back", user=user)
    return occasion
