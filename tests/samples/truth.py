"""What was drawn where: the ground truth of a page.

Boxes are in pixels of the image file, origin top left: x, y, width, height.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

Direction = Literal["h", "v"]
Script = Literal["hans", "hant"]


class Box(NamedTuple):
    """A rectangle that covers pixels x … x+w-1 and y … y+h-1."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class CharTruth:
    """One code point and the tight box of its ink (a space has the gap's)."""

    char: str
    box: Box


@dataclass(frozen=True, slots=True)
class LineTruth:
    """A set line, a column, or a table cell, in reading order on its page.

    ``role`` is one of ``notice``, ``red_head``, ``title``, ``heading``,
    ``centre``, ``body``, ``right``, ``cell``.
    """

    text: str
    role: str
    box: Box
    chars: tuple[CharTruth, ...]


@dataclass(frozen=True, slots=True)
class SealTruth:
    """A drawn seal; its characters are no part of the page's text."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageTruth:
    """One image file. ``text`` is the lines joined by a line feed.

    ``file`` is relative to the collection's folder, ``page`` counts from 1,
    ``skew`` is in degrees, positive counter-clockwise, ``size`` is the height
    of a body character in pixels.
    """

    file: str
    document: str
    page: int
    direction: Direction
    script: Script
    look: str
    width: int
    height: int
    dpi: int
    size: int
    skew: float
    text: str
    lines: tuple[LineTruth, ...]
    seals: tuple[SealTruth, ...]


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of ``boxes`` (at least one)."""
    edges = [(b.x, b.y, b.x + b.w, b.y + b.h) for b in boxes]
    left, top = min(e[0] for e in edges), min(e[1] for e in edges)
    right, bottom = max(e[2] for e in edges), max(e[3] for e in edges)
    return Box(left, top, right - left, bottom - top)


def write(pages: Iterable[PageTruth], path: Path) -> None:
    """Write one JSON object a line."""
    rows = (json.dumps(asdict(page), ensure_ascii=False) for page in pages)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def read(path: Path) -> Iterator[PageTruth]:
    """Read what ``write`` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _page(json.loads(line))


def _page(row: dict[str, Any]) -> PageTruth:
    lines = tuple(
        LineTruth(
            text=line["text"],
            role=line["role"],
            box=Box(*line["box"]),
            chars=tuple(CharTruth(c["char"], Box(*c["box"])) for c in line["chars"]),
        )
        for line in row["lines"]
    )
    seals = tuple(SealTruth(s["text"], Box(*s["box"])) for s in row["seals"])
    return PageTruth(**{**row, "lines": lines, "seals": seals})
