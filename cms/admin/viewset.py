"""What the viewsets of the holdings have in common."""

from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

WIDE = "archive-wide"
"""Class of the columns that a phone does without."""
SHORT = "archive-short"
"""Class of the columns whose words are not broken."""


class TranslatedTrail:
    """A snippet's breadcrumbs in the reader's language, not in that of the start."""

    breadcrumbs_items: ClassVar = WagtailAdminTemplateMixin.breadcrumbs_items


class HoldingViewSet(ModelViewSet):
    """A model whose services, not Wagtail's forms, change it.

    Only the views named in ``views`` exist (``index_results`` comes with
    ``index``); links to the others are not shown.
    """

    views: ClassVar[tuple[str, ...]] = ("index",)
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    exclude_form_fields: tuple[str, ...] = ()

    def get_urlpatterns(self) -> list[Any]:
        wanted = {*self.views, *(f"{name}_results" for name in self.views)}
        return [one for one in super().get_urlpatterns() if one.name in wanted]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        absent = {"add", "edit", "delete", "history", "usage"} - set(self.views)
        return {**common, **{f"{name}_url_name": None for name in absent}}

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """All of them: to view is a permission of its own here."""
        content_type = ContentType.objects.get_for_model(self.model)
        return Permission.objects.filter(content_type=content_type)
