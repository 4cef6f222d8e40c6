"""What the scans look like: one entry a class, and how a page is scanned."""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from . import paper
from .paper import Colour, Sheet
from .press import Layers

RED: Colour = (196, 38, 34)


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is printed, kept and scanned.

    ``blur`` is a radius in hundredths of a character's height, ``grain`` a
    standard deviation in grey levels, ``specks`` the share of pixels that are
    dirt, ``inked`` the least share of ink that took, ``bleed`` the strength of
    the other side's print, ``skew`` the range of the turn in degrees.
    """

    sheet: Sheet = field(default_factory=Sheet)
    ink: Colour = (34, 32, 33)
    inked: float = 0.9
    blur: float = 1.3
    grain: float = 3.0
    specks: float = 0.0
    bleed: float = 0.0
    skew: tuple[float, float] = (0.0, 0.0)
    seal: bool = False


LOOKS = {
    "clean": Look(),
    "blurred": Look(blur=4.6, grain=3.0, inked=0.8),
    "skewed": Look(skew=(1.0, 3.0), sheet=Sheet(shade=4), grain=4.0),
    "low-contrast": Look(
        sheet=Sheet((206, 204, 198), mottle=2, shade=10),
        ink=(126, 124, 124),
        inked=0.75,
        grain=4.0,
    ),
    "noise": Look(
        sheet=Sheet((238, 237, 233), shade=5), grain=20.0, specks=0.0006, inked=0.75
    ),
    "bleed-through": Look(
        sheet=Sheet((240, 236, 226), mottle=2.5), bleed=0.3, grain=4.0, inked=0.8
    ),
    "seal": Look(sheet=Sheet((248, 246, 241), mottle=1.5), seal=True, grain=4.0),
    "yellowed": Look(
        sheet=Sheet(
            (223, 203, 164), mottle=4, edges=26, stains=45, shade=7, folded=True
        ),
        ink=(78, 64, 52),
        inked=0.6,
        blur=1.8,
        grain=4.5,
        specks=0.00004,
    ),
    "mixed": Look(
        sheet=Sheet((226, 212, 180), mottle=3.5, edges=20, stains=30, shade=7),
        ink=(70, 60, 54),
        inked=0.6,
        blur=1.8,
        grain=8.0,
        specks=0.0001,
        bleed=0.18,
        skew=(0.6, 1.6),
        seal=True,
    ),
}


def scan(
    look: Look,
    front: Layers,
    back: Image.Image,
    seal: Image.Image | None,
    size: int,
    rng: np.random.Generator,
) -> Image.Image:
    """The scan of a page (RGB) from its ink, the other side's and a seal's.

    All layers are masks of one size; ``size`` is a character's height.
    """
    page = paper.make(look.sheet, front.black.size, rng)
    if look.bleed:
        other = back.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        soft = other.filter(ImageFilter.GaussianBlur(size * 0.035))
        faint = soft.point([round(level * look.bleed) for level in range(256)])
        page.paste(_between(look.ink, look.sheet.colour), (0, 0), faint)
    took = paper.density(page.size, look.inked, rng)
    page.paste(look.ink, (0, 0), ImageChops.multiply(front.black, took))
    if front.red.getbbox():
        page.paste(RED, (0, 0), ImageChops.multiply(front.red, took))
    if seal is not None:
        stamp = Image.new("RGB", page.size, (255, 255, 255))
        stamp.paste((222, 62, 58), (0, 0), seal)
        page = ImageChops.multiply(page, stamp)
    page = page.filter(ImageFilter.GaussianBlur(look.blur * size / 100))
    return _noise(page, look, rng)


def _between(one: Colour, other: Colour) -> Colour:
    red, green, blue = ((a + b) // 2 for a, b in zip(one, other, strict=True))
    return red, green, blue


def _noise(page: Image.Image, look: Look, rng: np.random.Generator) -> Image.Image:
    """Add dirt and the sensor's grain."""
    if look.specks:
        dirt = _specks(page.size, look.specks, rng)
        page.paste(look.ink, (0, 0), dirt)
        light = _specks(page.size, look.specks, rng)
        page.paste(look.sheet.colour, (0, 0), light)
    bands = [paper.grain(page.size, look.grain, rng)] * 3
    return ImageChops.add(page, Image.merge("RGB", bands), 1, -128)


def _specks(
    size: tuple[int, int], share: float, rng: np.random.Generator
) -> Image.Image:
    """A mask of dots of one to three pixels that cover about ``share``."""
    mask = np.zeros((size[1], size[0]), dtype=np.uint8)
    count = int(size[0] * size[1] * share / 3)
    x = rng.integers(0, size[0] - 2, count)
    y = rng.integers(0, size[1] - 2, count)
    mask[y, x] = 255
    half = count // 2
    mask[y[:half] + 1, x[:half]] = 255
    mask[y[:half], x[:half] + 1] = 255
    third = count // 4
    mask[y[:third] + 1, x[:third] + 1] = 220
    mask[y[:third] + 2, x[:third]] = 160
    return Image.fromarray(mask)
