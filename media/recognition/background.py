"""Even out the paper: stains, yellowing, shadows and faint show-through."""

import numpy as np

from media.recognition.arrays import Grey, as_array, as_vips, otsu, ranked

_STEP = 8
"""The paper is looked at through pixels of this many original ones."""
_WINDOW = 11
"""Side, in those, of the window in which some paper is sure to be seen."""
_SOFTEN = 2.0
_SHIFT = 6
_ONE = 1 << _SHIFT
_DARKEST = 64
"""Paper darker than this is not brightened further."""
_PAPER_LEVEL = 0.72
"""Where white begins, between the ink's level (0) and the paper's (1)."""


def flatten(page: Grey) -> Grey:
    """Divide ``page`` by its own paper, so that paper is white everywhere."""
    small = as_vips(page).resize(1 / _STEP, kernel="linear")
    last = _WINDOW * _WINDOW - 1
    paper = ranked(ranked(small, _WINDOW, last), _WINDOW, 0).gaussblur(_SOFTEN)
    # 8-bit fixed point: a gain of 64 leaves a pixel as it is.
    gain = ((255 * _ONE) / paper.maxpair(_DARKEST)).rint().cast("uchar")
    gains = _spread(as_array(gain), page.shape).astype(np.uint16)
    gains *= page
    gains >>= _SHIFT
    np.minimum(gains, 255, out=gains)
    return gains.astype(np.uint8)


def _spread(small: Grey, shape: tuple[int, ...]) -> Grey:
    """Each value over a square of ``_STEP``; paper changes too slowly to show them."""
    height, width = shape
    wide = small.repeat(_STEP, axis=0).repeat(_STEP, axis=1)
    missing = (max(height - wide.shape[0], 0), max(width - wide.shape[1], 0))
    padded = np.pad(wide, ((0, missing[0]), (0, missing[1])), mode="edge")
    return padded[:height, :width]


def stretch(page: Grey) -> Grey:
    """Spread the levels so that ink is black and everything near paper is white."""
    threshold = otsu(page[::2, ::2])
    dark = page[page < threshold]
    ink = float(dark.mean()) if dark.size else 0.0
    white = ink + _PAPER_LEVEL * (255 - ink)
    levels = (np.arange(256) - ink) * 255 / max(white - ink, 1)
    table: Grey = levels.clip(0, 255).astype(np.uint8)
    return table[page]
