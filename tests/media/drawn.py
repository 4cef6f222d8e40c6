"""Pages of black bars and blobs instead of characters: enough for the stages."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
PAPER, INK = 255, 0
CHARACTER, PITCH = 40, 72


def text_page(height: int = 1400, width: int = 1000, standing: bool = False) -> Grey:
    """Lines (or columns) of squares with a hollow, as Han characters roughly are."""
    if standing:
        return np.ascontiguousarray(text_page(width, height).T)
    page = np.full((height, width), PAPER, np.uint8)
    for line, y in enumerate(range(120, height - 160, PITCH)):
        end = width - 120 - (line % 3) * 200
        for x in range(120, end, CHARACTER + 4):
            page[y : y + CHARACTER, x : x + CHARACTER - 4] = INK
            page[y + 6 : y + 17, x + 6 : x + CHARACTER - 10] = PAPER
            page[y + 23 : y + 34, x + 6 : x + CHARACTER - 10] = PAPER
    return page


def turned(page: Grey, degrees: float) -> Grey:
    """The page turned clockwise about its centre, white in the corners."""
    image = Image.fromarray(page).rotate(
        -degrees, resample=Image.Resampling.BICUBIC, fillcolor=PAPER
    )
    return np.asarray(image).copy()


def coloured(page: Grey) -> NDArray[np.uint8]:
    """The page as RGB."""
    return np.repeat(page[..., None], 3, axis=2)
