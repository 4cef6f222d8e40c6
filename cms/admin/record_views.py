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
from wagtail.admin.ui.tables import BaseColumn, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.snippets.views import snippets

from archive import dates, finding_aids, records
from archive.completeness import Completeness, check_many
from archive.description import label
from archive.errors import ArchiveError
from archive.inheritance import told_above
from archive.materials import label_of, said
from archive.models import Folio, Record
from archive.seen import access_of
from archive.vocabulary import Level
from cms.admin import record_form
from cms.admin.beginnings import (
    beginning,
    blanks_filled,
    next_of,
    previous_of,
    waiting_of,
)
from cms.admin.cells import QuickColumn, QuickNumberColumn
from cms.admin.deletion import RefusedInWordsMixin
from cms.admin.description_state import state_of
from cms.admin.openness_text import access_in_short
from cms.admin.paging import NarrowPaginator
from cms.admin.record_panels import openness_of_record, pages_of
from cms.admin.record_search import Found, find
from cms.admin.saved_filters import filters_of
from cms.admin.scans_beside import scans_of
from cms.admin.selection import conditions
from cms.admin.templates import template_links
from cms.admin.tree import pane
from cms.admin.viewset import WIDE


class IndexView(snippets.IndexView):
    """Two further queries count the pages of the records shown, not of all."""

    template_name = "cms/admin/record_index.html"
    results_template_name = "cms/admin/record_results.html"
    default_ordering = "reference_code"
    paginator_class = NarrowPaginator
    is_searchable = True
    page_title = verbose_name_plural = pgettext_lazy("plural", "档案")
    found: Found | None = None
    folio_counts: dict[int, tuple[int, int]]
    complete: dict[int, Completeness]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        checkboxes = super().columns[0]
        return [
            checkboxes,
            self._get_title_column(
                "reference_code", TitleColumn, classname="archive-code"
            ),
            QuickColumn(
                "title", label=_("题名"), sort_key="title", classname="archive-title"
            ),
            QuickColumn(
                "level",
                label=_("层级"),
                accessor="get_level_display",
                sort_key="level",
                classname=WIDE,
            ),
            QuickColumn(
                "date",
                label=_("日期"),
                accessor=_date,
                sort_key="date_min",
                classname=WIDE,
            ),
            QuickColumn("state", label=_("著录"), accessor=self._state, classname=WIDE),
            QuickColumn(
                "openness", label=pgettext_lazy("heading", "开放"), accessor=_openness
            ),
            QuickNumberColumn(
                "folios", label=_("页数"), accessor=self._folios, classname=WIDE
            ),
            QuickColumn(
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
        self.complete = check_many(list(object_list))
        self.folio_counts = {record: (pages, read) for record, pages, read in counted}
        return super().get_table(object_list)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["found"] = self.found
        wanted = conditions(self.request.GET)
        here = urlencode({"next": f"{self.index_url}?{wanted.urlencode()}"})
        asked = self.request.GET
        return {
            **context,
            "tree": pane(asked.get("within", ""), asked.get("tree", "1")),
            "saved_filters": filters_of(self.request.user),
            "list_url_name": self.index_url_name,
            "list_query": wanted.urlencode(),
            "list_count": context["items_count"],
            "back_query": here,
            "may_change": self.user_has_permission("change"),
        }

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        export = reverse("batch:export")
        sheet = reverse("archive_print_list", args=(finding_aids.FILING_LIST.name,))
        if query := self.request.GET.urlencode():
            export, sheet = f"{export}?{query}", f"{sheet}?{query}"
        return [
            *super().header_more_buttons,
            Button(_("导出这些档案"), url=export, icon_name="download", priority=60),
            Button(_("打印目录"), url=sheet, icon_name="doc-full", priority=61),
        ]

    def _folios(self, record: Record) -> int:
        return self.folio_counts.get(record.pk, (0, 0))[0]

    def _state(self, record: Record) -> str:
        """The status, and what share of the required elements is there."""
        score = self.complete[record.pk].score
        return f"{record.get_description_status_display()} · {score}%"

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
        self._warn_of_date(form)
        return response

    def _warn_of_date(self, form: record_form.RecordForm) -> None:
        """A date that cannot be read is kept as written, and that is said."""
        problem = dates.read(form.cleaned_data.get("date_original", "")).problem
        if problem and not form.cleaned_data.get("date_edtf"):
            told = _("日期已照录，但不能按日期检索和排序：%(why)s") % {"why": problem}
            messages.warning(self.request, told)


class CreateView(SaveThroughServiceMixin, snippets.CreateView):
    template_name = "cms/admin/record_create.html"

    def get_initial(self) -> dict[str, Any]:
        """A parent, a template or a record to copy, named in the address."""
        return {**super().get_initial(), **beginning(self.request.GET)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        parent = self.request.GET.get("parent", "")
        return {**context, "templates": template_links(parent)}

    def save_instance(self) -> Record:
        return record_form.create(self.form, self.request.user)

    def get_success_url(self) -> str:
        return self.get_edit_url()


class EditView(SaveThroughServiceMixin, snippets.EditView):
    """The form, with the scan beside it and its neighbours one key away."""

    template_name = "cms/admin/record_edit.html"

    def get_initial(self) -> dict[str, Any]:
        """``?copy=previous``: what is blank is taken from the record before."""
        initial: dict[str, Any] = {**super().get_initial(), **waiting_of(self.object)}
        if self.request.GET.get("copy") != "previous":
            return initial
        model = previous_of(self.object)
        return {**initial, **(blanks_filled(self.object, model) if model else {})}

    def save_instance(self) -> Record:
        return record_form.save(self.form, self.request.user)

    def get_success_url(self) -> str:
        """With the button “保存并到下一条” the record after it, where there is one."""
        following = next_of(self.object) if "next" in self.request.POST else None
        if following is None:
            return self.get_edit_url()
        return reverse(self.edit_url_name, args=(following.pk,))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "previous": previous_of(self.object),
            "following": next_of(self.object),
            "scans": scans_of(self.object),
            "copied": self.request.GET.get("copy") == "previous",
        }

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *buttons_of(self.object, may_add=True)]


class DeleteView(RefusedInWordsMixin, snippets.DeleteView):
    """Only a record with neither children nor pages goes; its code never returns."""

    def delete_action(self) -> None:
        with transaction.atomic():
            log(self.object, "wagtail.delete", user=self.request.user, deleted=True)
            records.delete(self.object, self.request.user)


class InspectView(snippets.InspectView):
    """The record for those who may look but not change."""

    template_name = "cms/admin/record_inspect.html"

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        may_add = self.user_has_permission("add")
        return [*super().header_more_buttons, *buttons_of(self.object, may_add)]

    def get_fields_context(self) -> list[dict[str, Any]]:
        described = [
            field
            for field in super().get_fields_context()
            if field["value"] not in (None, "")
        ]
        told = said(self.object.material, self.object.particulars, house=True)
        above = told_above(self.object, self.object.parent)
        return [
            *described,
            *({"label": label_of(name), "value": value} for name, value in told),
            *(
                {
                    "label": label(one.name),
                    "value": one.value,
                    "source": f"{one.reference_code} {one.title}",
                }
                for one in above
            ),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        path = self.request.path
        context["state"] = state_of(self.object, self.request.user, path)
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
    buttons.append(_button(_("编号检查"), "archive_numbering", record, "list-ol"))
    if record.level == Level.FILE and record.folios.exists():
        buttons.append(_button(_("划分页"), "archive_volume", record, "cut"))
    if forms := finding_aids.forms_of(record):
        sheet = reverse("archive_print", args=(record.pk, forms[0].name))
        buttons.append(Button(_("打印目录"), url=sheet, icon_name="doc-full"))
    if may_add:
        add = reverse(urls("add"))
        below = f"{add}?{urlencode({'parent': record.pk})}"
        copy = f"{add}?{urlencode({'copy': record.pk})}"
        buttons += [
            Button(_("在其下新建"), url=below, icon_name="plus", priority=5),
            Button(_("复制为新的一条"), url=copy, icon_name="copy", priority=6),
            _button(_("移动到…"), "archive_move", record, "arrow-right"),
            _button(_("调整顺序"), "archive_place", record, "order"),
        ]
    return buttons


def _button(label: str, view: str, record: Record, icon: str) -> Button:
    return Button(label, url=reverse(view, args=(record.pk,)), icon_name=icon)


def _date(record: Record) -> str:
    return record.date_display or record.date_original


def _openness(record: Record) -> str:
    return f"{record.get_open_status_display()} · {access_in_short(access_of(record))}"
