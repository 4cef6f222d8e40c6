"""Pages (页) in the admin: list, image and text side by side."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BaseColumn,
    BulkActionsCheckboxColumn,
    Column,
    TitleColumn,
)
from wagtail.admin.views import generic

from archive.models import Folio, Job
from cms.admin.bulk import action_url
from cms.admin.folio_form import FolioForm, save
from cms.admin.folio_images import page_url, thumbnail_url, viewer_url
from cms.admin.folio_search import Found, find
from cms.admin.jobs import RetryJobs
from cms.admin.viewset import WIDE, HoldingViewSet

EXCERPT = 60
# As many ids as fit into the address of what is done to them.
QUARANTINED_A_PAGE = 250
_STATES = {
    "none": gettext_lazy("未识别"),
    "ocr": gettext_lazy("已识别，未校对"),
    "proofread": gettext_lazy("已校对"),
    "failed": gettext_lazy("识别失败"),
    "quarantined": gettext_lazy("隔离待查"),
}
_CONDITIONS: dict[str, dict[str, Any]] = {
    "none": {"transcript": None},
    "ocr": {"transcript__created_by": None, "transcript__isnull": False},
    "proofread": {"transcript__key": ""},
    "failed": {"job__failed": True},
    "quarantined": {"quarantined": True},
}


class FolioFilterSet(WagtailFilterSet):
    code = django_filters.CharFilter(
        label=gettext_lazy("档号"), field_name="record__reference_code"
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("文字"), choices=tuple(_STATES.items()), method="in_state"
    )

    class Meta:
        model = Folio
        fields: list[str] = []

    def in_state(
        self, folios: QuerySet[Folio], name: str, state: str
    ) -> QuerySet[Folio]:
        return folios.filter(**_CONDITIONS[state])


class IndexView(generic.IndexView):
    template_name = "cms/admin/bulk_index.html"
    results_template_name = "cms/admin/found_results.html"
    is_searchable = True
    any_permission_required = ["view", "change"]
    found: Found | None = None

    page_title = verbose_name_plural = pgettext_lazy("plural", "页")

    def get_base_queryset(self) -> QuerySet[Folio]:
        return Folio.objects.select_related(
            "record", "master", "transcript", "job"
        ).order_by("record__reference_code", "sequence")

    def get_paginate_by(self, queryset: QuerySet[Folio]) -> int:
        """A volume in quarantine is looked through in one go."""
        if self.request.GET.get("state") == "quarantined":
            return QUARANTINED_A_PAGE
        return super().get_paginate_by(queryset)

    def search_queryset(self, queryset: QuerySet[Folio]) -> QuerySet[Folio]:
        if not self.is_searching:
            return queryset
        self.found = find(self.search_query, queryset)
        return self.found.folios

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="folio"),
            ThumbnailColumn("image", label=_("影像")),
            TitleColumn(
                "record",
                label=_("档号"),
                accessor="record.reference_code",
                classname="archive-code",
                get_url=lambda folio: reverse("folio:edit", args=(folio.pk,)),
            ),
            Column("page", label=_("页"), accessor=str, classname="archive-nowrap"),
            Column("text", label=_("文字"), accessor=_excerpt, classname=WIDE),
            Column("state", label=_("状态"), accessor=state_in_words),
            Column("share", label=_("置信度"), accessor=_confidence, classname=WIDE),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["found"] = self.found
        return context


class ThumbnailColumn(Column):
    cell_template_name = "cms/admin/thumbnail_cell.html"

    def get_value(self, instance: Folio) -> str:
        return thumbnail_url(instance)


class EditView(generic.EditView):
    """Reading needs the permission to view, saving the one to change."""

    template_name = "cms/admin/folio_edit.html"
    permission_required = None
    any_permission_required = ["view", "change"]
    success_message = gettext_lazy("已记为校对。")
    submit_button_label = gettext_lazy("保存并记为已校对")

    def get_queryset(self) -> QuerySet[Folio]:
        return Folio.objects.select_related("record", "master", "transcript", "job")

    def get_page_subtitle(self) -> str:
        return _name(self.object)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.user_has_permission("change"):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def save_instance(self) -> Folio:
        return save(self.form, self.request.user)

    def get_success_url(self) -> str:
        return self.get_edit_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        folio: Folio = self.object
        siblings = Folio.objects.filter(record=folio.record_id)
        before = siblings.filter(sequence__lt=folio.sequence).order_by("-sequence")
        after = siblings.filter(sequence__gt=folio.sequence).order_by("sequence")
        return {
            **context,
            "folio": folio,
            "image": page_url(folio),
            "viewer": viewer_url(folio),
            "state": state_in_words(folio),
            "previous": before.first(),
            "following": after.first(),
            "versions": folio.transcripts.select_related("created_by"),
            "failure": _failure(folio),
            "retry_url": _retry_url(folio),
            "may_change": self.user_has_permission("change"),
        }


class FolioViewSet(HoldingViewSet):
    model = Folio
    name = "folio"
    url_prefix = "archive/folios"
    icon = "doc-empty"
    menu_label = pgettext_lazy("plural", "页")
    views = ("index", "edit")
    index_view_class = IndexView
    edit_view_class = EditView
    filterset_class = FolioFilterSet

    def get_form_class(self, for_update: bool = False) -> type[FolioForm]:
        return FolioForm


def state_in_words(folio: Folio) -> str:
    """Where the text of a page stands."""
    if folio.quarantined:
        return str(_STATES["quarantined"])
    if folio.transcript is None:
        return str(_STATES["failed" if _failure(folio) else "none"])
    return str(_STATES["proofread" if folio.transcript.is_correction else "ocr"])


def _name(folio: Folio) -> str:
    return f"{folio.record.reference_code} · {folio}"


def _excerpt(folio: Folio) -> str:
    text = folio.transcript.text if folio.transcript else ""
    return Truncator(" ".join(text.split())).chars(EXCERPT)


def _confidence(folio: Folio) -> str:
    transcript = folio.transcript
    if transcript is None or transcript.confidence is None:
        return "—"
    return f"{transcript.confidence:.0f}"


def _failure(folio: Folio) -> str:
    job = getattr(folio, "job", None)
    return job.error if job is not None and job.failed else ""


def _retry_url(folio: Folio) -> str:
    job = getattr(folio, "job", None)
    if job is None or not job.failed:
        return ""
    return action_url(RetryJobs, Job, [job.pk], reverse("folio:edit", args=[folio.pk]))
