"""Each stage of the pipeline on drawn pages whose right answer is known."""

import numpy as np
import pytest
import pyvips

from media.recognition.arrays import Grey, Ink, as_array, as_vips, otsu, runs, shrink
from media.recognition.background import flatten, stretch
from media.recognition.direction import text_direction, text_size
from media.recognition.focus import focus
from media.recognition.prepare import prepare
from media.recognition.punctuation import centre_marks
from media.recognition.red import grey_without_seals
from media.recognition.rules import erase, find_rules
from media.recognition.settings import OcrSettings
from media.recognition.skew import skew_degrees
from media.recognition.transform import Point
from tests.media.drawn import CHARACTER, INK, PAPER, coloured, text_page, turned

RED = (196, 38, 34)


def sketch(page: Grey) -> Ink:
    small = shrink(page, 2)
    ink: Ink = small < otsu(small)
    return ink


def as_image(pixels: Grey) -> "pyvips.Image":
    return pyvips.Image.new_from_array(pixels, interpretation="srgb")


def test_arrays_survive_the_way_through_libvips() -> None:
    page = text_page()
    assert np.array_equal(as_array(as_vips(page)), page)
    assert np.array_equal(as_array(as_vips(page.T)), page.T)


def test_otsu_lies_between_ink_and_paper() -> None:
    page = np.array([[30] * 5 + [200] * 20], np.uint8)
    assert 30 < otsu(page) <= 200


def test_otsu_of_one_level_and_runs_of_nothing_are_no_errors() -> None:
    assert 0 <= otsu(np.full((5, 5), 255, np.uint8)) <= 256
    assert runs(np.zeros(0, np.bool_)) == []
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]


@pytest.mark.parametrize("degrees", [-4.0, -1.3, 0.0, 0.6, 3.2])
@pytest.mark.parametrize("standing", [False, True])
def test_skew_is_found_to_a_tenth_of_a_degree(degrees: float, standing: bool) -> None:
    page = turned(text_page(standing=standing), degrees)
    assert skew_degrees(sketch(page)) == pytest.approx(degrees, abs=0.1)


def test_an_empty_page_is_straight_and_of_some_size() -> None:
    empty = np.zeros((400, 300), np.bool_)
    assert skew_degrees(empty) == 0
    assert text_direction(empty) == "h"
    assert text_size(empty, "h") > 0


@pytest.mark.parametrize(("standing", "direction"), [(False, "h"), (True, "v")])
def test_direction_and_size_of_the_type_are_found(
    standing: bool, direction: str
) -> None:
    ink = sketch(text_page(standing=standing))
    assert text_direction(ink) == direction
    size = text_size(ink, "v" if standing else "h") * 2
    assert size == pytest.approx(CHARACTER, rel=0.15)


def test_uneven_paper_becomes_white_and_ink_stays_dark() -> None:
    shade = np.linspace(0.55, 1.0, 1000)
    page = (text_page() * 0.85 * shade + 25 * shade).astype(np.uint8)
    flat = stretch(flatten(page))
    ink = text_page() == INK
    assert (flat[~ink] > 240).mean() > 0.97
    assert (flat[ink] < 60).mean() > 0.97


def test_a_page_of_one_colour_is_no_obstacle() -> None:
    for level in (0, 128, 255):
        page = np.full((300, 300), level, np.uint8)
        assert stretch(flatten(page)).shape == page.shape


def test_a_seal_goes_and_the_text_under_it_stays() -> None:
    page = text_page()
    colours = coloured(page)
    y, x = np.mgrid[: page.shape[0], : page.shape[1]]
    away = np.hypot(y - 700, x - 500)
    ring = ((away < 200) & (away > 170)) | (away < 60)
    seal = ring & (page == PAPER)
    colours[seal] = RED
    grey = grey_without_seals(as_image(colours))
    assert grey[seal].min() > 180
    assert grey[page == INK].max() < 40


def test_a_red_head_becomes_as_dark_as_print() -> None:
    colours = coloured(text_page())
    head = np.zeros(colours.shape[:2], np.bool_)
    for x in range(200, 800, 130):
        head[30:100, x : x + 70] = True
    colours[head] = RED
    assert grey_without_seals(as_image(colours))[head].max() < 60


def test_a_grey_image_passes_the_red_stage_untouched() -> None:
    page = text_page()
    assert np.array_equal(grey_without_seals(as_vips(page)), page)


def test_ruled_lines_go_and_characters_stay() -> None:
    page = text_page(2000, 1400)
    text = page == INK
    ruled = page.copy()
    ruled[60:64, 60:1340] = INK
    ruled[1900:1903, 60:1340] = INK
    ruled[60:1903, 60:63] = INK
    ruled[60:1903, 700:703] = INK  # runs through the text
    small = shrink(ruled, 2)
    _, rules = find_rules(small < 215)
    cleared = erase(ruled, rules, 2)
    frame = (ruled == INK) & ~text
    assert (cleared[frame] == PAPER).mean() > 0.95
    away = text.copy()
    away[:, 690:713] = False
    assert (cleared[away] == INK).all()


def test_dark_areas_and_dashes_are_no_rules() -> None:
    page = np.full((400, 400), PAPER, np.uint8)
    page[50:150, 20:380] = INK
    page[200:203, 20:80] = INK
    small = shrink(page, 2)
    assert find_rules(small < 215)[1] == []


def test_a_rule_at_the_rim_of_the_page_goes_too() -> None:
    page = np.full((400, 400), PAPER, np.uint8)
    page[398:, 20:380] = INK
    page[20:380, :2] = INK
    _, rules = find_rules(shrink(page, 2) < 215)
    assert len(rules) == 2
    assert (erase(page, rules, 2) == PAPER).all()


def test_two_columns_are_told_from_one_and_from_a_table() -> None:
    one = text_page(1400, 1000)
    two = np.hstack((one, one))
    titled = two.copy()
    titled[60:100, 500:1500] = INK
    ruled = two.copy()
    ruled[100:103, 100:1900] = INK
    found = [
        prepare(as_vips(page), OcrSettings(deskew=False)).columns
        for page in (one, two, titled, ruled)
    ]
    assert found == [False, True, True, False]


def test_a_heading_at_the_left_and_a_signature_at_the_right_are_no_columns() -> None:
    page = np.full((1400, 1000), PAPER, np.uint8)
    page[:700, :450] = text_page(700, 450)
    page[700:, 550:] = text_page(700, 450)
    assert not prepare(as_vips(page), OcrSettings(deskew=False)).columns


def column_with_marks(offset: int) -> Grey:
    """A column of squares with small marks between, ``offset`` from its left."""
    page = np.full((1500, 300), PAPER, np.uint8)
    for y in range(100, 1300, 150):
        page[y : y + 40, 130:170] = INK
        page[y + 45 : y + 85, 130:170] = INK
        page[y + 92 : y + 104, 130 + offset : 142 + offset] = INK
    return page


def test_marks_at_the_right_of_a_column_move_into_its_middle() -> None:
    page = column_with_marks(28)
    moved = centre_marks(page, page < 128, 40)
    xs = np.flatnonzero((moved[190:245] == INK).any(axis=0))
    assert abs((xs[0] + xs[-1]) / 2 - 150) <= 3
    assert (moved == INK).sum() == (page == INK).sum()


def test_marks_in_the_middle_stay_where_they_are() -> None:
    page = column_with_marks(14)
    assert np.array_equal(centre_marks(page, page < 128, 40), page)


def noise_of(page: Grey) -> float:
    return float(page[:100].astype(float).std())


def test_grain_is_smoothed_blur_is_sharpened_and_small_type_left() -> None:
    rng = np.random.default_rng(1)
    page = text_page()
    grainy = (page * 0.8 + 25 + rng.normal(0, 25, page.shape)).clip(0, 255)
    grainy = grainy.astype(np.uint8)
    assert noise_of(focus(grainy, 40)) < noise_of(grainy) / 2
    assert noise_of(focus(grainy, 40)) < noise_of(focus(grainy, 40, blur=0.5))
    soft = as_array(as_vips(page).gaussblur(4))
    assert focus(soft, 40).astype(int).std() > soft.astype(int).std()
    assert focus(grainy, 20) is grainy


@pytest.mark.parametrize("degrees", [-2.0, 1.5])
def test_the_way_back_leads_from_the_straight_page_to_the_scan(degrees: float) -> None:
    straight = text_page()
    scan = turned(straight, degrees)
    page = prepare(as_vips(scan), OcrSettings())
    ys, xs = np.nonzero(page.ink)
    corner = int(np.argmin(xs + ys))
    found = page.to_original.apply(Point(float(xs[corner]), float(ys[corner])))
    ys, xs = np.nonzero(scan < 128)
    nearest = np.hypot(ys - found.y, xs - found.x).min()
    assert nearest <= 2
    assert page.direction == "h"
    assert page.character == pytest.approx(CHARACTER, rel=0.15)


def test_very_large_scans_are_shrunk_and_boxes_lead_back() -> None:
    page = as_vips(text_page(2000, 1400)).resize(2.6, kernel="nearest")
    made = prepare(page, OcrSettings())
    assert max(made.page.shape) <= 4200
    far = made.to_original.apply(Point(made.page.shape[1], made.page.shape[0]))
    assert far.x == pytest.approx(page.width, abs=3)
    assert far.y == pytest.approx(page.height, abs=3)


def test_preparation_is_the_same_every_time() -> None:
    page = as_vips(turned(text_page(), 1.0))
    first, second = prepare(page, OcrSettings()), prepare(page, OcrSettings())
    assert np.array_equal(first.small, second.small)
