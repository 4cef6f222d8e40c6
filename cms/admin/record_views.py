"""The archivist's views of records: list, create, edit, delete, look.

Wagtail's snippet views with the saving taken out: it is done by
``archive.records``, which tells the outbox and keeps paths and versions.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, NumberColumn, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.snippets.views import snippets

from archive import records
from archive.errors import ArchiveError
from archive.models import Folio, Record
from archive.seen import access_of
from cms.admin import record_form
from cms.admin.openness_text import access_in_short
from cms.admin.record_panels import openness_of_record, pages_of
from cms.admin.record_search import Found, find
from cms.admin.viewset import WIDE


class IndexView(snippets.IndexView):
    """Two further queries count the pages of the records shown, not of all."""

    template_name = "cms/admin/record_index.html"
    results_template_name = "cms/admin/record_results.html"
    default_ordering = "reference_code"
    is_searchable = True
    page_title = verbose_name_plural = pgettext_lazy("plural", "档案")
    found: Found | None = None
    folio_counts: dict[int, tuple[int, int]]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        checkboxes = super().columns[0]
        return [
            checkboxes,
            self._get_title_column(
                "reference_code", TitleColumn, classname="archive-code"
            ),
            Column("title", label=_("题名"), sort_key="title"),
            Column(
                "level",
                label=_("层级"),
                accessor="get_level_display",
                sort_key="level",
                classname=WIDE,
            ),
            Column(
                "date",
                label=_("日期"),
                accessor=_date,
                sort_key="date_min",
                classname=WIDE,
            ),
            Column("openness", label=_("开放"), accessor=_openness),
            NumberColumn(
                "folios", label=_("页数"), accessor=self._folios, classname=WIDE
            ),
            Column(
                "recognised",
                label=_("已识别"),
                accessor=self._recognised,
                classname=WIDE,
            ),
        ]

    def search_queryset(self, queryset: QuerySet[Record]) -> QuerySet[Record]:
        if not self.is_searching:
            return queryset
        self.found = find(
            self.search_query, queryset, ranked=not self.is_explicitly_ordered
        )
        return self.found.records

    def get_table(self, object_list: Iterable[Record]) -> Any:
        counted = (
            Folio.objects.filter(record__in=[record.pk for record in object_list])
            .values_list("record")
            .annotate(pages=Count("pk"), read=Count("transcript"))
            .order_by()
        )
        self.folio_counts = {record: (pages, read) for record, pages, read in counted}
        return super().get_table(object_list)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["found"] = self.found
        return context

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        export = reverse("batch:export")
        if query := self.request.GET.urlencode():
            export = f"{export}?{query}"
        return [
            *super().header_more_buttons,
            Button(_("导出这些档案"), url=export, icon_name="download", priority=60),
        ]

    def _folios(self, record: Record) -> int:
        return self.folio_counts.get(record.pk, (0, 0))[0]

    def _recognised(self, record: Record) -> str:
        pages, read = self.folio_counts.get(record.pk, (0, 0))
        return f"{read * 100 // pages}%" if pages else "—"


class SaveThroughServiceMixin:
    """What the archive refuses becomes an error of the form, not of the server."""

    form: Any
    request: Any

    def form_valid(self, form: record_form.RecordForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ArchiveError as error:
            form.add_archive_error(error)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class CreateView(SaveThroughServiceMixin, snippets.CreateView):
    def get_initial(self) -> dict[str, Any]:
        """``?parent=`` from the parent's own page."""
        parent = self.request.GET.get("parent", "")
        initial: dict[str, Any] = super().get_initial()
        return {**initial, "parent": parent} if parent.isdecimal() else initial

    def save_instance(self) -> Record:
        return record_form.create(self.form, self.request.user)

    def get_success_url(self) -> str:
        return self.get_edit_url()


class EditView(SaveThroughServiceMixin, snippets.EditView):
    def save_instance(self) -> Record:
        return record_form.save(self.form, self.request.user)

    def get_success_url(self) -> str:
        return self.get_edit_url()

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *buttons_of(self.object, may_add=True)]


class DeleteView(snippets.DeleteView):
    """Only a record with neither children nor pages goes; its code never returns."""

    def delete_action(self) -> None:
        with transaction.atomic():
            log(self.object, "wagtail.delete", user=self.request.user, deleted=True)
            records.delete(self.object, self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ArchiveError as error:
            messages.error(self.request, str(error))
            return self.render_to_response(self.get_context_data(form=form))
        return response


class InspectView(snippets.InspectView):
    """The record for those who may look but not change."""

    template_name = "cms/admin/record_inspect.html"

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        may_add = self.user_has_permission("add")
        return [*super().header_more_buttons, *buttons_of(self.object, may_add)]

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [
            field
            for field in super().get_fields_context()
            if field["value"] not in (None, "")
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["pages"] = pages_of(self.object, self.request.user)
        context["openness"] = openness_of_record(self.object, self.request.user)
        return context


def buttons_of(record: Record, may_add: bool) -> list[Button]:
    """From the record to its neighbours: what lies below it, and the public page."""
    urls = record.snippet_viewset.get_url_name  # type: ignore[attr-defined]
    code = record.reference_code
    buttons = [
        Button(
            _("查看下级"),
            url=f"{reverse(urls('list'))}?{urlencode({'within': code})}",
            icon_name="list-ul",
            priority=3,
        ),
        Button(
            _("在网站上查看"),
            url=reverse("record", args=(code,)),
            icon_name="view",
            priority=4,
        ),
    ]
    if may_add:
        add = f"{reverse(urls('add'))}?{urlencode({'parent': record.pk})}"
        buttons.append(Button(_("在其下新建"), url=add, icon_name="plus", priority=5))
    return buttons


def _date(record: Record) -> str:
    return record.date_display or record.date_original


def _openness(record: Record) -> str:
    return f"{record.get_open_status_display()} · {access_in_short(access_of(record))}"
