"""Bring every scan to the sharpness that the engine reads best.

Crisp print is smoothed a little, grainy print more, a blurred scan is sharpened,
and small type is left alone: it only loses by any of these.
"""

from typing import NamedTuple

import numpy as np

from media.recognition.arrays import Grey, as_array, as_vips, otsu

_TYPE = 46.0
"""Widths of filters hold for characters of this many pixels, and scale with them."""
_LEAST_TYPE = 34.0
_BLUR_CRISP = 1.0
_BLUR_GRAINY = 1.3
_GRAINY_ABOVE = 0.045
_BLURRED_BELOW = 0.03
_EDGE_LEVELS = 40
_PAPER_LEVEL = 230
_SHARPEN_WIDTH = 1.7
_SHARPEN_BY = 1.2
_LEAST_BLUR = 0.3
_TAIL = 0.05
"""Where libvips cuts the Gaussian off; its default makes σ a quarter smaller."""


class Texture(NamedTuple):
    """What a slight blur changes, as shares of the ink's contrast.

    ``edges``: at the edges of ink (a crisp print's change most); ``paper``: where
    there is no ink (grain).
    """

    edges: float
    paper: float


def focus(page: Grey, character: float, blur: float | None = None) -> Grey:
    """``page`` as sharp as it should be for characters of ``character`` pixels.

    ``blur`` is a Gaussian σ for characters of 46 pixels; None chooses by texture.
    """
    if character < _LEAST_TYPE:
        return page
    image = as_vips(page)
    if blur is None:
        texture = _texture(page)
        if texture.edges < _BLURRED_BELOW:
            width = _SHARPEN_WIDTH * character / _TYPE
            soft = image.gaussblur(width, min_ampl=_TAIL).cast("short")
            return as_array(image + (image - soft) * _SHARPEN_BY)
        blur = _BLUR_GRAINY if texture.paper > _GRAINY_ABOVE else _BLUR_CRISP
    sigma = blur * character / _TYPE
    if sigma < _LEAST_BLUR:
        return page
    return as_array(image.gaussblur(sigma, min_ampl=_TAIL))


def _texture(page: Grey) -> Texture:
    """Look at the middle half of the page."""
    height = len(page)
    half = page[height // 4 : max(1, height * 3 // 4)]
    blurred = as_array(as_vips(half).gaussblur(1.0))
    threshold = otsu(blurred[::2, ::2])
    dark = blurred[blurred < threshold]
    contrast = max(255.0 - float(dark.mean()), 1.0) if dark.size else 255.0
    level = blurred.astype(np.int16)
    changes = np.abs(half - level)
    edges = changes[np.abs(level - threshold) < _EDGE_LEVELS]
    paper = changes[level > _PAPER_LEVEL]
    return Texture(
        float(edges.mean()) / contrast if edges.size else 1.0,
        float(paper.mean()) / contrast if paper.size else 0.0,
    )
