"""What the benchmarks count, on cases small enough to count by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.values import Box, Char
from tests.bench import score, texts
from tests.bench.rounds import alternate, p95
from tests.bench.table import Row, rate_row, render, time_row
from tests.samples.truth import Box as TrueBox
from tests.samples.truth import CharTruth

short = st.text("甲乙丙丁", max_size=5)


def test_errors_are_counted_on_folded_text_without_white_space() -> None:
    assert score.error_rate("矛盾糾紛\n調解", "矛盾 纠纷凋解") == (1, 6)


@given(short, short)
def test_the_distance_is_that_of_the_textbook(wanted: str, got: str) -> None:
    assert score.distances(wanted, got)[-1, -1] == textbook(wanted, got)


@given(short, short)
def test_aligned_characters_are_equal_and_in_order(wanted: str, got: str) -> None:
    pairs = score.aligned(wanted, got)
    assert all(wanted[i] == got[j] for i, j in pairs)
    assert pairs == sorted(set(pairs))
    distance = int(score.distances(wanted, got)[-1, -1])
    assert len(pairs) >= max(len(wanted), len(got)) - distance


def test_overlap_is_the_shared_area_over_the_united_one() -> None:
    one, other = score.Rectangle(0, 0, 10, 10), score.Rectangle(5, 0, 10, 10)
    assert score.overlap(one, other) == pytest.approx(50 / 150)
    assert score.overlap(one, score.Rectangle(10, 0, 5, 5)) == 0
    assert score.overlap(one, one) == 1


def test_boxes_count_only_where_the_character_was_read_right() -> None:
    truth = [
        CharTruth("調", TrueBox(0, 0, 10, 10)),
        CharTruth("解", TrueBox(20, 0, 10, 10)),
    ]
    read = [Char("调", Box(0, 0, 10, 10)), Char("角", Box(90, 90, 1, 1))]
    assert score.box_score(truth, read) == score.BoxScore(1, 1.0, 1.0)


def test_ours_comes_first_as_often_as_the_baseline() -> None:
    order: list[str] = []
    ways = {"ours": lambda: order.append("o"), "raw": lambda: order.append("r")}
    seconds = alternate(ways, 4)
    assert "".join(order) == "orroorro"
    assert [len(values) for values in seconds.values()] == [4, 4]


def test_p95_leaves_out_the_slowest_twentieth() -> None:
    assert p95([float(n) for n in range(101)]) == 95


def test_a_goal_is_met_or_missed_by_the_ratio() -> None:
    assert rate_row("speed", 10, "pages/s", [1.0], [0.95], 0.95).met
    assert not rate_row("speed", 10, "pages/s", [1.0], [0.94], 0.95).met
    assert rate_row("speed", 10, "pages/s", [1.0], [0.1], None).met is None
    assert time_row("time", [1.2], [1.0], 1.2).met
    assert not time_row("time", [1.3], [1.0], 1.2).met


def test_each_round_is_compared_with_itself() -> None:
    row = time_row("time", [1.0, 10.0, 2.0], [1.0, 10.0, 1.0], 1.2)
    assert row.ratio == "1.00"
    assert row.met


def test_the_table_shows_what_was_missed() -> None:
    lines = render([Row("识别", "1", met=False), Row("x", "2", met=True)]).splitlines()
    assert lines[1].endswith("MISSED")
    assert lines[2].endswith("met")
    assert lines[1].index("1") == lines[2].index("2") - 2


def test_own_texts_are_the_same_in_every_run_and_long_enough() -> None:
    assert texts.own(3) == texts.own(3)
    assert all(len(text.text) > texts.CHARACTERS / 2 for text in texts.own(3))


def test_queries_stand_in_the_texts() -> None:
    given_texts = texts.own(3)
    for query in texts.queries(given_texts, 16):
        assert any(query in text.text for text in given_texts)


def textbook(wanted: str, got: str) -> int:
    if not wanted or not got:
        return len(wanted) + len(got)
    if wanted[0] == got[0]:
        return textbook(wanted[1:], got[1:])
    rest = (wanted[1:], got), (wanted, got[1:]), (wanted[1:], got[1:])
    return 1 + min(textbook(*pair) for pair in rest)
