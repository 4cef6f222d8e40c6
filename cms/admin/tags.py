"""Tags (标签): the list of them, and where they are changed.

Changing one concerns every record that bears it: that is done on the pages of
``cms.admin.tag_steps``, which show first what would change.
"""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BaseColumn, NumberColumn, TitleColumn
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import log
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from archive import tagging
from archive.models import TagSpelling
from archive.suggestions import found
from cms.admin.permissions import may
from cms.admin.viewset import TranslatedTrail
from search.variants import variants


class IndexView(snippets.IndexView):
    is_searchable = True
    default_ordering = "name"

    def get_base_queryset(self) -> QuerySet[Tag]:
        return Tag.objects.annotate(bearers=Count("tagged_records"))

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            super().columns[0],
            self._get_title_column("name", TitleColumn),
            NumberColumn("bearers", label=_("档案数"), sort_key="bearers"),
        ]

    def search_queryset(self, queryset: QuerySet[Tag]) -> QuerySet[Tag]:
        """In 简体 and 繁體, whichever was typed, and by initials."""
        typed = self.search_query
        if not typed:
            return queryset
        wanted = Q(pk__in=found(TagSpelling.objects.all(), typed).values("pk"))
        for written in (typed, *variants(typed)):
            wanted |= Q(name__icontains=written)
        return queryset.filter(wanted)


class EditView(snippets.EditView):
    """Leads to the page that shows what a change of the name would do."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(f"{reverse('archive_tags_change')}?id={self.object.pk}")

    post = get


class DeleteView(snippets.DeleteView):
    def delete_action(self) -> None:
        user = self.request.user
        with transaction.atomic():
            log(self.object, "wagtail.delete", user=user, deleted=True)
            tagging.delete(self.object, user)


class MergeTags(BulkAction):
    """The tags ticked in the list go to the page where they become one."""

    display_name = gettext_lazy("合并")
    aria_label = gettext_lazy("合并所选标签")
    action_type = "merge_tags"
    action_priority = 5
    models = [Tag]
    template_name = "cms/admin/bulk_action.html"

    def check_perm(self, obj: Any) -> bool:
        return may(self.request.user, Tag, "change")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = [("id", one) for one in request.GET.getlist("id") if one.isdecimal()]
        return redirect(f"{reverse('archive_tags_change')}?{urlencode(asked)}")


class TagViewSet(TranslatedTrail, SnippetViewSet):
    model = Tag
    icon = "tag"
    menu_label = gettext_lazy("标签")
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    panels = [FieldPanel("name")]
    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {**common, "usage_url_name": None}
