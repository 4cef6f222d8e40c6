"""Whether a page of lines is set in one column or in several."""

import numpy as np
from numpy.typing import NDArray

from media.recognition.arrays import Ink

Flags = NDArray[np.bool_]

_GUTTER = 1.5
"""A gutter is at least so many characters wide."""
_MIDDLE = 0.2
"""It lies farther than this share of the text's width from either edge."""
_CROSSED = 0.12
"""At most this share of the text's rows runs across it: a title, a footer."""
_BESIDE = 0.5
"""At least this share has text on both sides, or it is just a ragged page."""


def has_columns(ink: Ink, character: float) -> bool:
    """Whether a gutter parts the lines of ``ink``, where a character is so large."""
    text = _text_area(ink)
    width = text.shape[1]
    gutter = max(1, round(_GUTTER * character))
    if width < 6 * gutter:
        return False
    rows = text[text.any(axis=1)]
    before = np.pad(np.cumsum(rows, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    crossed = (before[:, gutter:] > before[:, :-gutter]).mean(axis=0)
    margin = round(_MIDDLE * width)
    place = margin + int(np.argmin(crossed[margin : width - margin - gutter]))
    if crossed[place] > _CROSSED:
        return False
    both = _near(rows[:, :place], character)
    both &= _near(rows[:, place + gutter :], character)
    return bool(both.mean() >= _BESIDE)


def _text_area(ink: Ink) -> Ink:
    """The part of the page that has ink in it."""
    ys, xs = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if ys.size == 0:
        return ink[:0, :0]
    return ink[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]


def _near(rows: Ink, reach: float) -> Flags:
    """Rows with ink, or beside such rows: lines of two columns need not be level."""
    window = np.ones(2 * round(reach) + 1)
    spread = np.convolve(rows.max(axis=1, initial=False), window)
    return spread[round(reach) :][: len(rows)] > 0
