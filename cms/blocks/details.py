"""局部放大: a part of a page, with numbered places to look at."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from archive.seen import PageView
from cms.blocks.evidence import ClaimBlock, PlaceBlock, RecordBlock, point_of
from cms.evidence.claims import Evidence
from cms.evidence.places import read_region, scan_of
from media.values import Box

DETAIL_WIDTH = 1100


@dataclass(frozen=True, slots=True)
class Spot:
    """A numbered place on the scan, in its pixels, and what is to be seen there."""

    number: int
    x: int
    y: int
    radius: int
    title: str
    text: str


class HotspotBlock(blocks.StructBlock):
    point = PlaceBlock("point", label=_("位置"), help_text=_("自左、自上，百分之几。"))
    title = blocks.CharBlock(label=_("标题"))
    text = blocks.TextBlock(label=_("说明"), required=False, rows=3)

    class Meta:
        label = _("看点")
        icon = "crosshairs"


class DetailBlock(ClaimBlock):
    """局部放大: a region of a page with numbered places to look at."""

    record = RecordBlock(label=_("档案"))
    page = blocks.IntegerBlock(label=_("第几页"), min_value=1)
    region = PlaceBlock(
        "region",
        label=_("局部"),
        required=False,
        help_text=_("左、上、宽、高，各为整页的百分之几；留空则为整页。"),
    )
    caption = blocks.CharBlock(label=_("图注"), required=False)
    hotspots = blocks.ListBlock(HotspotBlock(), label=_("看点"), min_num=1)

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        found: Evidence | None = context["found"]
        if found is None:
            return context
        region = read_region(value["region"] or "")
        scan = scan_of(region, found.page, DETAIL_WIDTH)
        spots = _spots(value["hotspots"], found.page, scan.view)
        return {**context, "scan": scan, "spots": spots, "key": _key(found, spots)}

    class Meta:
        label = _("细部与看点")
        icon = "view"
        template = "cms/blocks/detail.html"


def _key(found: Evidence, spots: list[Spot]) -> str:
    """What the anchors of one block begin with: another for each block of a page."""
    places = [(spot.x, spot.y, spot.title) for spot in spots]
    told = repr((found.claim, places)).encode()
    return f"detail-{zlib.crc32(told):08x}"


def _spots(values: Any, page: PageView, view: Box) -> list[Spot]:
    """In order; those outside the region are drawn at its edge."""
    radius = max(1, round(view.w * 0.028))
    spots = []
    for number, value in enumerate(values, start=1):
        point = point_of(value)
        if point is None:
            continue
        x = round(point.x * page.width / 100)
        y = round(point.y * page.height / 100)
        x = min(max(x, view.x + radius), view.x + view.w - radius)
        y = min(max(y, view.y + radius), view.y + view.h - radius)
        spots.append(Spot(number, x, y, radius, value["title"], value["text"]))
    return spots
