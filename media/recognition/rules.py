"""Ruled lines: they frame tables and columns and are not text."""

import numpy as np

from media.recognition.arrays import Grey, Ink, as_vips
from media.values import Box, enclosing

_LENGTH = 75
"""A rule is at least this long, in pixels of the sketch (about six characters)."""
_THICK = 4
"""A rule is at most this thick, in pixels of the sketch."""

_UNBROKEN = 0.95
_SOME_INK = 0.3
_SLANT = 2
_SOLID = 0.9
"""So much of a rule shows ink where something crosses it."""


def find_rules(ink: Ink) -> tuple[Ink, list[Box]]:
    """Where the lying and standing rules of a sketch are: its pixels, and boxes.

    A dark area is no rule, however large it is.
    """
    lying = _thin(_long_runs(ink), ink)
    standing = _thin(_long_runs(ink.T), ink.T)
    boxes = _joined(_boxes(lying), ink)
    boxes += [Box(y, x, h, w) for x, y, w, h in _joined(_boxes(standing), ink.T)]
    ruled = lying | standing.T
    for x, y, w, h in boxes:
        ruled[y : y + h, x : x + w] = True
    return ruled, boxes


def erase(page: Grey, rules: list[Box], step: int) -> Grey:
    """``page`` without ``rules``, given in pixels of a sketch at 1/``step``.

    Only the rows (or columns) that are dark along the whole rule turn white: the
    strokes of characters that a rule runs through keep the rest of their ink, and
    strokes that merely stand in line, with gaps between them, stay whole.
    """
    erased = page.copy() if rules else page
    for x, y, w, h in rules:
        rows = slice(max(y - 1, 0) * step, (y + h + 1) * step)
        columns = slice(max(x - 1, 0) * step, (x + w + 1) * step)
        before, after = page[rows, columns], erased[rows, columns]
        if w < h:
            before, after = before.T, after.T
        after[solid_rows(before)] = 255
    return erased


def solid_rows(strip: Grey) -> Ink:
    """Rows of a lying strip that are dark along it, but for a slight slant."""
    dark = strip < (255 + float(strip.mean(axis=1).min())) / 2
    near = dark.copy()
    for step in range(1, _SLANT + 1):
        near[step:] |= dark[:-step]
        near[:-step] |= dark[step:]
    middle = near.mean(axis=1) >= _UNBROKEN
    # Cut from the full one: "same" is as long as the kernel for a narrow strip.
    spread = np.convolve(middle, np.ones(2 * _SLANT + 1))
    reach = spread[_SLANT : _SLANT + len(middle)] > 0
    solid: Ink = reach & (dark.mean(axis=1) > _SOME_INK)
    grown = solid.copy()
    grown[1:] |= solid[:-1]
    grown[:-1] |= solid[1:]
    return grown


def _long_runs(ink: Ink) -> Ink:
    """True on the horizontal runs of ink that are at least ``_LENGTH`` long."""
    height, width = ink.shape
    padded = np.zeros((height, width + 1), np.int8)
    padded[:, :width] = ink
    edges = np.diff(padded.ravel(), prepend=0)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    keep = ends - starts >= _LENGTH
    marks = np.zeros(height * (width + 1) + 1, np.int8)
    marks[starts[keep]] = 1
    marks[ends[keep]] -= 1
    filled = np.cumsum(marks[:-1], dtype=np.int8).astype(np.bool_)
    return filled.reshape(height, width + 1)[:, :width]


def _thin(runs: Ink, ink: Ink) -> Ink:
    """Those pixels of lying runs around which the ink is at most ``_THICK`` high."""
    keep = runs.copy()
    total = np.zeros((ink.shape[0] + 1, ink.shape[1]), np.int32)
    np.cumsum(ink, axis=0, out=total[1:])
    for row in map(int, np.flatnonzero(runs.any(axis=1))):
        above, below = max(row - _THICK, 0), min(row + _THICK + 1, len(ink))
        keep[row] &= total[below] - total[above] <= _THICK
    return keep


def _boxes(mask: Ink) -> list[Box]:
    """The boxes of the connected parts of ``mask``, from left to right."""
    if not mask.any():
        return []
    labels = as_vips(mask.astype(np.uint8)).labelregions().numpy().reshape(mask.shape)
    ys, xs = np.nonzero(mask)
    names = labels[mask]
    boxes = []
    for name in np.unique(names):
        x, y = xs[names == name], ys[names == name]
        boxes.append(
            Box(int(x.min()), int(y.min()), int(np.ptp(x)) + 1, int(np.ptp(y)) + 1)
        )
    return sorted(boxes)


def _joined(parts: list[Box], ink: Ink) -> list[Box]:
    """Rules put together where text or another rule runs across and parts them."""
    rules: list[Box] = []
    for part in parts:
        for place, rule in enumerate(rules):
            if abs(rule.y - part.y) <= 1 and _goes_on(rule, part, ink):
                rules[place] = enclosing((rule, part))
                break
        else:
            rules.append(part)
    return [rule for rule in rules if rule.w >= _LENGTH]


def _goes_on(left: Box, right: Box, ink: Ink) -> bool:
    """Whether there is ink all the way between two parts of a lying rule."""
    top = min(left.y, right.y)
    bottom = max(left.y + left.h, right.y + right.h)
    between = ink[top:bottom, left.x + left.w : right.x].any(axis=0)
    return bool(between.size == 0 or between.mean() > _SOLID)
