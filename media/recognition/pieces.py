"""The ink of a line cut into pieces, of which characters are put together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media.recognition.arrays import Ink, runs

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_SPECK = 0.05
_SPLIT_WIDER = 0.5
_SPLIT_SPACING = 0.1
_EVEN_SPLIT_WIDER = 1.15
_EVEN_SPACING = 0.25
_CUT_COST = 0.12
_CUT_INK_COST = 1.6


@dataclass(frozen=True, slots=True)
class Pieces:
    """Spans ``starts[k]:ends[k]`` along a line, left to right, in pixels.

    ``cuts[k]`` is what it costs to part piece ``k`` from the one before: nothing
    where there is a gap, more the more ink is cut through.
    """

    starts: Ints
    ends: Ints
    cuts: Floats

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self.starts)


def find_pieces(ink: Ink, em: float) -> Pieces:
    """Cut a lying line's ink at its gaps, and wide runs also at their thin places."""
    profile = ink.sum(axis=0)
    starts: list[int] = []
    ends: list[int] = []
    cuts: list[float] = []
    for start, end in _inked(profile, em):
        places = _thin_places(profile[start:end], em)
        edges = [start, *(start + place for place in places), end]
        starts += edges[:-1]
        ends += edges[1:]
        cuts += [0.0] + [
            _CUT_COST + _CUT_INK_COST * float(profile[start + place]) / em
            for place in places
        ]
    return Pieces(np.array(starts, int), np.array(ends, int), np.array(cuts, float))


def _inked(profile: Ints, em: float) -> list[tuple[int, int]]:
    """Runs of columns with ink, without specks."""
    least = max(1, round(em / 40))
    speck = max(1.0, _SPECK * em)
    return [
        (start, end)
        for start, end in runs(profile >= least)
        if end - start > speck or profile[start:end].sum() > speck * speck * 2
    ]


def _thin_places(profile: Ints, em: float) -> list[int]:
    """Where a run could be two touching characters, from left to right."""
    width = len(profile)
    if width < _SPLIT_WIDER * em:
        return []
    spacing = max(2, round(_SPLIT_SPACING * em))
    inner = np.arange(spacing, width - spacing)
    lowest = [
        int(x)
        for x in inner
        if profile[x] == profile[x - spacing : x + spacing + 1].min()
    ]
    places: list[int] = []
    for x in lowest:
        if not places or x - places[-1] >= spacing:
            places.append(x)
    if width > _EVEN_SPLIT_WIDER * em and not places:
        step = max(2, round(_EVEN_SPACING * em))
        places = list(range(step, width - step // 2, step))
    return places
