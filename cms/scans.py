"""Page images in SVG: the viewBox is the crop, boxes are in the page's own pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from archive.seen import PageView
from media.values import Box

THUMBNAIL = 250
"""Width in pixels that a thumbnail's image has at least."""

PAGE = 1000
"""Width in pixels that the image of a whole page has at least."""


@dataclass(frozen=True, slots=True)
class Scan:
    """``image`` shows the page from ``left``, ``top``: ``width`` × ``height`` pixels.

    Most often the whole of it. ``view`` is the part to show; ``boxes`` mark words.
    """

    image: str
    width: int
    height: int
    view: Box
    boxes: tuple[Box, ...] = ()
    left: int = 0
    top: int = 0


def whole(page: PageView, boxes: Sequence[Box] = (), *, wide: int = PAGE) -> Scan:
    """The whole page, from an image that is ``wide`` pixels wide or wider."""
    view = Box(0, 0, page.width, page.height)
    image = image_url(page, wide)
    return Scan(image, page.width, page.height, view, tuple(boxes))


def thumbnail(page: PageView, boxes: Sequence[Box] = ()) -> Scan:
    return whole(page, boxes, wide=THUMBNAIL)


def around(page: PageView, boxes: Sequence[Box], *, ratio: float, wide: int) -> Scan:
    """The neighbourhood of the first box, ``ratio`` times as wide as high.

    Large enough to read some lines around the words; ``wide`` is the width in
    pixels at which the crop will be shown.
    """
    first = boxes[0]
    letter, word = sorted((first.w, first.h))
    across = min(max(letter * 14, word * 1.6), page.width)
    w, h = across, across / ratio
    if h > page.height:
        w, h = page.height * ratio, page.height
    x = _inside(first.x + first.w / 2 - w / 2, w, page.width)
    y = _inside(first.y + first.h / 2 - h * 0.42, h, page.height)
    view = Box(round(x), round(y), round(w), round(h))
    return part(page, view, boxes, wide)


def head(page: PageView, boxes: Sequence[Box], *, ratio: float, wide: int) -> Scan:
    """The upper part of the page over its whole width."""
    view = Box(0, 0, page.width, min(page.height, round(page.width / ratio)))
    return part(page, view, boxes, wide)


def part(page: PageView, view: Box, boxes: Sequence[Box], wide: int) -> Scan:
    """No more of the page than is shown: a tenth of the bytes of all of it."""
    image = iiif_url(
        page.image_id,
        region=f"{view.x},{view.y},{view.w},{view.h}",
        size=f"{min(wide, view.w)},",
    )
    return Scan(image, view.w, view.h, view, tuple(boxes), view.x, view.y)


def image_url(page: PageView, wide: int) -> str:
    """The page at the smallest size of its info.json that is ``wide`` or wider."""
    return iiif_url(page.image_id, size=listed_size(page.width, page.height, wide))


def listed_size(width: int, height: int, wide: int) -> str:
    """The smallest of an image, its half, its quarter … that is ``wide`` or wider."""
    factor = 1
    while width // (factor * 2) >= wide:
        factor *= 2
    return f"{-(-width // factor)},{-(-height // factor)}"


def runs_right_to_left(pages: Sequence[PageView]) -> bool:
    """Whether these pages are turned as a volume of vertical text is."""
    return next((page.direction for page in pages if page.direction), "") == "v"


def iiif_url(
    image_id: str,
    *,
    region: str = "full",
    size: str = "max",
    image_format: str = "webp",
) -> str:
    return reverse(
        "iiif-image",
        kwargs={
            "image_id": image_id,
            "region": region,
            "size": size,
            "rotation": "0",
            "quality": "default",
            "image_format": image_format,
        },
    )


def _inside(start: float, length: float, limit: int) -> float:
    return max(0.0, min(start, limit - length))
