"""Who sees the editors' screens, and the rights that Wagtail does not know."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from cms.models.reusable import ReusableText


def works_on_pages(user: Any) -> bool:
    """Whether the account writes, reviews or takes down pages."""
    policy = policy_registry.get_by_type(Page)
    rights = ("add", "change", "publish")
    return bool(policy.user_has_any_permission(user, rights))


def require_work_on_pages(request: HttpRequest) -> None:
    if not works_on_pages(request.user):
        raise PermissionDenied


class PagesMenuItem(MenuItem):
    """Shown to those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return works_on_pages(request.user)


class ReviewedPolicy(ModelPermissionPolicy):
    """Nobody publishes past the reviews; the right to publish takes down."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "publish":
            return False
        wanted = "publish" if action == "unpublish" else action
        return bool(super().user_has_permission(user, wanted))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def register_policies() -> None:
    """Before anything asks for the policy of one of these models."""
    register_permission_policy(ReusableText, ReviewedPolicy(ReusableText))
