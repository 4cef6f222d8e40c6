"""Marks in columns, moved to where the engine's vertical models expect them.

Printers on the mainland put 。，、 at the top right of their cell, printers in
Taiwan into its middle. Tesseract's vertical traditional model knows only the
latter and drops the others.
"""

from typing import NamedTuple

import numpy as np

from media.recognition.arrays import Grey, Ink, rows_with, runs
from media.values import Box

_MARK = 0.45
"""A mark is at most this high and wide, in characters."""
_LEAST_MARK = 0.08
_COLUMN = 1.5
_LEAST_GAP = 0.28
_ROOM = 1.6


class Mark(NamedTuple):
    """A mark's box on the page, and where the middle of its cell is."""

    box: Box
    x: int
    y: int

    @property
    def at_right(self) -> bool:
        """Whether the mark stands in the right half of its column."""
        return self.box.x >= self.x


def centre_marks(page: Grey, ink: Ink, character: float) -> Grey:
    """``page`` with the small marks at the right of its columns moved inwards.

    ``character`` is the size of a character in pixels. A page whose marks are
    mostly in the middle already is given back as it is.
    """
    marks: list[Mark] = []
    for left, right in runs(ink.sum(axis=0) > character / 8):
        if character * 0.5 < right - left < character * _COLUMN:
            marks += _marks(ink[:, left:right], left, character)
    right_marks = [mark for mark in marks if mark.at_right]
    if 2 * len(right_marks) <= len(marks):
        return page
    moved = page.copy()
    for mark in right_marks:
        _move(moved, mark)
    return moved


def _marks(column: Ink, left: int, character: float) -> list[Mark]:
    """The small marks of a column that begins at ``left``, with a gap below each."""
    height, width = column.shape
    parts = runs(rows_with(column))
    most = _MARK * character
    found = []
    for place, (top, bottom) in enumerate(parts):
        xs = np.flatnonzero(column[top:bottom].any(axis=0))
        wide = int(xs[-1] - xs[0]) + 1
        if not _LEAST_MARK * character < bottom - top <= most or wide > most:
            continue
        above = parts[place - 1][1] if place else top
        below = parts[place + 1][0] if place + 1 < len(parts) else height
        if below - bottom < _LEAST_GAP * character:
            continue
        below = min(below, round(above + _ROOM * character))
        box = Box(left + int(xs[0]), top, wide, bottom - top)
        found.append(Mark(box, left + width // 2, (above + below) // 2))
    return found


def _move(page: Grey, mark: Mark) -> None:
    """Take a mark off the page and set it anew in the middle of its cell."""
    margin = 2
    box = mark.box
    x, y = max(box.x - margin, 0), max(box.y - margin, 0)
    w, h = box.w + 2 * margin, box.h + 2 * margin
    patch = page[y : y + h, x : x + w].copy()
    h, w = patch.shape  # less at the rim of the page
    page[y : y + h, x : x + w] = 255
    new_y, new_x = max(mark.y - h // 2, 0), max(mark.x - w // 2, 0)
    place = page[new_y : new_y + h, new_x : new_x + w]
    np.minimum(place, patch[: place.shape[0], : place.shape[1]], out=place)
