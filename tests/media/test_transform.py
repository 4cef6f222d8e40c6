from hypothesis import given
from hypothesis import strategies as st

from media.recognition.transform import (
    Point,
    Transform,
    quarter_turns,
    rotation,
    scaling,
)
from media.values import Box

WIDTH, HEIGHT = 2480, 3508

turns = st.sampled_from([0, 90, 180, 270])
degrees = st.floats(-5, 5)
factors = st.floats(0.25, 1)
xs, ys = st.integers(100, WIDTH - 200), st.integers(100, HEIGHT - 200)
sides = st.integers(1, 90)


def way(turn: int, angle: float, factor: float) -> Transform:
    """From the original to the prepared page: turned, straightened, shrunk."""
    turned = quarter_turns(turn, WIDTH, HEIGHT)
    straight = rotation(-angle, WIDTH, HEIGHT)
    return scaling(factor).after(straight).after(turned)


def distance(one: Point, other: Point) -> float:
    return max(abs(one.x - other.x), abs(one.y - other.y))


@given(turns, degrees, factors, xs, ys)
def test_a_point_comes_back_to_within_a_thousandth_of_a_pixel(
    turn: int, angle: float, factor: float, x: int, y: int
) -> None:
    there = way(turn, angle, factor)
    point = Point(float(x), float(y))
    assert distance(there.inverse().apply(there.apply(point)), point) < 0.001


@given(turns, degrees, xs, ys, sides, sides)
def test_a_box_comes_back_to_within_a_pixel(
    turn: int, angle: float, x: int, y: int, w: int, h: int
) -> None:
    there = way(turn, angle, 1.0)
    box = Box(x, y, w, h)
    huge = 10_000
    moved = Transform(c=huge, f=huge).after(there).map_box(box, 3 * huge, 3 * huge)
    back = there.inverse().after(Transform(c=-huge, f=-huge))
    found = back.map_box(moved, WIDTH, HEIGHT)
    assert all(abs(a - b) <= 1 for a, b in zip(found, box, strict=True))


@given(st.floats(-5, 5), xs, ys, sides, sides)
def test_boxes_stay_within_the_original(
    angle: float, x: int, y: int, w: int, h: int
) -> None:
    found = rotation(angle, 300, 200).map_box(Box(x, y, w, h), 300, 200)
    assert 0 <= found.x < found.x + found.w <= 300
    assert 0 <= found.y < found.y + found.h <= 200


def test_quarter_turns_lead_corner_to_corner() -> None:
    corner = Point(0, 0)
    assert quarter_turns(90, 30, 20).apply(corner) == Point(20, 0)
    assert quarter_turns(180, 30, 20).apply(corner) == Point(30, 20)
    assert quarter_turns(270, 30, 20).apply(corner) == Point(0, 30)


def test_rotation_is_clockwise_and_keeps_the_centre() -> None:
    turn = rotation(90, 100, 60)
    assert distance(turn.apply(Point(50, 30)), Point(50, 30)) < 1e-9
    assert distance(turn.apply(Point(60, 30)), Point(50, 40)) < 1e-9
