"""Authority records (规范记录): list, form, and the page of each."""

from typing import Any

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BaseColumn,
    BulkActionsCheckboxColumn,
    Column,
    NumberColumn,
    TitleColumn,
)
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from archive.authorities import gaps, registry
from archive.authorities.naming import called, names_of
from archive.errors import ArchiveError
from archive.models import Authority, AuthorityName, FormerNumber, Record, Relation
from archive.vocabulary import AuthorityKind, Role
from cms.admin.authority_forms import edit_handler, model_fields
from cms.admin.authority_log import note_changes
from cms.admin.permissions import may
from cms.admin.record_views import SaveThroughServiceMixin
from cms.admin.viewset import SHORT, WIDE, HoldingViewSet

RECORDS_A_PAGE = 50
NARROWER_SHOWN = 200


class AuthorityFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("类型"),
        choices=AuthorityKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("关系"), choices=Role.choices, method="with_role"
    )
    used = django_filters.ChoiceFilter(
        label=gettext_lazy("关联档案"),
        choices=[
            ("yes", gettext_lazy("有关联的档案")),
            ("no", gettext_lazy("没有关联的档案")),
        ],
        method="with_records",
    )

    class Meta:
        model = Authority
        fields: list[str] = []

    def with_role(
        self, found: QuerySet[Authority], name: str, value: str
    ) -> QuerySet[Authority]:
        related = Relation.objects.filter(role=value).values("authority")
        return found.filter(pk__in=related)

    def with_records(
        self, found: QuerySet[Authority], name: str, value: str
    ) -> QuerySet[Authority]:
        related = Relation.objects.values("authority")
        if value == "yes":
            return found.filter(pk__in=related)
        return found.exclude(pk__in=related)


class IndexView(generic.IndexView):
    """Names of other times and records are counted for the page shown, not for all."""

    template_name = "cms/admin/bulk_index.html"
    default_ordering = ("name", "number")
    any_permission_required = ["view", "add", "change"]
    is_searchable = True
    page_title = verbose_name_plural = pgettext_lazy("plural", "规范记录")
    others: dict[int, list[str]]
    counts: dict[int, int]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="authority"),
            TitleColumn(
                "name",
                label=_("规范名称"),
                sort_key="name",
                get_url=self.get_inspect_url,
            ),
            Column("number", label=_("规范号"), sort_key="number"),
            Column(
                "kind",
                label=_("类型"),
                accessor="get_kind_display",
                classname=SHORT,
            ),
            Column("others", label=_("其他名称"), accessor=self._others),
            Column(
                "dates", label=_("存在时间"), accessor="dates_original", classname=WIDE
            ),
            NumberColumn("records", label=_("档案数"), accessor=self._records),
        ]

    def search_queryset(self, queryset: QuerySet[Authority]) -> QuerySet[Authority]:
        """By any name, in any script, by initials, or by number."""
        typed = self.search_query
        return called(typed, queryset) if typed else queryset

    def get_table(self, object_list: Any) -> Any:
        shown = [one.pk for one in object_list]
        names = AuthorityName.objects.filter(authority__in=shown).order_by("position")
        self.others = {}
        for name in names:
            if name.kind != "preferred":
                self.others.setdefault(name.authority_id, []).append(name.name)
        related = Relation.objects.filter(authority__in=shown).order_by()
        counted = related.values_list("authority").annotate(
            Count("record", distinct=True)
        )
        self.counts = dict(counted)
        return super().get_table(object_list)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        duplicates = reverse("archive_authorities_duplicates")
        unlinked = reverse("archive_authorities_unlinked")
        return [
            *buttons,
            Button(_("疑似重复"), url=duplicates, icon_name="copy", priority=40),
            Button(_("尚无规范的名称"), url=unlinked, icon_name="list-ul", priority=41),
        ]

    def _others(self, authority: Authority) -> str:
        return _("；").join(self.others.get(authority.pk, ()))

    def _records(self, authority: Authority) -> int:
        return self.counts.get(authority.pk, 0)


class SaveMixin(SaveThroughServiceMixin):
    """What cannot be read of the dates of names is said."""

    object: Authority

    def _warn_of_date(self, form: Any) -> None:
        for problem in form.unread_dates():
            told = _("时间已照录，但按日期显示名称时用不上：%(why)s")
            messages.warning(self.request, told % {"why": problem})

    def get_success_url(self) -> str:
        return inspect_url(self.object)


class CreateView(SaveMixin, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        asked = {name: self.request.GET.get(name, "") for name in ("name", "kind")}
        return {**super().get_initial(), **{n: v for n, v in asked.items() if v}}

    def save_instance(self) -> Authority:
        fields = model_fields(self.form)
        with transaction.atomic():
            made = registry.create(names=self.form.cleaned_data["names"], **fields)
            log(made, "wagtail.create", user=self.request.user)
        return made


class EditView(SaveMixin, generic.EditView):
    def save_instance(self) -> Authority:
        authority: Authority = Authority.objects.get(pk=self.object.pk)
        names = self.form.cleaned_data["names"]
        with transaction.atomic():
            changes = registry.edit(authority, names, **model_fields(self.form))
            note_changes(authority, changes, self.request.user)
        return authority


class DeleteView(generic.DeleteView):
    """Only what no record and no place refers to."""

    def delete_action(self) -> None:
        with transaction.atomic():
            log(self.object, "wagtail.delete", user=self.request.user, deleted=True)
            registry.delete(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ArchiveError as error:
            messages.error(self.request, str(error))
            return redirect(inspect_url(self.object))
        return response


class InspectView(generic.InspectView):
    """All about one authority: its names, the places in it, the records related."""

    template_name = "cms/admin/authority.html"
    any_permission_required = ["view", "add", "change"]

    def get_object(self, *args: Any, **kwargs: Any) -> Authority:
        """The one that it was merged into, where it is no more."""
        try:
            found: Authority = super().get_object(*args, **kwargs)
        except Http404:
            former = FormerNumber.objects.filter(was=self.kwargs["pk"])
            merged = former.select_related("authority").first()
            if merged is None or merged.authority is None:
                raise
            return merged.authority
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The address of one that was merged leads to where it went."""
        if str(self.object.pk) != str(self.kwargs["pk"]):
            return redirect(inspect_url(self.object))
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if not may(self.request.user, Authority, "change"):
            return buttons
        pk = urlencode({"id": self.object.pk})
        merge = f"{reverse('archive_authorities_merge')}?{pk}"
        history = reverse("authority:history", args=(self.object.pk,))
        return [
            *buttons,
            Button(_("合并…"), url=merge, icon_name="resubmit", priority=15),
            Button(_("历史"), url=history, icon_name="history", priority=20),
        ]

    def get_is_demonstration_display_value(self) -> str:
        return _("是") if self.object.is_demonstration else ""

    def get_fields_context(self) -> list[dict[str, Any]]:
        fields: list[dict[str, Any]] = super().get_fields_context()
        return [field for field in fields if field["value"] not in (None, "", False)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        authority: Authority = self.object
        below = authority.narrower.order_by("name")
        may_link = may(self.request.user, Record, "change")
        waiting = gaps.unlinked(authority).values("record").distinct()
        return {
            **context,
            "names": names_of(authority),
            "merged": authority.former_numbers.order_by("number"),
            "narrower": below[:NARROWER_SHOWN],
            "page_obj": related_page(authority, self.request.GET.get("p")),
            "unlinked": waiting.count() if may_link else 0,
        }


class AuthorityViewSet(HoldingViewSet):
    model = Authority
    name = "authority"
    url_prefix = "archive/authorities"
    icon = "group"
    menu_label = pgettext_lazy("plural", "规范记录")
    views = ("index", "add", "edit", "delete", "inspect", "history")
    inspect_view_enabled = True
    inspect_view_fields = (
        "number",
        "kind",
        "dates_original",
        "broader",
        "history",
        "sources",
        "note",
        "is_demonstration",
    )
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    inspect_view_class = InspectView
    filterset_class = AuthorityFilterSet
    index_template_name = IndexView.template_name

    def get_edit_handler(self) -> Any:
        return edit_handler().bind_to_model(self.model)


def inspect_url(authority: Authority) -> str:
    return reverse("authority:inspect", args=(authority.pk,))


def related_page(authority: Authority, page: str | None) -> Any:
    """The records related to it, each with its role."""
    related = Relation.objects.filter(authority=authority).select_related("record")
    ordered = related.order_by("record__reference_code", "role")
    return Paginator(ordered, RECORDS_A_PAGE).get_page(page)
