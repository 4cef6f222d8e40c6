"""发布审签单: the list of them, and each as a sheet of A4."""

from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from cms.admin.editing_rights import require_work_on_pages
from cms.admin.viewset import WIDE, HoldingViewSet
from cms.models.reviews import SignOff
from cms.models.site import site_details


class SignOffFilterSet(WagtailFilterSet):
    title = django_filters.CharFilter(
        label=gettext_lazy("标题"), lookup_expr="icontains"
    )
    page = django_filters.NumberFilter(label=gettext_lazy("页面编号"))

    class Meta:
        model = SignOff
        fields: list[str] = []


class IndexView(generic.IndexView):
    default_ordering = "-passed_at"
    any_permission_required = ["view"]
    page_title = verbose_name_plural = gettext_lazy("发布审签单")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn("title", label=_("标题"), get_url=sheet_url),
            Column("number", label=_("审签编号"), classname="archive-nowrap"),
            Column("column", label=_("栏目"), classname=WIDE),
            DateColumn("passed_at", label=_("通过时间"), sort_key="passed_at"),
        ]


class SignOffViewSet(HoldingViewSet):
    model = SignOff
    name = "signoff"
    url_prefix = "editing/sheets"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("发布审签单")
    index_view_class = IndexView
    filterset_class = SignOffFilterSet
    form_fields = ("title",)


def sheet_url(sheet: SignOff) -> str:
    return reverse("editing_sheet", args=[sheet.pk])


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as it was written: nothing on it is looked up again."""
    require_work_on_pages(request)
    context: dict[str, Any] = {
        "sheet": get_object_or_404(SignOff, pk=pk),
        "institution": site_details(request).organiser or _("“枫桥经验”陈列馆"),
    }
    return TemplateResponse(request, "cms/print/sign_off.html", context)
