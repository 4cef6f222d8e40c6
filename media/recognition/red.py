"""Red ink: a seal over the text goes, a red head becomes as dark as print."""

import numpy as np
import pyvips

from media.recognition.arrays import Grey, Ink, as_array, as_vips, ranked

_STEP = 4
_REDDER_THAN_PAPER = 34
_COARSE = 4
_JOIN = 11
"""Parts of one seal or head are closer than this, in steps of ``_COARSE``."""
_SEAL_MIN_SIDE = 24
_SEAL_MAX_ASPECT = 2.0
_SEAL_MIN_RED = 0.05
_GROW = 5


def grey_without_seals(image: "pyvips.Image") -> Grey:
    """The page in grey; where a seal covers it, only what is dark through red.

    ``image`` is 8-bit sRGB or grey. In the red channel red ink is nearly as light
    as paper and black ink under it stays black. Only areas about as wide as high
    are seals: a red head is a long line, and is darkened.
    """
    if image.bands < 3:
        return as_array(image)
    grey = as_array(image.colourspace("b-w"))
    if min(grey.shape) < _STEP:
        return grey  # too narrow for any seal
    seals, others = _red_masks(image)
    if others.any():
        green = as_array(image.extract_band(1))
        grey = np.where(_enlarged(others, grey.shape), np.minimum(green, grey), grey)
    if not seals.any():
        return grey
    red = as_array(image.extract_band(0))
    # Coloured paper: bring the red channel to the grey paper's level.
    ratio = np.median(grey[::8, ::8]) / max(float(np.median(red[::8, ::8])), 1.0)
    through = (red * np.float32(ratio)).clip(0, 255).astype(np.uint8)
    return np.where(_enlarged(seals, grey.shape), np.maximum(through, grey), grey)


def _red_masks(image: "pyvips.Image") -> tuple[Ink, Ink]:
    """Where seals are, and where other red ink is, at 1/``_STEP`` of the size."""
    small = image.shrink(_STEP, _STEP)
    difference = small.extract_band(0) - small.extract_band(1).cast("short")
    redness = difference.numpy().astype(np.int16).reshape(small.height, small.width)
    red = redness > max(float(np.median(redness)), 0.0) + _REDDER_THAN_PAPER
    seals = np.zeros_like(red)
    for top, left, height, width in _red_areas(red):
        area = red[top : top + height, left : left + width]
        aspect = max(width / height, height / width)
        if min(width, height) < _SEAL_MIN_SIDE or aspect > _SEAL_MAX_ASPECT:
            continue
        if area.mean() >= _SEAL_MIN_RED:
            seals[top : top + height, left : left + width] = area
    if not red.any():
        return seals, red
    grown = np.asarray(as_array(_spread(seals, _GROW)) > 0)
    return grown, np.asarray(as_array(_spread(red & ~grown, 3)) > 0)


def _red_areas(red: Ink) -> list[tuple[int, int, int, int]]:
    """Top, left, height, width of each group of red pixels near one another."""
    ys, xs = np.nonzero(red)
    height, width = (side // _COARSE + 1 for side in red.shape)
    coarse = np.zeros((height, width), np.bool_)
    coarse[ys // _COARSE, xs // _COARSE] = True
    labels = _spread(coarse, _JOIN).labelregions().numpy().reshape(height, width)
    names = labels[ys // _COARSE, xs // _COARSE]
    areas = []
    for name in np.unique(names):
        y, x = ys[names == name], xs[names == name]
        areas.append(
            (int(y.min()), int(x.min()), int(np.ptp(y)) + 1, int(np.ptp(x)) + 1)
        )
    return areas


def _spread(mask: Ink, side: int) -> "pyvips.Image":
    """The mask as 0 and 255, each point grown to a square of ``side``."""
    return ranked(as_vips(mask.astype(np.uint8) * 255), side, side * side - 1)


def _enlarged(mask: Ink, shape: tuple[int, ...]) -> Ink:
    """A mask at 1/``_STEP`` brought to ``shape``; the cut-off rim is false."""
    full = np.zeros(shape, np.bool_)
    wide = mask.repeat(_STEP, axis=0).repeat(_STEP, axis=1)
    height, width = min(shape[0], wide.shape[0]), min(shape[1], wide.shape[1])
    full[:height, :width] = wide[:height, :width]
    return full
