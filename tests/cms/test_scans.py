import pytest

from archive.seen import PageView
from cms import scans
from cms.evidence.places import Region, scan_of
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


def test_a_crop_asks_for_no_more_of_the_page_than_it_shows() -> None:
    scan = scans.around(page(), [Box(1000, 1000, 40, 160)], ratio=1, wide=300)
    view = scan.view
    assert f"/{view.x},{view.y},{view.w},{view.h}/300,/0/" in scan.image
    assert (scan.left, scan.top, scan.width, scan.height) == (*view,)


def test_a_region_asks_for_no_more_of_the_page_than_it_shows() -> None:
    scan = scan_of(Region(50, 10, 40, 20), page(2000, 3000), 600)
    assert "/1000,300,800,600/600,/0/" in scan.image
    assert (scan.left, scan.top, scan.width, scan.height) == scan.view


def test_a_small_crop_is_not_enlarged() -> None:
    scan = scans.head(page(200, 300), (), ratio=1, wide=900)
    assert "/0,0,200,200/200,/0/" in scan.image


def test_a_box_as_large_as_the_page_is_cropped_to_the_page() -> None:
    view = scans.around(page(), [Box(0, 0, 2480, 3508)], ratio=8 / 9, wide=700).view
    assert view == Box(0, 582, 2480, 2790)


def test_a_volume_is_turned_as_its_first_read_page_says() -> None:
    assert scans.runs_right_to_left([page(direction=""), page(direction="v")])
    assert not scans.runs_right_to_left([page(), page(direction="v")])
    assert not scans.runs_right_to_left([])
