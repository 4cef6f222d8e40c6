"""Who may work with the holdings: a permission is not enough without the audience.

Every listing, form and bulk action asks the policy of its model. An account whose
groups do not make it staff gets nothing from it, whatever permissions somebody has
ticked; what Wagtail shows without asking, ``gate`` closes.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Model
from taggit.models import Tag
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from archive.models import (
    Acquisition,
    AcquisitionItem,
    Authority,
    Batch,
    CodeTemplate,
    Folio,
    Grant,
    Job,
    OpennessDecision,
    Record,
    Subject,
)
from cms.models import TakedownRequest, VisitCount
from cms.models.desk import DescriptionTemplate

HOLDINGS: tuple[type[Model], ...] = (
    Record,
    Folio,
    Job,
    OpennessDecision,
    Grant,
    Tag,
    Subject,
    Acquisition,
    AcquisitionItem,
    Authority,
    DescriptionTemplate,
    CodeTemplate,
    TakedownRequest,
    VisitCount,
)


class StaffPolicy(ModelPermissionPolicy):
    """The ordinary permissions of a model, for accounts of the house only."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return is_staff(user) and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def is_staff(user: Any) -> bool:
    """Whether ``cms.readers`` gives this account the audience of staff."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    if not hasattr(user, "_is_staff_of_the_house"):
        user._is_staff_of_the_house = user.groups.filter(
            name__in=_staff_groups()
        ).exists()
    return bool(user._is_staff_of_the_house)


def may(user: Any, model: type[Model], action: str) -> bool:
    """Whether the policy of ``model`` lets the account do this."""
    return bool(policy_registry.get_by_type(model).user_has_permission(user, action))


def register_policies() -> None:
    """Before anything asks for the policy of one of these models."""
    for model in HOLDINGS:
        register_permission_policy(model, StaffPolicy(model))
    # Who may work with records may work with what was done to many of them.
    register_permission_policy(Batch, StaffPolicy(Record))


def _staff_groups() -> list[str]:
    return [
        group
        for group, audience in settings.AUDIENCE_OF_GROUP.items()
        if audience == "staff"
    ]
