from hypothesis import given
from hypothesis import strategies as st

from cms.highlight import Segment, lines, segments, unbroken


def test_marks_cut_the_text_in_three() -> None:
    assert segments("凡遇糾紛者", [(2, 4)]) == [
        Segment("凡遇"),
        Segment("糾紛", 1, first=True),
        Segment("者"),
    ]


def test_marks_are_counted_in_code_points() -> None:
    assert segments("𠮷糾紛", [(1, 3)])[1] == Segment("糾紛", 1, first=True)


def test_a_match_over_a_line_end_begins_once() -> None:
    assert lines("凡遇糾\n紛者", [(2, 5)]) == [
        [Segment("凡遇"), Segment("糾", 1, first=True)],
        [Segment("紛", 1), Segment("者")],
    ]


def test_an_empty_line_stays_a_line() -> None:
    assert lines("甲\n\n乙", []) == [[Segment("甲")], [], [Segment("乙")]]


def test_full_lines_run_on_and_short_ones_end_a_paragraph() -> None:
    text = "为了统一登记的格式特制定\n本办法。\n第一条\n凡登记者须写明日期和地点。\n完"
    assert unbroken(text) == (
        "为了统一登记的格式特制定\u200b本办法。\n第一条\n凡登记者须写明日期和地点。\n完"
    )


@given(st.text(alphabet="甲乙。a1-\n", max_size=60))
def test_unbreaking_moves_no_character(text: str) -> None:
    joined = unbroken(text)
    assert len(joined) == len(text)
    assert all(new == old or old == "\n" for old, new in zip(text, joined, strict=True))


@given(
    st.text(alphabet="甲乙\n", max_size=40),
    st.lists(st.integers(0, 40), max_size=8),
)
def test_lines_hold_the_whole_text_once(text: str, cuts: list[int]) -> None:
    ends = sorted({min(cut, len(text)) for cut in cuts})
    marks = list(zip(ends[::2], ends[1::2], strict=False))
    shown = "\n".join("".join(s.text for s in line) for line in lines(text, marks))
    assert shown == text
