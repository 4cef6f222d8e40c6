"""Tags (标签): renaming and deleting one concerns every record that bears it."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BaseColumn, NumberColumn, TitleColumn
from wagtail.log_actions import log
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from archive import outbox
from archive.models import TaggedRecord
from search.variants import variants


def rename(tag: Tag) -> None:
    """Save a changed tag and have its records indexed anew."""
    with transaction.atomic():
        tag.save()
        outbox.changed(_bearers(tag))


def delete(tag: Tag, by: Any) -> None:
    """Take the tag off all records and delete it."""
    with transaction.atomic():
        bearers = _bearers(tag)
        tag.delete()
        outbox.changed(bearers)


def _bearers(tag: Tag) -> list[int]:
    return list(
        TaggedRecord.objects.filter(tag=tag).values_list("content_object", flat=True)
    )


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
        """In 简体 and 繁體, whichever was typed."""
        typed = self.search_query
        wanted = Q()
        for written in (typed, *variants(typed)) if typed else ():
            wanted |= Q(name__icontains=written)
        return queryset.filter(wanted)


class EditView(snippets.EditView):
    def save_instance(self) -> Tag:
        with transaction.atomic():
            rename(self.form.instance)
            log(self.form.instance, "wagtail.edit", user=self.request.user)
        return self.form.instance


class DeleteView(snippets.DeleteView):
    def delete_action(self) -> None:
        with transaction.atomic():
            log(self.object, "wagtail.delete", user=self.request.user, deleted=True)
            delete(self.object, self.request.user)


class TagViewSet(SnippetViewSet):
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
