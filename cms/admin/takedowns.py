"""Requests for correction and takedown (纠错与下架申请) in the admin."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.forms import Textarea
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.models import ModelLogEntry

from cms import takedown
from cms.admin.viewset import SHORT, WIDE, HoldingViewSet
from cms.models import TakedownRequest


class TakedownFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=gettext_lazy("状态"), choices=TakedownRequest.Status.choices
    )
    reason = django_filters.ChoiceFilter(
        label=gettext_lazy("事由"), choices=TakedownRequest.Reason.choices
    )
    number = django_filters.CharFilter(
        label=gettext_lazy("办理编号"), lookup_expr="icontains"
    )

    class Meta:
        model = TakedownRequest
        fields: list[str] = []


class TakedownForm(WagtailAdminModelForm):
    """How far it has come; what was asked for nobody changes."""

    class Meta:
        model = TakedownRequest
        fields = ("status", "answer")
        widgets = {"answer": Textarea(attrs={"rows": 5})}
        help_texts = {
            "answer": gettext_lazy(
                "只供馆内：改了什么，或为什么不改。到期与申请一并删除。"
            )
        }


class IndexView(generic.IndexView):
    default_ordering = "-received_at"
    any_permission_required = ["view", "change"]
    page_title = verbose_name_plural = pgettext_lazy("plural", "纠错与下架申请")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self._get_title_column("number", TitleColumn),
            Column("about", label=_("网址或档号")),
            Column(
                "reason",
                label=_("事由"),
                accessor="get_reason_display",
                classname=WIDE,
            ),
            Column(
                "status",
                label=_("状态"),
                accessor="get_status_display",
                classname=SHORT,
            ),
            DateColumn("received_at", label=_("收到时间"), sort_key="received_at"),
        ]


class EditView(generic.EditView):
    template_name = "cms/admin/takedown.html"
    permission_required = None
    any_permission_required = ["view", "change"]
    success_message = gettext_lazy("已记录。")

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.user_has_permission("change"):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def save_instance(self) -> TakedownRequest:
        given = self.form.cleaned_data
        asked: TakedownRequest = self.form.instance
        takedown.work_on(asked, given["status"], given["answer"], self.request.user)
        return asked

    def log_action(self, *args: Any) -> None:
        """Done by the service."""

    def get_success_url(self) -> str:
        return self.get_edit_url()

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        entries = ModelLogEntry.objects.for_instance(self.object)
        return {
            **context,
            "asked": self.object,
            "steps": [
                _step(entry) for entry in entries.select_related("user").order_by("pk")
            ],
        }


def _step(entry: ModelLogEntry) -> dict[str, Any]:
    names = dict(TakedownRequest.Status.choices)
    return {
        "at": entry.timestamp,
        "by": entry.user_display_name,
        "before": names.get(entry.data.get("before", ""), ""),
        "after": names.get(entry.data.get("after", ""), ""),
    }


class TakedownViewSet(HoldingViewSet):
    model = TakedownRequest
    name = "takedown"
    url_prefix = "archive/takedowns"
    icon = "warning"
    menu_label = pgettext_lazy("plural", "纠错与下架申请")
    views = ("index", "edit")
    index_view_class = IndexView
    edit_view_class = EditView
    filterset_class = TakedownFilterSet

    def get_form_class(self, for_update: bool = False) -> type[TakedownForm]:
        return TakedownForm
