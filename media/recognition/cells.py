"""Which ink belongs to which character of a line.

The engine knows where a line is but not where its characters are. The ink of the
line falls into pieces with gaps between them; the characters are fitted to the
pieces, in order, at the least total cost (dynamic programming): a Han character
is about as wide as it is high, a comma is narrow, nothing is far from where the
engine saw it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from media.recognition.arrays import Ink
from media.recognition.pieces import Pieces, find_pieces
from media.recognition.widths import Extent, extent, is_sign
from media.values import Direction

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_MAX_PIECES = 12
"""A character has at most this many pieces."""
_SHORT_BY = 0.35
_LONG_BY = 0.12
_PLACE_WEIGHT = 0.5
_PLACE_FREE = 1.0
_PLACE_CAP = 3.0
_INTRUSION_FREE = 0.06
_INTRUSION_BY = 0.15
_SKIP_COST = 1.2
_EMPTY_COST = 2.0
_EMPTY_SIGN_COST = 0.4


class Wanted(NamedTuple):
    """A character to be placed; ``centre`` is the engine's guess, in pixels."""

    char: str
    centre: float


class Span(NamedTuple):
    """Start and end along the line, in pixels; ``end`` is not part of it."""

    start: int
    end: int


def fit(ink: Ink, wanted: list[Wanted], em: float, direction: Direction) -> list[Span]:
    """The span of each wanted character's ink along the line.

    ``ink`` is the line's band, lying: its columns run along the line (or column)
    of text. ``em`` is the size of a Han character in pixels. A character for
    which no ink is left gets a span without length.
    """
    pieces = find_pieces(ink, em)
    if not wanted or pieces.count == 0:
        return [Span(round(w.centre), round(w.centre)) for w in wanted]
    table = _Table(pieces, em)
    taken = table.choose(wanted, direction)
    return [
        Span(int(pieces.starts[first]), int(pieces.ends[first + count - 1]))
        if count
        else Span(round(one.centre), round(one.centre))
        for one, (first, count) in zip(wanted, taken, strict=True)
    ]


class _Table:
    """Costs of taking ``k + 1`` pieces from piece ``a`` on, as arrays ``[k, b]``.

    ``b`` is the boundary behind the last piece taken: ``b = a + k + 1``.
    """

    def __init__(self, pieces: Pieces, em: float) -> None:
        count = pieces.count
        self.em = em
        self.count = count
        self.most = min(_MAX_PIECES, count)
        shape = (self.most, count + 1)
        self.length: Floats = np.full(shape, np.inf)
        self.centre: Floats = np.zeros(shape)
        self.cut: Floats = np.full(shape, np.inf)
        self.left: Floats = np.zeros(shape)
        self.right: Floats = np.zeros(shape)
        ends = np.concatenate(([-np.inf], pieces.ends))
        starts = np.concatenate((pieces.starts, [np.inf]))
        for k in range(self.most):
            first = np.arange(count - k)
            b = first + k + 1
            self.length[k, b] = (pieces.ends[b - 1] - pieces.starts[first]) / em
            self.centre[k, b] = (pieces.ends[b - 1] + pieces.starts[first]) / (2 * em)
            self.cut[k, b] = pieces.cuts[first]
            self.left[k, b] = self.centre[k, b] - ends[first] / em
            self.right[k, b] = starts[b] / em - self.centre[k, b]
        widths = (pieces.ends - pieces.starts) / em
        self.skipped = np.concatenate(([0.0], np.cumsum(_SKIP_COST * widths + 0.05)))
        self.lengths: dict[Extent, Floats] = {}

    def choose(
        self, wanted: list[Wanted], direction: Direction
    ) -> list[tuple[int, int]]:
        """For each character its first piece and how many it takes (perhaps none)."""
        best = self.skipped.copy()
        taken = np.zeros((len(wanted), self.count + 1), np.int64)
        before = np.zeros((len(wanted), self.count + 1), np.int64)
        for row, one in enumerate(wanted):
            costs = self._costs(one, extent(one.char, direction))
            total = np.full((self.most + 1, self.count + 1), np.inf)
            total[0] = best + (_EMPTY_SIGN_COST if is_sign(one.char) else _EMPTY_COST)
            for k in range(self.most):
                total[k + 1, k + 1 :] = best[: -k - 1] + costs[k, k + 1 :]
            taken[row] = total.argmin(axis=0)
            best, before[row] = self._with_skips(total.min(axis=0))
        return self._trace(taken, before)

    def _costs(self, one: Wanted, usual: Extent) -> Floats:
        away = np.abs(self.centre - one.centre / self.em)
        far = np.maximum(away - _PLACE_FREE, 0)
        place = np.minimum(_PLACE_WEIGHT * far**2, _PLACE_CAP) + 0.02 * away
        costs: Floats = self._length_costs(usual) + place
        return costs

    def _length_costs(self, usual: Extent) -> Floats:
        """What the lengths and the cuts cost for a character of ``usual`` extent."""
        if usual not in self.lengths:
            short = np.maximum(usual.shortest - self.length, 0) / _SHORT_BY
            long = np.maximum(self.length - usual.longest, 0) / _LONG_BY
            room = usual.room - _INTRUSION_FREE
            intruded = (
                np.maximum(room / 2 - self.left, 0) ** 2
                + np.maximum(room / 2 - self.right, 0) ** 2
                if usual.centred
                else np.maximum(room - self.left - self.right, 0) ** 2
            )
            self.lengths[usual] = (
                short**2 + long**2 + self.cut + intruded / _INTRUSION_BY**2
            )
        return self.lengths[usual]

    def _with_skips(self, costs: Floats) -> tuple[Floats, Ints]:
        """Allow pieces to be left out; also the boundary from which they are."""
        saved = costs - self.skipped
        least = np.minimum.accumulate(saved)
        places = np.where(saved == least, np.arange(self.count + 1), 0)
        return least + self.skipped, np.maximum.accumulate(places)

    def _trace(self, taken: Ints, before: Ints) -> list[tuple[int, int]]:
        boundary = self.count
        chosen: list[tuple[int, int]] = []
        for row in range(len(taken) - 1, -1, -1):
            boundary = int(before[row, boundary])
            count = int(taken[row, boundary])
            boundary -= count
            chosen.append((boundary, count))
        return chosen[::-1]
