"""Lists of honours: made and corrected here, with their rows."""

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from cms.admin.viewset import HoldingViewSet
from cms.models import HonourList


class HonourFilterSet(WagtailFilterSet):
    is_published = django_filters.BooleanFilter(label=_("公布"))

    class Meta:
        model = HonourList
        fields: ClassVar = ["is_published"]


def _published(one: HonourList) -> str:
    return gettext("已公布") if one.is_published else gettext("未公布")


class IndexView(generic.IndexView):
    default_ordering = ("-year", "award")
    any_permission_required: ClassVar = ["view", "add", "change"]


class HonourViewSet(HoldingViewSet):
    """Public at once when it is ticked, and has a source."""

    model = HonourList
    name = "honours"
    icon = "pick"
    menu_label = _("表彰名单")
    menu_order = 310
    add_to_admin_menu = True
    views = ("index", "add", "edit", "delete")
    index_view_class = IndexView
    filterset_class = HonourFilterSet
    search_fields: ClassVar = ["award", "decided_by", "source"]
    search_backend_name = None
    list_display: Any = (
        "award",
        Column("year", label=_("年份"), sort_key="year"),
        Column("decided_by", label=_("决定机关")),
        Column("is_published", label=_("公布"), accessor=_published),
    )
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("year"), FieldPanel("award")]),
        MultiFieldPanel(
            [
                FieldPanel("basis"),
                FieldRowPanel([FieldPanel("decided_by"), FieldPanel("decided_on")]),
                FieldPanel("source"),
                FieldPanel("source_url"),
            ],
            heading=_("依据与来源"),
        ),
        InlinePanel(
            "honours",
            heading=_("受表彰者"),
            label=_("受表彰者"),
            panels=[
                FieldRowPanel([FieldPanel("kind"), FieldPanel("name")]),
                FieldPanel("unit"),
                FieldPanel("citation"),
                FieldPanel("url"),
            ],
        ),
        MultiFieldPanel(
            [FieldPanel("is_published"), FieldPanel("is_demonstration")],
            heading=_("公布"),
        ),
    ]
