from media.values import Box
from search.marks import line_boxes

TEXT = "矛盾\n纠纷 a"
BOXES = [
    Box(10, 10, 8, 9),
    Box(20, 11, 8, 8),
    None,
    Box(10, 30, 8, 9),
    Box(20, 30, 8, 9),
    Box(28, 30, 90, 9),
    Box(120, 30, 5, 9),
]


def test_a_match_over_a_line_end_has_a_box_on_each_line() -> None:
    assert line_boxes(TEXT, BOXES, 0, 5) == (Box(10, 10, 18, 9), Box(10, 30, 18, 9))


def test_a_space_at_the_edge_does_not_widen_the_box() -> None:
    assert line_boxes(TEXT, BOXES, 4, 6) == (Box(20, 30, 8, 9),)


def test_text_without_boxes_gives_none() -> None:
    assert line_boxes("更正后的文字", [], 0, 3) == ()
