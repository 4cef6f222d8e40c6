"""The register of acquisitions (征集登记): list, form, and the page of each."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from archive import acquisitions
from archive.acquisitions import COMES_BACK, FIELDS
from archive.materials import label_of, said
from archive.models import Acquisition, AcquisitionItem, Record
from cms.admin.acquisition_forms import edit_handler
from cms.admin.acquisition_log import note, note_changes
from cms.admin.permissions import may
from cms.admin.record_views import SaveThroughServiceMixin
from cms.admin.viewset import SHORT, WIDE, HoldingViewSet
from search.variants import variants

Status = Acquisition.Status


def _years() -> list[tuple[str, str]]:
    days = Acquisition.objects.dates("received_on", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in days]


class AcquisitionFilterSet(WagtailFilterSet):
    basis = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("来源方式"),
        choices=Acquisition.Basis.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    status = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("状态"),
        choices=Status.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    year = django_filters.ChoiceFilter(
        label=gettext_lazy("年份"), field_name="received_on__year", choices=_years
    )
    overdue = django_filters.ChoiceFilter(
        label=gettext_lazy("归还"),
        choices=[("yes", gettext_lazy("逾期未归还"))],
        method="only_overdue",
    )

    class Meta:
        model = Acquisition
        fields: list[str] = []

    def only_overdue(
        self, found: QuerySet[Acquisition], name: str, value: str
    ) -> QuerySet[Acquisition]:
        late = found.filter(return_due__lt=timezone.localdate())
        return late.exclude(status=Status.RETURNED)


class ReturnColumn(Column):
    """When it is to go back; what is overdue stands out."""

    cell_template_name = "cms/admin/return_cell.html"

    def get_value(self, instance: Acquisition) -> dict[str, Any]:
        awaited = instance.status != Status.RETURNED
        return {
            "day": instance.return_due if awaited else None,
            "overdue": _is_overdue(instance),
        }


class IndexView(generic.IndexView):
    default_ordering = ("-received_on", "-number")
    any_permission_required = ["view", "add", "change"]
    is_searchable = True
    page_title = verbose_name_plural = pgettext_lazy("plural", "征集登记")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "number",
                label=_("征集号"),
                sort_key="number",
                classname="archive-code",
                get_url=self.get_inspect_url,
            ),
            Column("received_on", label=_("收到日期"), sort_key="received_on"),
            Column(
                "basis",
                label=_("来源方式"),
                accessor="get_basis_display",
                classname=SHORT,
            ),
            Column("source_name", label=_("来源名称")),
            Column("description", label=_("内容概述"), classname=WIDE),
            Column("quantity", label=_("件数"), classname=WIDE),
            Column(
                "status",
                label=_("状态"),
                accessor="get_status_display",
                classname=SHORT,
            ),
            ReturnColumn("return_due", label=_("应归还日期"), sort_key="return_due"),
        ]

    def search_queryset(self, queryset: QuerySet[Acquisition]) -> QuerySet[Acquisition]:
        """By number, source, description, and the names of things, in any script."""
        typed = self.search_query
        wanted = Q()
        for written in (typed, *variants(typed)) if typed else ():
            wanted |= (
                Q(number__icontains=written)
                | Q(source_name__icontains=written)
                | Q(description__icontains=written)
                | Q(items__title__icontains=written)
            )
        return queryset.filter(wanted).distinct()


class CreateView(SaveThroughServiceMixin, generic.CreateView):
    def save_instance(self) -> Acquisition:
        given = self.form.cleaned_data
        made = acquisitions.register(by=self.request.user, **given)
        note(made, "acquisition", self.request.user)
        return made

    def get_success_url(self) -> str:
        return inspect_url(self.object)


class EditView(SaveThroughServiceMixin, generic.EditView):
    def save_instance(self) -> Acquisition:
        acquisition: Acquisition = Acquisition.objects.get(pk=self.object.pk)
        given = self.form.cleaned_data
        changes = {name: given[name] for name in self.form.changed_data}
        differing = acquisitions.edit(
            acquisition, {name: changes[name] for name in changes if name in FIELDS}
        )
        note_changes(acquisition, differing, self.request.user)
        return acquisition

    def get_success_url(self) -> str:
        return inspect_url(self.object)


class InspectView(generic.InspectView):
    """All about one acquisition, and what can be done next."""

    template_name = "cms/admin/acquisition.html"
    any_permission_required = ["view", "add", "change"]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if not may(self.request.user, Acquisition, "change"):
            return buttons
        url = reverse("acquisition:history", args=(self.object.pk,))
        history = Button(_("历史"), url=url, icon_name="history", priority=20)
        return [*buttons, history]

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [
            field
            for field in super().get_fields_context()
            if field["value"] not in (None, "")
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        acquisition: Acquisition = self.object
        items = list(acquisition.items.select_related("record"))
        status = acquisition.status
        returnable = status in (Status.REGISTERED, Status.APPRAISED)
        returnable |= status == Status.ACCESSIONED and acquisition.basis in COMES_BACK
        may_change = may(self.request.user, Acquisition, "change")
        accepted = status in (Status.APPRAISED, Status.ACCESSIONED)
        return {
            **context,
            "rows": [(item, item_lines(item)) for item in items],
            "overdue": _is_overdue(acquisition),
            "may_change": may_change,
            "may_add_items": may_change and status != Status.RETURNED,
            "may_appraise": may_change and status == Status.REGISTERED,
            "may_accession": accepted
            and may_change
            and may(self.request.user, Record, "add")
            and any(item.record_id is None for item in items),
            "may_give_back": may_change and returnable,
            "is_donation": acquisition.basis == Acquisition.Basis.DONATION,
        }


class AcquisitionViewSet(HoldingViewSet):
    model = Acquisition
    name = "acquisition"
    url_prefix = "archive/acquisitions"
    icon = "download"
    menu_label = pgettext_lazy("plural", "征集登记")
    views = ("index", "add", "edit", "inspect", "history")
    inspect_view_enabled = True
    inspect_view_fields = (
        "status",
        "received_on",
        "received_by",
        "basis",
        "source_kind",
        "source_name",
        "contact",
        "owner",
        "description",
        "quantity",
        "condition",
        "secrecy",
        "location",
        "agreement_number",
        "agreement_on",
        "agreement_place",
        "may_publish",
        "may_exhibit",
        "may_copy",
        "may_study",
        "restriction",
        "authorised_until",
        "return_due",
        "returned_on",
        "return_note",
        "note",
    )
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    inspect_view_class = InspectView
    filterset_class = AcquisitionFilterSet

    def get_edit_handler(self) -> Any:
        return edit_handler().bind_to_model(self.model)


def inspect_url(acquisition: Acquisition) -> str:
    return reverse("acquisition:inspect", args=(acquisition.pk,))


def item_lines(item: AcquisitionItem) -> list[tuple[str, str]]:
    """Label and value of what is said of a thing, for people of the house."""
    told = said(item.material, item.particulars, house=True)
    return [(label_of(name), value) for name, value in told]


def _is_overdue(acquisition: Acquisition) -> bool:
    return acquisition.overdue(timezone.localdate())
