"""What organisers may do with the pages of the week."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

ORGANISER = "组织者 organiser"
_RIGHTS = ("add_page", "change_page")


def give(section: Page) -> None:
    """Organisers write below the section of the week, and nowhere else."""
    group, _made = Group.objects.get_or_create(name=ORGANISER)
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=_RIGHTS,
    ):
        GroupPagePermission.objects.get_or_create(
            group=group, page=section, permission=permission
        )


def may_roll_over(user: Any) -> bool:
    """Organisers and administrators (``0018_week_roles``)."""
    return bool(user.is_active and user.has_perm("cms.roll_over_programmepage"))
