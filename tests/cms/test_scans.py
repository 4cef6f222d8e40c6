import pytest

from archive.seen import PageView
from cms import scans
from media.values import Box


def page(width: int = 2480, height: int = 3508, direction: str = "h") -> PageView:
    return PageView(
        folio_id=7,
        sequence=1,
        image_id="7-1",
        width=width,
        height=height,
        text="",
        direction=direction,
        script="hans",
        confidence=None,
        proofread=False,
        transcript_id=1,
    )


def test_a_thumbnail_comes_from_the_smallest_image_that_is_wide_enough() -> None:
    assert "/full/310,439/0/" in scans.thumbnail(page()).image


def test_a_small_page_is_asked_for_as_it_is() -> None:
    assert "/full/200,100/0/" in scans.thumbnail(page(200, 100)).image


@pytest.mark.parametrize(
    "box", [Box(0, 0, 40, 160), Box(2440, 3400, 40, 108), Box(1000, 1000, 160, 40)]
)
def test_a_crop_lies_inside_the_page_and_shows_the_box(box: Box) -> None:
    view = scans.around(page(), [box], ratio=8 / 9, wide=700).view
    assert view.x >= 0
    assert view.y >= 0
    assert view.x + view.w <= 2480
    assert view.y + view.h <= 3508
    assert view.x <= box.x
    assert box.x + box.w <= view.x + view.w
    assert view.y <= box.y
    assert box.y + box.h <= view.y + view.h


def test_a_box_as_large_as_the_page_is_cropped_to_the_page() -> None:
    view = scans.around(page(), [Box(0, 0, 2480, 3508)], ratio=8 / 9, wide=700).view
    assert view == Box(0, 582, 2480, 2790)


def test_a_volume_is_turned_as_its_first_read_page_says() -> None:
    assert scans.runs_right_to_left([page(direction=""), page(direction="v")])
    assert not scans.runs_right_to_left([page(), page(direction="v")])
    assert not scans.runs_right_to_left([])
