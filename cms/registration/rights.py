"""Who runs what: events and classes each have a right of their own."""

from typing import Any

from django.db.models import QuerySet

from cms.models.occasions import Occasion

_RIGHTS = {
    Occasion.Kind.EVENT: "cms.run_event",
    Occasion.Kind.CLASS: "cms.run_class",
}


def kinds_of(user: Any) -> list[Occasion.Kind]:
    """The kinds that the account runs."""
    return [kind for kind, right in _RIGHTS.items() if user.has_perm(right)]


def may_run(user: Any, occasion: Occasion) -> bool:
    return occasion.kind in kinds_of(user)


def run_by(user: Any) -> QuerySet[Occasion]:
    """The occasions whose registrations the account may see and change."""
    return Occasion.objects.filter(kind__in=kinds_of(user))
