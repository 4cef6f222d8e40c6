"""How right a reading is: character errors, and boxes against the true ink."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from media.values import Char
from search.fold import fold
from tests.samples.truth import CharTruth


class Rectangle(NamedTuple):
    """Left, top, width, height in pixels."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class BoxScore:
    """Over the characters read right: mean overlap (IoU) with the true ink's box,
    and the share whose centre lies inside it."""

    characters: int
    overlap: float
    inside: float


def comparable(text: str) -> str:
    """Folded, without white space: what counts as the same reading."""
    return "".join(fold(text).split())


def error_rate(truth: str, read: str) -> tuple[int, int]:
    """(edit distance, length of the truth), both of comparable texts."""
    wanted, got = comparable(truth), comparable(read)
    return int(distances(wanted, got)[-1, -1]), len(wanted)


def box_score(truth: Sequence[CharTruth], read: Sequence[Char]) -> BoxScore:
    """Boxes of the characters that stand in both readings."""
    wanted = [char for char in truth if comparable(char.char)]
    got = [char for char in read if comparable(char.char)]
    pairs = aligned(
        "".join(fold(char.char) for char in wanted),
        "".join(fold(char.char) for char in got),
    )
    boxes = [(Rectangle(*wanted[i].box), Rectangle(*got[j].box)) for i, j in pairs]
    count = len(boxes)
    return BoxScore(
        characters=count,
        overlap=sum(overlap(a, b) for a, b in boxes) / max(count, 1),
        inside=sum(centre_inside(b, a) for a, b in boxes) / max(count, 1),
    )


def overlap(one: Rectangle, other: Rectangle) -> float:
    """Intersection over union."""
    width = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    height = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (one.w * one.h + other.w * other.h - shared)


def centre_inside(inner: Rectangle, outer: Rectangle) -> bool:
    """Whether the centre of ``inner`` lies in ``outer``."""
    x, y = inner.x + inner.w / 2, inner.y + inner.h / 2
    return outer.x <= x <= outer.x + outer.w and outer.y <= y <= outer.y + outer.h


def aligned(wanted: str, got: str) -> list[tuple[int, int]]:
    """Places (in ``wanted``, in ``got``) of equal characters on a shortest edit."""
    table = distances(wanted, got)
    pairs = []
    i, j = len(wanted), len(got)
    while i and j:
        if wanted[i - 1] == got[j - 1] and table[i, j] == table[i - 1, j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif table[i, j] == table[i - 1, j - 1] + 1:
            i, j = i - 1, j - 1
        elif table[i, j] == table[i - 1, j] + 1:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def distances(wanted: str, got: str) -> NDArray[np.int32]:
    """Edit distances between all beginnings: ``[i, j]`` of wanted[:i] and got[:j]."""
    columns = np.arange(len(got) + 1, dtype=np.int32)
    codes = np.array([ord(char) for char in got], dtype=np.int64)
    table = np.empty((len(wanted) + 1, len(got) + 1), dtype=np.int32)
    table[0] = columns
    for i, char in enumerate(wanted, start=1):
        row = table[i - 1] + 1
        row[1:] = np.minimum(row[1:], table[i - 1, :-1] + (codes != ord(char)))
        # An insertion costs one more than the cell at its left.
        table[i] = np.minimum.accumulate(row - columns) + columns
    return table
