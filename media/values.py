"""What recognition and the master store hand to their callers.

All boxes are in pixels of the original file, origin top left, after its EXIF
orientation has been applied (the image as a person sees it).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Direction = Literal["h", "v"]
Script = Literal["hans", "hant"]


class Box(NamedTuple):
    """A rectangle: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int


def enclosing(boxes: Iterable[Box]) -> Box:
    """The smallest box around all ``boxes``; an empty one at the origin for none."""
    corners = [(x, y, x + w, y + h) for x, y, w, h in boxes]
    if not corners:
        return Box(0, 0, 0, 0)
    lefts, tops, rights, bottoms = zip(*corners, strict=True)
    left, top = min(lefts), min(tops)
    return Box(left, top, max(rights) - left, max(bottoms) - top)


@dataclass(frozen=True, slots=True)
class Char:
    """One code point and the rectangle of its ink (a space has the gap's)."""

    char: str
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """A line (or column) of text; ``text == "".join(c.char for c in chars)``."""

    text: str
    box: Box
    confidence: float
    chars: tuple[Char, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """One page as the engine read it.

    ``text`` is the lines joined by a line feed, in reading order; ``confidence``
    is the mean over characters, 0 to 100; ``seconds`` is wall time.
    ``key`` names engine, version and settings: the same key on the same image
    gives the same text.
    """

    text: str
    direction: Direction
    script: Script
    confidence: float
    seconds: float
    lines: tuple[Line, ...]
    width: int
    height: int
    engine: str
    engine_version: str
    key: str


@dataclass(frozen=True, slots=True)
class Master:
    """A stored original: ``name`` is its place in the master storage."""

    name: str
    sha256: str
    size: int
    format: str
    width: int
    height: int
    dpi: int | None
