import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import InvalidImageRequest
from media.imagerequest import (
    MAX_AREA,
    ImageRequest,
    parse_request,
    resolve_region,
    resolve_size,
)
from media.values import Box


def region_of(region: str, width: int = 1000, height: int = 600) -> Box:
    return resolve_region(ImageRequest(region=region), width, height)


def size_of(size: str, width: int = 1000, height: int = 600) -> tuple[int, int]:
    return resolve_size(ImageRequest(size=size), Box(0, 0, width, height))


@pytest.mark.parametrize(
    ("region", "box"),
    [
        ("full", (0, 0, 1000, 600)),
        ("square", (200, 0, 600, 600)),
        ("10,20,30,40", (10, 20, 30, 40)),
        ("900,500,500,500", (900, 500, 100, 100)),
        ("pct:10,20,50,25", (100, 120, 500, 150)),
        ("pct:41.6,7.5,40,70", (416, 45, 400, 420)),
    ],
)
def test_regions_are_resolved(region: str, box: tuple[int, ...]) -> None:
    assert region_of(region) == box


@pytest.mark.parametrize("region", ["1000,0,10,10", "0,600,10,10", "0,0,0,10"])
def test_a_region_outside_the_image_or_empty_is_refused(region: str) -> None:
    with pytest.raises(InvalidImageRequest):
        region_of(region)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("max", (1000, 600)),
        ("500,", (500, 300)),
        (",300", (500, 300)),
        ("400,500", (400, 500)),
        ("pct:50", (500, 300)),
        ("!200,200", (200, 120)),
        ("!5000,5000", (1000, 600)),
        ("^2000,", (2000, 1200)),
        ("^!2000,2000", (2000, 1200)),
        ("^pct:200", (2000, 1200)),
    ],
)
def test_sizes_are_resolved(size: str, expected: tuple[int, int]) -> None:
    assert size_of(size) == expected


@pytest.mark.parametrize("size", ["1001,", ",601", "1001,10", "pct:101", "0,", "0,0"])
def test_sizes_above_the_region_need_the_caret_and_none_may_be_zero(size: str) -> None:
    with pytest.raises(InvalidImageRequest):
        size_of(size)


def test_no_size_is_above_the_largest_area() -> None:
    with pytest.raises(InvalidImageRequest):
        size_of("^9000,9000")
    for size in ("max", "^max"):
        width, height = size_of(size, 20_000, 10_000)
        assert 0.99 * MAX_AREA < width * height <= MAX_AREA


@pytest.mark.parametrize(
    "parts",
    [
        ("", "max", "0", "default", "jpg"),
        ("1,2,3", "max", "0", "default", "jpg"),
        ("-1,0,9,9", "max", "0", "default", "jpg"),
        ("pct:nan,0,9,9", "max", "0", "default", "jpg"),
        ("full", "full", "0", "default", "jpg"),
        ("full", ",", "0", "default", "jpg"),
        ("full", "!,100", "0", "default", "jpg"),
        ("full", "pct:0", "0", "default", "jpg"),
        ("full", "pct:1e9", "0", "default", "jpg"),
        ("full", "max", "45", "default", "jpg"),
        ("full", "max", "!", "default", "jpg"),
        ("full", "max", "0", "native", "jpg"),
        ("full", "max", "0", "default", "tif"),
        ("full", "max", "0", "default", "jpg\n"),
        ("full", "９９,", "0", "default", "jpg"),
        ("full", "99999999999,", "0", "default", "jpg"),
    ],
)
def test_other_syntax_is_refused(parts: tuple[str, str, str, str, str]) -> None:
    with pytest.raises(InvalidImageRequest):
        parse_request(*parts)


def test_a_request_tells_rotation_type_and_path() -> None:
    request = parse_request("full", "max", "!270", "gray", "webp")
    assert (request.mirrored, request.degrees) == (True, 270)
    assert request.media_type == "image/webp"
    assert request.path == "full/max/!270/gray.webp"


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=6))
def test_any_text_is_parsed_or_refused_by_name(
    region: str, size: str, rotation: str
) -> None:
    try:
        request = parse_request(region, size, rotation, "default", "jpg")
        resolve_size(request, resolve_region(request, 1000, 600))
    except InvalidImageRequest:
        pass


numbers = st.integers(0, 1200)


@given(numbers, numbers, numbers, numbers, numbers, numbers)
def test_whatever_is_accepted_lies_within_the_image_and_the_limits(
    x: int, y: int, w: int, h: int, width: int, height: int
) -> None:
    request = ImageRequest(region=f"{x},{y},{w},{h}", size=f"{width},{height}")
    try:
        region = resolve_region(request, 1000, 600)
        size = resolve_size(request, region)
    except InvalidImageRequest:
        return
    assert 0 <= region.x < region.x + region.w <= 1000
    assert 0 <= region.y < region.y + region.h <= 600
    assert 0 < size.width <= region.w
    assert 0 < size.height <= region.h
