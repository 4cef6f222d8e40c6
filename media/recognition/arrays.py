"""Grey pages as arrays, and the few libvips operations the stages share.

A grey page is a ``(height, width)`` array of ``uint8``, 0 black to 255 white; an
ink map is one of ``bool``, true where there is ink.
"""

import numpy as np
import pyvips
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Ink = NDArray[np.bool_]


def as_vips(page: Grey) -> "pyvips.Image":
    """The array as a libvips image, sharing its memory."""
    height, width = page.shape
    data = np.ascontiguousarray(page)
    return pyvips.Image.new_from_memory(data.data, width, height, 1, "uchar").copy(
        interpretation="b-w"
    )


def as_array(image: "pyvips.Image") -> Grey:
    """The first band of a libvips image as a grey page."""
    if image.bands > 1:
        image = image.extract_band(0)
    pixels: Grey = image.cast("uchar").numpy()
    return pixels.reshape(image.height, image.width)


def shrink(page: Grey, factor: int) -> Grey:
    """The page at 1/``factor``, each pixel the mean of those it stands for."""
    height, width = (side // factor * factor for side in page.shape)
    return as_array(as_vips(page[:height, :width]).shrink(factor, factor))


def ranked(image: "pyvips.Image", side: int, index: int) -> "pyvips.Image":
    """Each pixel the ``index``-th lowest of the square of ``side`` around it.

    The page goes on beyond its rim as it ends there, however small it is.
    """
    rim = side // 2
    width, height = image.width, image.height
    framed = image.embed(rim, rim, width + 2 * rim, height + 2 * rim, extend="copy")
    return framed.rank(side, side, index).extract_area(rim, rim, width, height)


def otsu(page: Grey) -> int:
    """The grey level that best parts ink from paper (Otsu): ink is below it."""
    counts = np.bincount(page.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = sums / below - (sums[-1] - sums) / above
        spread = below * above * gap**2
    return int(np.nanargmax(np.nan_to_num(spread))) + 1


def rows_with(ink: Ink) -> Ink:
    """For each row of an ink map, whether there is any ink in it."""
    return np.asarray(ink.any(axis=1), np.bool_)


def columns_with(ink: Ink) -> Ink:
    """For each column of an ink map, whether there is any ink in it."""
    return np.asarray(ink.any(axis=0), np.bool_)


def runs(flags: Ink) -> list[tuple[int, int]]:
    """Start and end (not included) of each run of true values in a row of flags."""
    edges = np.diff(np.concatenate(([0], flags.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [(int(s), int(e)) for s, e in zip(starts, ends, strict=True)]
