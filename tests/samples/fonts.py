"""Glyphs of the Noto CJK fonts as masks, with the outline of their ink."""

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from .errors import FontError
from .truth import Direction

# fontconfig patterns; the language of a face decides its shapes (TC, SC) and
# where its punctuation stands: centred in TC, in the corner in SC.
FAMILIES = {
    "song": "Noto Serif CJK SC",
    "ming": "Noto Serif CJK TC",
    "hei": "Noto Sans CJK SC",
    "heiti": "Noto Sans CJK TC",
}
WEIGHTS = ("", "-bold")
ASCENT = 0.88
INK = 128
# Single dashes have no vertical form in the font's features.
UPRIGHT = {"—": "︱", "–": "︲"}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character's ink relative to the top left corner of its em box.

    ``left`` and ``top`` place ``mask``; ``outline`` holds (x, y) corners of the
    outermost ink pixels of every row, enough for the exact box of the ink
    under any affine map. It is empty for a blank.
    """

    mask: Image.Image
    left: int
    top: int
    outline: NDArray[np.float64]


@cache
def locate(face: str) -> tuple[str, int]:
    """File and index of a face such as ``song`` or ``ming-bold``."""
    name, _, weight = face.partition("-")
    pattern = f"{FAMILIES[name]}:style={weight.title() or 'Regular'}"
    found = subprocess.run(
        ["fc-match", "-f", "%{file}\n%{index}\n%{family}", pattern],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\n")
    if pattern.partition(":")[0] not in found[2]:
        raise FontError(f"{pattern} is not installed (Debian: fonts-noto-cjk)")
    return found[0], int(found[1])


def versions() -> list[str]:
    """What tells one release of the fonts from another: names and sizes."""
    files = {Path(locate(name + weight)[0]) for name in FAMILIES for weight in WEIGHTS}
    return sorted(f"{file.name} {file.stat().st_size}" for file in files)


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """A face whose em is ``size`` pixels high."""
    file, index = locate(face)
    layout = ImageFont.Layout.RAQM
    return ImageFont.truetype(file, size, index=index, layout_engine=layout)


@cache
def advance(face: str, size: int, text: str) -> float:
    """Width in pixels of ``text`` set horizontally."""
    return font(face, size).getlength(text)


@cache
def glyph(face: str, size: int, char: str, direction: Direction) -> Glyph:
    """The glyph of ``char``, in its vertical form where ``direction`` is v."""
    canvas = Image.new("L", (3 * size, 3 * size), 0)
    draw = ImageDraw.Draw(canvas)
    if direction == "v":
        at, anchor, way = (size * 1.5, float(size)), "st", "ttb"
        char = UPRIGHT.get(char, char)
    else:
        at, anchor, way = (float(size), size * (1 + ASCENT)), "ls", "ltr"
    draw.text(at, char, fill=255, font=font(face, size), anchor=anchor, direction=way)
    box = canvas.getbbox()
    if box is None:
        return Glyph(Image.new("L", (1, 1), 0), 0, 0, np.empty((0, 2)))
    mask = canvas.crop(box)
    left, top = box[0] - size, box[1] - size
    return Glyph(mask, left, top, _outline(mask) + np.array([left, top]))


def _outline(mask: Image.Image) -> NDArray[np.float64]:
    ink = np.asarray(mask) >= INK
    rows = np.flatnonzero(ink.any(axis=1))
    first = ink[rows].argmax(axis=1)
    last = ink.shape[1] - ink[rows][:, ::-1].argmax(axis=1)
    x = np.concatenate([first, last, first, last])
    y = np.concatenate([rows, rows, rows + 1, rows + 1])
    return np.stack([x, y], axis=1).astype(np.float64)
