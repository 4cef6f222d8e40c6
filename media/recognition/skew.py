"""By how much a page was laid askew on the scanner."""

import numpy as np
from numpy.typing import NDArray

from media.recognition.arrays import Ink

MAX_DEGREES = 5.0
_COARSE_STEP = 0.5
_FINE_STEP = 0.05
_MAX_POINTS = 60_000


def skew_degrees(ink: Ink) -> float:
    """Degrees by which the text of ``ink`` is turned clockwise.

    Lines and columns of text are sharpest in the profiles of rows and columns
    when the page is straight, whichever way it is written.
    """
    ys, xs = np.nonzero(ink)
    if ys.size == 0:
        return 0.0
    step = -(-ys.size // _MAX_POINTS)
    points = np.stack((xs[::step], ys[::step])).astype(np.float64)
    side = int(np.hypot(*ink.shape)) + 2
    coarse = np.arange(-MAX_DEGREES, MAX_DEGREES + _COARSE_STEP, _COARSE_STEP)
    best = _best(points, coarse, side)
    fine = np.arange(best - _COARSE_STEP, best + _COARSE_STEP, _FINE_STEP)
    return round(_best(points, fine, side), 3)


def _best(
    points: NDArray[np.float64], degrees: NDArray[np.float64], side: int
) -> float:
    scores = [_sharpness(points, angle, side) for angle in degrees]
    return float(degrees[int(np.argmax(scores))])


def _sharpness(points: NDArray[np.float64], degrees: float, side: int) -> float:
    """How strongly the profiles vary once the points are turned back."""
    angle = np.radians(degrees)
    c, s = np.cos(angle), np.sin(angle)
    rows = points[1] * c - points[0] * s
    columns = points[0] * c + points[1] * s
    return _variation(rows, side) + _variation(columns, side)


def _variation(places: NDArray[np.float64], side: int) -> float:
    bins = (places + side).astype(np.int64)
    profile = np.bincount(bins, minlength=2 * side)
    return float((np.diff(profile).astype(np.float64) ** 2).sum())
