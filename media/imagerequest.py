"""The parameters of IIIF Image API 3 as values: parsed, validated, resolved.

``{region}/{size}/{rotation}/{quality}.{format}``. Everything that cannot be
served raises ``InvalidImageRequest`` (HTTP 400).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import floor, sqrt
from typing import NamedTuple

from media.errors import InvalidImageRequest
from media.values import Box

MAX_AREA = 25_000_000
"""No derivative has more pixels than this; ``max`` shrinks to it."""

MAX_SIDE = 16_383
"""No derivative is wider or higher: the limit of WebP, the narrowest format."""

QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_NUMBER = r"\d{1,9}(?:\.\d{1,9})?"
_PIXELS = re.compile(r"(\d{1,9}),(\d{1,9}),(\d{1,9}),(\d{1,9})", re.ASCII)
_PERCENT = re.compile(rf"pct:({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})", re.ASCII)
_SIZE_WH = re.compile(r"(!?)(\d{0,9}),(\d{0,9})", re.ASCII)
_SIZE_PERCENT = re.compile(rf"pct:({_NUMBER})", re.ASCII)
_ROTATION = re.compile(rf"(!?)({_NUMBER})", re.ASCII)


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One request, syntactically valid; the strings are those of the URL."""

    region: str = "full"
    size: str = "max"
    rotation: str = "0"
    quality: str = "default"
    format: str = "jpg"

    @property
    def path(self) -> str:
        """The request as it stands in a URL, after the identifier."""
        tail = f"{self.quality}.{self.format}"
        return f"{self.region}/{self.size}/{self.rotation}/{tail}"

    @property
    def media_type(self) -> str:
        """The MIME type of the answer."""
        return FORMATS[self.format]

    @property
    def mirrored(self) -> bool:
        """Whether the image is mirrored before it is rotated."""
        return self.rotation.startswith("!")

    @property
    def degrees(self) -> int:
        """Clockwise rotation: 0, 90, 180 or 270."""
        return int(float(self.rotation.lstrip("!"))) % 360


def parse_request(
    region: str, size: str, rotation: str, quality: str, image_format: str
) -> ImageRequest:
    """Check the syntax of the five parts of an image URL."""
    _require(
        region in ("full", "square")
        or _PIXELS.fullmatch(region)
        or _PERCENT.fullmatch(region),
        "region",
        region,
    )
    _require(_is_size(size.removeprefix("^")), "size", size)
    turn = float(_match(_ROTATION, rotation, "rotation")[2])
    _require(turn in (0, 90, 180, 270, 360), "rotation", rotation)
    _require(quality in QUALITIES, "quality", quality)
    _require(image_format in FORMATS, "format", image_format)
    return ImageRequest(region, size, rotation, quality, image_format)


def resolve_region(request: ImageRequest, width: int, height: int) -> Box:
    """The part of a ``width`` × ``height`` image that is asked for, cut to it."""
    region = request.region
    if region == "full":
        return Box(0, 0, width, height)
    if region == "square":
        side = min(width, height)
        return Box((width - side) // 2, (height - side) // 2, side, side)
    if match := _PIXELS.fullmatch(region):
        x, y, w, h = (int(part) for part in match.groups())
    else:
        parts = _match(_PERCENT, region, "region").groups()
        shares = [Decimal(part) / 100 for part in parts]
        x, w = round(shares[0] * width), round(shares[2] * width)
        y, h = round(shares[1] * height), round(shares[3] * height)
    _require(w > 0 and h > 0 and x < width and y < height, "region", region)
    return Box(x, y, min(w, width - x), min(h, height - y))


def resolve_size(request: ImageRequest, region: Box) -> Size:
    """The size in pixels of the answer to ``request`` for ``region``.

    Larger than the region only with ``^``, and never above ``MAX_AREA`` or
    ``MAX_SIDE``.
    """
    upscale = request.size.startswith("^")
    size = request.size.removeprefix("^")
    if size == "max":
        return _largest(region, upscale=upscale)
    if match := _SIZE_PERCENT.fullmatch(size):
        share = Decimal(match[1]) / 100
        wanted = Size(round(region.w * share), round(region.h * share))
    else:
        wanted = _fit(size, region, upscale=upscale)
    _require(wanted.width > 0 and wanted.height > 0, "size", request.size)
    larger = wanted.width > region.w or wanted.height > region.h
    _require(upscale or not larger, "size", request.size)
    _require(wanted.width * wanted.height <= MAX_AREA, "size", request.size)
    _require(max(wanted) <= MAX_SIDE, "size", request.size)
    return wanted


def _fit(size: str, region: Box, *, upscale: bool) -> Size:
    """The size for ``w,`` ``,h`` ``w,h`` and ``!w,h``."""
    match = _match(_SIZE_WH, size, "size")
    w, h = (int(part) if part else 0 for part in match.groups()[1:])
    if match[1]:
        scale = min(w / region.w, h / region.h)
        scale = scale if upscale else min(scale, 1.0)
        return Size(max(1, round(region.w * scale)), max(1, round(region.h * scale)))
    if not match[3]:
        return Size(w, max(1, round(region.h * w / region.w)))
    if not match[2]:
        return Size(max(1, round(region.w * h / region.h)), h)
    return Size(w, h)


def _largest(region: Box, *, upscale: bool) -> Size:
    """The largest size within the limits; above the region's only to upscale."""
    scale = min(
        sqrt(MAX_AREA / (region.w * region.h)), MAX_SIDE / max(region.w, region.h)
    )
    if not upscale:
        scale = min(scale, 1.0)
    return Size(max(1, floor(region.w * scale)), max(1, floor(region.h * scale)))


def _is_size(size: str) -> bool:
    if size == "max":
        return True
    if match := _SIZE_PERCENT.fullmatch(size):
        return Decimal(match[1]) > 0
    match = _SIZE_WH.fullmatch(size)
    if match is None:
        return False
    return bool(match[2] and match[3]) if match[1] else bool(match[2] or match[3])


def _require(condition: object, part: str, value: str) -> None:
    if not condition:
        raise InvalidImageRequest(part, value)


def _match(pattern: re.Pattern[str], value: str, part: str) -> re.Match[str]:
    match = pattern.fullmatch(value)
    if match is None:
        raise InvalidImageRequest(part, value)
    return match
