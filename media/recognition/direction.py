"""Whether a page is written in lines or in columns, and how large its type is."""

import numpy as np

from media.recognition.arrays import Ink, runs
from media.values import Direction

_TILE = 160
_MIN_INK = 0.02
_GAP_SHARE = 0.12
_LEAST_SIZE = 4
_DEFAULT_SIZE = 12.0


def text_direction(ink: Ink) -> Direction:
    """ "h" for lines, "v" for columns: across the text, ink comes and goes."""
    votes = 0.0
    for tile in _tiles(ink):
        rows, columns = tile.mean(axis=1), tile.mean(axis=0)
        votes += float(rows.var() - columns.var())
    return "v" if votes < 0 else "h"


def text_size(ink: Ink, direction: Direction) -> float:
    """The usual thickness of a line of text, in pixels of ``ink``.

    It is close to the height (in columns: the width) of one Han character.
    """
    lying = ink if direction == "h" else ink.T
    found: list[int] = []
    for left in range(0, lying.shape[1], _TILE):
        strip = lying[:, left : left + _TILE]
        profile = strip.mean(axis=1)
        if profile.max() <= _MIN_INK:
            continue
        text = profile > _GAP_SHARE * np.percentile(profile, 95)
        found += [end - start for start, end in runs(text)]
    lengths = [length for length in found if length >= _LEAST_SIZE]
    return _weighted_median(lengths) if lengths else _DEFAULT_SIZE


def _tiles(ink: Ink) -> list[Ink]:
    """The parts of the page that hold text."""
    height, width = ink.shape
    tiles = [
        ink[top : top + _TILE, left : left + _TILE]
        for top in range(0, height, _TILE)
        for left in range(0, width, _TILE)
    ]
    return [tile for tile in tiles if tile.mean() > _MIN_INK]


def _weighted_median(lengths: list[int]) -> float:
    """The length that halves the total of all lengths."""
    ordered = np.sort(lengths)
    total = np.cumsum(ordered)
    return float(ordered[int(np.searchsorted(total, total[-1] / 2))])
