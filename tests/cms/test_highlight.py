from hypothesis import given
from hypothesis import strategies as st

from cms.highlight import Segment, lines, paragraphs, segments


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
    shown = ["".join(s.text for s in line) for line in paragraphs(text, [])]
    assert shown == [
        "为了统一登记的格式特制定本办法。",
        "第一条",
        "凡登记者须写明日期和地点。",
        "完",
    ]


def test_a_match_over_lines_that_run_on_is_one_segment() -> None:
    assert paragraphs("甲乙丙丁\n戊己", [(3, 6)])[0][1] == Segment(
        "丁戊", 1, first=True
    )
    assert paragraphs("aa bb\ncc", [(3, 8)])[0][1] == Segment("bb cc", 1, first=True)


@given(
    st.text(alphabet="甲乙。a1-\n", max_size=60),
    st.lists(st.integers(0, 60), max_size=8),
)
def test_paragraphs_hold_every_character_and_mark_once(
    text: str, cuts: list[int]
) -> None:
    ends = sorted({min(cut, len(text)) for cut in cuts})
    marks = list(zip(ends[::2], ends[1::2], strict=False))
    shown = [segment for line in paragraphs(text, marks) for segment in line]
    kept = "".join(segment.text for segment in shown)
    assert kept.replace(" ", "") == text.replace("\n", "")
    marked = "".join(segment.text for segment in shown if segment.number)
    wanted = "".join(text[start:end] for start, end in marks)
    assert marked.replace(" ", "") == wanted.replace("\n", "")


@given(
    st.text(alphabet="甲乙\n", max_size=40),
    st.lists(st.integers(0, 40), max_size=8),
)
def test_lines_hold_the_whole_text_once(text: str, cuts: list[int]) -> None:
    ends = sorted({min(cut, len(text)) for cut in cuts})
    marks = list(zip(ends[::2], ends[1::2], strict=False))
    shown = "\n".join("".join(s.text for s in line) for line in lines(text, marks))
    assert shown == text
