"""Image files as libvips images: headers first, pixels only when they are safe.

libvips reads everything but JPEG 2000, which its binary wheel lacks and Pillow
reads instead. Sizes are those of the image as a person sees it, after its EXIF
orientation has been applied.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

import pyvips
from django.conf import settings
from PIL import Jpeg2KImagePlugin

from media.errors import BrokenImage, ImageTooLarge, MultiPageImage
from media.formats import require_image

DEFAULT_MAX_PIXELS = 200_000_000
_MM_PER_INCH = 25.4
# libvips reports 25.4 or 72 dpi where a file is silent.
_PLACEHOLDER_DPI = (25, 72)
_SIDEWAYS = (5, 6, 7, 8)

# What libvips warns of on the way is raised as an error as well.
logging.getLogger("pyvips").setLevel(logging.ERROR)
# Its cache keeps operations by file name and would show a replaced file's old pixels.
pyvips.cache_set_max(0)


@dataclass(frozen=True, slots=True)
class Header:
    """What an image file says of itself; ``dpi`` is None where it is silent."""

    format: str
    size: int
    width: int
    height: int
    dpi: int | None


def max_pixels() -> int:
    """The largest number of pixels that is decoded (setting MAX_IMAGE_PIXELS)."""
    return int(getattr(settings, "MAX_IMAGE_PIXELS", DEFAULT_MAX_PIXELS))


def read_header(path: Path) -> Header:
    """Read and judge the header of ``path`` without decoding its pixels."""
    sniffed = require_image(path)
    if sniffed.name == "JPEG 2000":
        width, height, dpi = _jpeg2000_header(path)
    else:
        width, height, dpi = _vips_header(path)
    limit = max_pixels()
    if width * height > limit:
        raise ImageTooLarge(width, height, limit)
    return Header(sniffed.name, sniffed.size, width, height, dpi)


def open_image(path: Path, *, sequential: bool = False) -> "pyvips.Image":
    """The image, upright, in sRGB or grey, one byte a band, without alpha.

    ``sequential`` streams the pixels once from top to bottom. Decoding errors
    surface as ``pyvips.Error`` when the pixels are computed.
    """
    header = read_header(path)
    image = _load(path, header.format, sequential=sequential)
    return normalise(image)


def normalise(image: "pyvips.Image") -> "pyvips.Image":
    """``image`` upright, in 8-bit sRGB or grey, transparency laid on white."""
    image = image.autorot()
    grey = image.interpretation in ("b-w", "grey16")
    image = image.colourspace("b-w" if grey else "srgb")
    if image.hasalpha():
        image = image.flatten(background=255)
    return image.cast("uchar")


def check_pixels(path: Path, format_name: str) -> None:
    """Decode every pixel once; ``BrokenImage`` if that cannot be done."""
    try:
        _load(path, format_name, sequential=True).avg()
    except pyvips.Error as error:
        raise BrokenImage from error


def _load(path: Path, format_name: str, *, sequential: bool) -> "pyvips.Image":
    if format_name == "JPEG 2000":
        return _jpeg2000_pixels(path)
    access = "sequential" if sequential else "random"
    try:
        return pyvips.Image.new_from_file(str(path), access=access, fail_on="error")
    except pyvips.Error as error:
        raise BrokenImage from error


def _vips_header(path: Path) -> tuple[int, int, int | None]:
    try:
        image = pyvips.Image.new_from_file(str(path), access="sequential")
    except pyvips.Error as error:
        raise BrokenImage from error
    fields = image.get_fields()
    pages = image.get("n-pages") if "n-pages" in fields else 1
    if pages > 1:
        raise MultiPageImage(pages)
    width, height = image.width, image.height
    if "orientation" in fields and image.get("orientation") in _SIDEWAYS:
        width, height = height, width
    dpi = round(image.xres * _MM_PER_INCH)
    return width, height, None if dpi in _PLACEHOLDER_DPI else dpi


def _jpeg2000(path: Path) -> Jpeg2KImagePlugin.Jpeg2KImageFile:
    # The class, not Image.open: that warns about size by a global limit of its own.
    try:
        return Jpeg2KImagePlugin.Jpeg2KImageFile(str(path))
    except (OSError, SyntaxError, ValueError) as error:
        raise BrokenImage from error


def _jpeg2000_header(path: Path) -> tuple[int, int, int | None]:
    with _jpeg2000(path) as image:
        dpi = image.info.get("dpi")
        return image.width, image.height, round(dpi[0]) if dpi else None


def _jpeg2000_pixels(path: Path) -> "pyvips.Image":
    with _jpeg2000(path) as image:
        try:
            image.load()
        except (OSError, SyntaxError, ValueError) as error:
            raise BrokenImage from error
        grey = image.mode in ("1", "L", "I;16")
        plain = image.convert("L" if grey else "RGB")
    bands = len(plain.getbands())
    return pyvips.Image.new_from_memory(
        plain.tobytes(), plain.width, plain.height, bands, "uchar"
    ).copy(interpretation="b-w" if grey else "srgb")
