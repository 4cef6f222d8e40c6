"""简体 or 繁體: read a few lines and take what the engine is surer of.

Measured on scans of both: the traditional model reads 繁體 by 6 points or more
surer than the simplified one does, and 简体 by at most 2 points surer.
"""

import numpy as np
from numpy.typing import NDArray

from media.recognition.arrays import Grey
from media.recognition.engine import Engine, Reading
from media.recognition.lines import confidence
from media.recognition.prepare import Prepared
from media.values import Direction, Script

LANGUAGES: dict[tuple[Script, Direction], str] = {
    ("hans", "h"): "chi_sim",
    ("hant", "h"): "chi_tra",
    ("hans", "v"): "chi_sim_vert",
    ("hant", "v"): "chi_tra_vert",
}
_SURE = 88.0
_MARGIN = 4.5
_SAMPLE_LINES = 5
_LINE_PITCH = 1.8
_GAP_INK = 0.05


def choose_script(
    engine: Engine, page: Prepared, psm: int, dpi: int, timeout: float
) -> Script:
    """The script that ``page`` is written in, found by reading a sample of it."""
    sample = _sample(page)

    def sureness(script: Script) -> float:
        language = LANGUAGES[script, page.direction]
        words = engine.read(sample, Reading((language,), psm, dpi, timeout))
        return confidence(tuple(words))

    simplified = sureness("hans")
    if page.direction == "h" and simplified >= _SURE:
        return "hans"
    return "hant" if sureness("hant") > simplified + _MARGIN else "hans"


def _sample(page: Prepared) -> Grey:
    """The fullest few lines (or columns) of what the engine is to read.

    The sample begins and ends in the gaps between lines.
    """
    amounts = page.ink.sum(axis=1 if page.direction == "h" else 0)
    length = round(_SAMPLE_LINES * _LINE_PITCH * page.character)
    first, last = (round(place * page.scale) for place in _fullest(amounts, length))
    return (
        page.small[first:last] if page.direction == "h" else page.small[:, first:last]
    )


def _fullest(amounts: NDArray[np.int64], length: int) -> tuple[int, int]:
    """Start and end of the most ink within ``length``, both where there is none."""
    total = np.concatenate(([0], np.cumsum(amounts)))
    gaps = np.flatnonzero(amounts <= _GAP_INK * amounts.max())
    gaps = np.unique(np.concatenate(([0], gaps, [len(amounts)])))
    ends = gaps[np.searchsorted(gaps, gaps + length, side="right") - 1]
    best = int(np.argmax(total[ends] - total[gaps]))
    if ends[best] <= gaps[best]:
        return 0, len(amounts)
    return int(gaps[best]), int(ends[best])
