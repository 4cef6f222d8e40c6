"""Slips of paper: pages smaller than the windows of the stages."""

from pathlib import Path

import numpy as np
import pytest
import pyvips
from PIL import Image

from media.recognition.arrays import as_vips
from media.recognition.focus import focus
from media.recognition.pipeline import recognise
from media.recognition.prepare import prepare
from media.recognition.punctuation import centre_marks
from media.recognition.red import grey_without_seals
from media.recognition.rules import solid_rows
from media.recognition.settings import OcrSettings
from tests.media.drawn import INK, PAPER
from tests.media.readers import ScriptedEngine, saying


@pytest.mark.parametrize(
    ("width", "height"), [(360, 500), (40, 30), (4, 4), (3, 200), (200, 1)]
)
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


@pytest.mark.parametrize("width", [1, 2, 8, 60, 87])
@pytest.mark.parametrize("height", [1, 60, 87, 1000, 4000])
@pytest.mark.parametrize("standing", [False, True])
def test_a_slip_of_any_size_is_made_ready_like_a_page(
    width: int, height: int, standing: bool
) -> None:
    page = np.full((height, width), PAPER, np.uint8)
    page[height // 4 : height // 2 + 1, width // 4 : width // 2 + 1] = INK
    made = prepare(as_vips(page), OcrSettings(direction="v" if standing else "h"))
    assert made.page.shape == (height, width)


def test_a_single_row_of_pixels_can_be_brought_into_focus() -> None:
    row = np.full((1, 200), PAPER, np.uint8)
    row[0, 50:100] = INK
    assert focus(row, 46.0).shape == (1, 200)


def test_a_narrow_slip_is_read(tmp_path: Path) -> None:
    path = tmp_path / "slip.png"
    slip = np.full((400, 60), PAPER, np.uint8)
    slip[100:140, 10:50] = INK
    Image.fromarray(slip).save(path)
    found = recognise(path, OcrSettings(script="hans"), ScriptedEngine(saying("字")))
    assert found.text == "字"


def test_a_mark_at_the_very_rim_of_the_page_moves_inwards() -> None:
    page = np.full((200, 40), 255, np.uint8)
    page[10:50, 2:39] = 0
    page[52:60, 32:40] = 0  # a full stop, without any margin at its right
    moved = centre_marks(page, page < 128, 40.0)
    assert (moved[52:60, 38:] == 255).all()
    assert (moved[60:90] == 0).any()
