"""The thesaurus (主题词表): the tree of concepts, the form, and the page of each."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from archive.models import RecordTerm, Subject
from archive.subjects import editing, found
from cms.admin.deletion import RefusedInWordsMixin
from cms.admin.permissions import may
from cms.admin.record_views import SaveThroughServiceMixin
from cms.admin.subject_forms import SubjectField, SubjectForm
from cms.admin.subject_log import note_changes
from cms.admin.viewset import WIDE, HoldingViewSet

RECORDS = "wagtailsnippets_archive_record:list"
PER_PAGE = 20
MAX_NARROWER = 200


class _SubjectFilter(django_filters.Filter):
    field_class = SubjectField


class SubjectFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=gettext_lazy("状态"), choices=Subject.Status.choices
    )
    under = _SubjectFilter(label=gettext_lazy("在此词之下"), method="below")
    records = django_filters.ChoiceFilter(
        label=gettext_lazy("档案"),
        choices=[("yes", gettext_lazy("有档案")), ("no", gettext_lazy("没有档案"))],
        method="with_records",
    )

    class Meta:
        model = Subject
        fields: list[str] = []

    def below(
        self, subjects: QuerySet[Subject], name: str, above: Subject
    ) -> QuerySet[Subject]:
        return subjects.filter(path__startswith=above.path)

    def with_records(
        self, subjects: QuerySet[Subject], name: str, value: str
    ) -> QuerySet[Subject]:
        borne = Exists(RecordTerm.objects.filter(term__subject=OuterRef("pk")))
        return subjects.filter(borne if value == "yes" else ~borne)


class LabelColumn(TitleColumn):
    """Indented as in a tree or, among what was searched for, with all above it."""

    cell_template_name = "cms/admin/subject_cell.html"

    def __init__(self, *args: Any, view: "IndexView", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._view = view

    def get_cell_context_data(self, instance: Subject, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        flat = self._view.is_searching or self._view.is_filtering
        above = self._view.paths[instance.pk][:-1] if flat else ()
        depth = 0 if flat else min(instance.depth, 8)
        return {**context, "depth": depth, "above": above}


class RecordsColumn(Column):
    """How many records; a link to them."""

    cell_template_name = "cms/admin/subject_records_cell.html"

    def get_cell_context_data(self, instance: Subject, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        count = self.get_value(instance)
        return {**context, "count": count, "address": records_url(instance)}


class IndexView(generic.IndexView):
    """Records are counted for the concepts shown, not for all."""

    default_ordering = "path"
    any_permission_required = ["view", "add", "change"]
    is_searchable = True
    page_title = verbose_name_plural = gettext_lazy("主题词表")
    counts: dict[int, int]
    paths: dict[int, tuple[str, ...]]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            LabelColumn(
                "label", label=_("正式词"), get_url=self.get_inspect_url, view=self
            ),
            Column("label_en", label=_("英文"), classname=WIDE),
            Column("number", label=_("编号"), sort_key="number", classname=WIDE),
            Column(
                "status",
                label=_("状态"),
                accessor="get_status_display",
                classname="archive-nowrap",
            ),
            RecordsColumn("records", label=_("档案数"), accessor=self._records),
        ]

    def search_queryset(self, queryset: QuerySet[Subject]) -> QuerySet[Subject]:
        """By any name, in any script, by initials, or by number."""
        typed = self.search_query
        if not typed:
            return queryset
        return queryset.filter(pk__in=found.matching(typed).values("pk"))

    def get_table(self, object_list: Iterable[Subject]) -> Any:
        shown = list(object_list)
        self.counts = found.counts(shown)
        self.paths = found.paths(shown)
        return super().get_table(object_list)

    def _records(self, subject: Subject) -> int:
        return self.counts.get(subject.pk, 0)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        export = reverse("archive_subjects_export")
        buttons = [
            *super().header_more_buttons,
            Button(_("导出"), url=export, icon_name="download", priority=60),
        ]
        if may(self.request.user, Subject, "add"):
            load = reverse("archive_subjects_import")
            buttons.append(Button(_("导入"), url=load, icon_name="upload", priority=61))
        return buttons


class CreateView(SaveThroughServiceMixin, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        """``?broader=``: the number of the concept below which it comes."""
        above = found.called(self.request.GET.get("broader", ""))
        label = above.label if above else ""
        return {**super().get_initial(), "broader": label}

    def save_instance(self) -> Subject:
        given = {**self.form.cleaned_data}
        broader = given.pop("broader")
        given["broader"] = broader.number if broader else ""
        with transaction.atomic():
            made = editing.create(given.pop("number"), **given)
            log(made, "wagtail.create", user=self.request.user)
        return made

    def get_success_url(self) -> str:
        return inspect_url(self.object)


class EditView(SaveThroughServiceMixin, generic.EditView):
    def save_instance(self) -> Subject:
        subject: Subject = Subject.objects.get(pk=self.object.pk)
        with transaction.atomic():
            differing = editing.edit(subject, self.form.values())
            note_changes(subject, differing, self.request.user)
        return subject

    def get_success_url(self) -> str:
        return inspect_url(self.object)


class DeleteView(RefusedInWordsMixin, generic.DeleteView):
    """Only what is unused goes so; what is used is merged into another."""

    def delete_action(self) -> None:
        with transaction.atomic():
            log(self.object, "wagtail.delete", user=self.request.user, deleted=True)
            editing.delete(self.object)


class InspectView(generic.InspectView):
    """All about one concept, and the records it is borne by."""

    template_name = "cms/admin/subject.html"
    any_permission_required = ["view", "add", "change"]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        user, pk = self.request.user, self.object.pk
        if may(user, Subject, "add"):
            below = urlencode({"broader": self.object.number})
            add = f"{reverse('subject:add')}?{below}"
            label = _("在其下新建")
            buttons = [*buttons, Button(label, url=add, icon_name="plus", priority=5)]
        if may(user, Subject, "change"):
            merge = reverse("archive_subjects_merge", args=(pk,))
            history = reverse("subject:history", args=(pk,))
            buttons = [
                *buttons,
                Button(
                    _("并入另一个…"), url=merge, icon_name="arrow-right", priority=6
                ),
                Button(_("历史"), url=history, icon_name="history", priority=20),
            ]
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        subject: Subject = self.object
        own = {subject.label, subject.label_en}
        above = Subject.objects.filter(pk__in=subject.ancestor_ids).order_by("path")
        names = subject.terms.order_by("text").values_list("text", flat=True)
        narrower = list(subject.narrower.order_by("path")[: MAX_NARROWER + 1])
        records = found.bearers(subject).order_by("reference_code")
        page = Paginator(records, PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **context,
            "above": above,
            "alternatives": [name for name in names if name not in own],
            "narrower": narrower[:MAX_NARROWER],
            "more_narrower": len(narrower) > MAX_NARROWER,
            "related": subject.related.order_by("path"),
            "former": subject.former_numbers.order_by("number"),
            "page_obj": page,
            "records_url": records_url(subject),
        }


class SubjectViewSet(HoldingViewSet):
    model = Subject
    name = "subject"
    url_prefix = "archive/subjects"
    icon = "list-ul"
    menu_label = gettext_lazy("主题词表")
    views = ("index", "add", "edit", "delete", "inspect", "history")
    inspect_view_enabled = True
    inspect_view_fields = ("number", "label")
    list_per_page = 100
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    inspect_view_class = InspectView
    filterset_class = SubjectFilterSet

    def get_form_class(self, for_update: bool = False) -> type[SubjectForm]:
        return SubjectForm


def inspect_url(subject: Subject) -> str:
    return reverse("subject:inspect", args=(subject.pk,))


def records_url(subject: Subject) -> str:
    """The list of records, narrowed to this concept and what lies below it."""
    return f"{reverse(RECORDS)}?{urlencode({'subject': subject.number})}"
