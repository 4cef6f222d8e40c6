"""Points and regions of a page in per cent of its width and height, as text.

Per cent and not pixels, as in IIIF's ``pct:``: a page that is scanned anew in another
resolution keeps its places.
"""

from typing import NamedTuple

from archive.seen import PageView
from cms import scans
from media.values import Box

_SMALLEST = 1.0


class Point(NamedTuple):
    """From the left and from the top."""

    x: float
    y: float


class Region(NamedTuple):
    """Left, top, width, height."""

    x: float
    y: float
    w: float
    h: float


def read_point(text: str) -> Point | None:
    """``"42.5,30"`` → a point; None for anything else."""
    numbers = _numbers(text, 2)
    return Point(*numbers) if numbers else None


def read_region(text: str) -> Region | None:
    """``"10,20,40,30"`` → a region inside the page; None for anything else."""
    numbers = _numbers(text, 4)
    if numbers is None:
        return None
    region = Region(*numbers)
    inside = region.x + region.w <= 100.01 and region.y + region.h <= 100.01
    return region if inside and min(region.w, region.h) >= _SMALLEST else None


def box_of(region: Region | None, page: PageView) -> Box:
    """The region in pixels of the page; the whole page for None."""
    if region is None:
        return Box(0, 0, page.width, page.height)
    x, w = (round(one * page.width / 100) for one in (region.x, region.w))
    y, h = (round(one * page.height / 100) for one in (region.y, region.h))
    return Box(x, y, min(w, page.width - x), min(h, page.height - y))


def scan_of(region: Region | None, page: PageView, wide: int) -> scans.Scan:
    """The region at ``wide`` pixels, or at its own width where it has fewer."""
    if region is None:
        return scans.whole(page, wide=wide)
    return scans.part(page, box_of(region, page), (), wide)


def _numbers(text: str, count: int) -> tuple[float, ...] | None:
    parts = text.replace("，", ",").split(",")
    try:
        numbers = tuple(float(part) for part in parts)
    except ValueError:
        return None
    right = len(numbers) == count and all(0 <= one <= 100 for one in numbers)
    return numbers if right else None
