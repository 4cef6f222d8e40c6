"""Slips of paper: pages smaller than the windows of the stages."""

import numpy as np
import pytest
import pyvips

from media.recognition.red import grey_without_seals
from media.recognition.rules import solid_rows


@pytest.mark.parametrize(("width", "height"), [(360, 500), (40, 30), (4, 4)])
def test_red_ink_on_a_slip_is_darkened_like_on_a_page(width: int, height: int) -> None:
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[height // 2 :, : width // 2] = (200, 20, 20)
    image = pyvips.Image.new_from_array(pixels, interpretation="srgb")
    grey = grey_without_seals(image)
    assert grey.shape == (height, width)


@pytest.mark.parametrize("rows", range(1, 8))
def test_a_rule_at_the_rim_of_the_page_may_be_a_narrow_strip(rows: int) -> None:
    strip = np.full((rows, 200), 255, np.uint8)
    strip[rows // 2] = 0
    solid = solid_rows(strip)
    assert solid.shape == (rows,)
    assert solid[rows // 2]
