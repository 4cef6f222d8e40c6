"""Derivatives of masters: what IIIF Image API 3 (level 2) asks for, made anew.

Nothing of the master but its pixels goes into a derivative: no EXIF, no profile,
no name, no resolution.
"""

import hashlib
from pathlib import Path
from typing import Any

import pyvips
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from media.errors import BrokenImage
from media.imagerequest import (
    MAX_AREA,
    MAX_SIDE,
    ImageRequest,
    Size,
    resolve_region,
    resolve_size,
)
from media.masters import local_copy
from media.pixels import Header, normalise, open_image, read_header
from media.values import Box

TILE = 512
"""Width and height of a tile, in pixels of the derivative."""

LARGEST_CROP = 128 * 1024
"""Bytes of a part of a page that is kept in memory."""

_JPEG_QUALITY = 85
_WEBP_QUALITY = 75
"""As good to the eye as JPEG's 85, on scans of text."""

_BITONAL_THRESHOLD = 128


def render(master_name: str, request: ImageRequest, identifier: str = "") -> bytes:
    """The encoded derivative that ``request`` asks of a master.

    With ``identifier`` (the public name of this view of the image, never the
    master's) tiles and whole pages are kept in the derivative storage and come
    from there the next time; other parts, of which there are countless, stay for
    a while in the cache ``crops``, as pages show the same ones to everybody. Raises
    ``InvalidImageRequest``, ``MasterMissing``, ``BrokenImage``.
    """
    if not identifier:
        return _make(master_name, request)[0]
    storage = storages["derivatives"]
    name = _cache_name(identifier, request)
    kept = _read(storage, name)
    if kept is not None:
        return kept
    crop = hashlib.sha256(f"{master_name} {request.path}".encode()).hexdigest()
    cached: bytes | None = caches["crops"].get(crop)
    if cached is not None:
        return cached
    made, is_tile = _make(master_name, request)
    if is_tile:
        storage.save(name, ContentFile(made))
    elif len(made) <= LARGEST_CROP:
        caches["crops"].set(crop, made)
    return made


def image_info(width: int, height: int) -> dict[str, Any]:
    """The body of info.json for an image of this size; the view adds ``id``."""
    sizes = []
    factors = _scale_factors(width, height)
    for factor in reversed(factors):
        size = {"width": -(-width // factor), "height": -(-height // factor)}
        within = max(size.values()) <= MAX_SIDE
        if within and size["width"] * size["height"] <= MAX_AREA:
            sizes.append(size)
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": width,
        "height": height,
        "maxArea": MAX_AREA,
        "maxWidth": MAX_SIDE,
        "sizes": sizes,
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": factors}],
        "extraFormats": ["webp"],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": ["mirroring", "sizeUpscaling"],
    }


def _make(master_name: str, request: ImageRequest) -> tuple[bytes, bool]:
    """The derivative's bytes, and whether it is one that info.json proposes."""
    with local_copy(master_name) as path:
        header = read_header(path)
        region = resolve_region(request, header.width, header.height)
        size = resolve_size(request, region)
        try:
            image = _turned(_scaled(path, header, region, size), request)
            encoded = _encoded(_with_quality(image, request.quality), request.format)
        except pyvips.Error as error:
            raise BrokenImage from error
    kept = _is_plain(request, region, size) and _is_proposed(header, region, size)
    return encoded, kept


def _scaled(path: Path, header: Header, region: Box, size: Size) -> "pyvips.Image":
    """The region's pixels at ``size``, upright, in sRGB or grey."""
    whole = (region.w, region.h) == (header.width, header.height)
    if whole and header.format != "JPEG 2000":
        image = pyvips.Image.thumbnail(
            str(path), size.width, height=size.height, size="force", fail_on="error"
        )
        return normalise(image)
    image = open_image(path)
    image = image.crop(region.x, region.y, region.w, region.h)
    if (size.width, size.height) == (region.w, region.h):
        return image
    return image.thumbnail_image(size.width, height=size.height, size="force")


def _turned(image: "pyvips.Image", request: ImageRequest) -> "pyvips.Image":
    if request.mirrored:
        image = image.fliphor()
    return image.rot(f"d{request.degrees}") if request.degrees else image


def _with_quality(image: "pyvips.Image", quality: str) -> "pyvips.Image":
    if quality in ("gray", "bitonal"):
        image = image.colourspace("b-w")
    if quality == "bitonal":
        image = (image >= _BITONAL_THRESHOLD).copy(interpretation="b-w")
    return image


def _encoded(image: "pyvips.Image", image_format: str) -> bytes:
    # keep="none" drops all metadata; the resolution is reset because PNG and
    # JPEG have a header field for it.
    image = image.copy(xres=1.0, yres=1.0)
    if image_format == "png":
        return bytes(image.pngsave_buffer(keep="none"))
    if image_format == "webp":
        return bytes(image.webpsave_buffer(Q=_WEBP_QUALITY, keep="none"))
    return bytes(image.jpegsave_buffer(Q=_JPEG_QUALITY, keep="none"))


def _is_plain(request: ImageRequest, region: Box, size: Size) -> bool:
    """Whether a request is spelt as viewers spell it: of each picture there are a few
    such spellings, and countless others (``pct:0100.0``) that must not fill the disk.
    """
    return (
        request.region in ("full", ",".join(map(str, region)))
        and request.size in ("max", f"{size.width},", f"{size.width},{size.height}")
        and request.rotation == "0"
        and request.quality == "default"
    )


def _is_proposed(header: Header, region: Box, size: Size) -> bool:
    """Whether this is a tile or a whole page at a scale that info.json lists."""
    for factor in _scale_factors(header.width, header.height):
        if size != (-(-region.w // factor), -(-region.h // factor)):
            continue
        if (region.w, region.h) == (header.width, header.height):
            return True
        side = TILE * factor
        right = region.w == min(side, header.width - region.x)
        bottom = region.h == min(side, header.height - region.y)
        if region.x % side == 0 and region.y % side == 0 and right and bottom:
            return True
    return False


def _scale_factors(width: int, height: int) -> list[int]:
    """1, 2, 4 … until the whole image fits into one tile."""
    factors = [1]
    while max(width, height) > TILE * factors[-1]:
        factors.append(factors[-1] * 2)
    return factors


def _cache_folder(identifier: str) -> str:
    # Hashed: an identifier may hold characters that a file name may not.
    return hashlib.sha256(identifier.encode()).hexdigest()


def _cache_name(identifier: str, request: ImageRequest) -> str:
    digest = hashlib.sha256(request.path.encode()).hexdigest()
    return f"{_cache_folder(identifier)}/{digest}.{request.format}"


def _read(storage: Storage, name: str) -> bytes | None:
    try:
        with storage.open(name, "rb") as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None
