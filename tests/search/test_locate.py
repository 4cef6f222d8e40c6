"""Marks and snippets, against a slow definition by tokens."""

from hypothesis import given
from hypothesis import strategies as st

from search.locate import PageMatch, Snippet, find, merged, snippet
from search.query import Node, Phrase, parse, positive_phrases
from search.tokens import tokens


def node(query: str) -> Node:
    parsed = parse(query).node
    assert parsed is not None
    return parsed


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def only_snippet(query: str, page: str, width: int = 60) -> Snippet:
    """The snippet of a page on which the query stands."""
    (match,) = find(node(query), [page])
    return snippet(match, page, width)


def test_matches_name_pages_from_zero_and_spans_in_order() -> None:
    pages = ["开头", "楓橋經驗與枫桥", "", "枫桥"]
    assert find(node("枫桥"), pages) == [
        PageMatch(1, ((0, 2), (5, 7)), 1),
        PageMatch(3, ((0, 2),), 1),
    ]


def test_a_phrase_over_a_line_end_is_one_span() -> None:
    (match,) = find(node("不上交平安"), ["矛盾不上\n\n交，平安。"])
    assert match.spans == ((2, 10),)


def test_a_phrase_over_a_page_break_is_marked_on_both_pages() -> None:
    assert find(node("枫桥经验"), ["前文枫桥。\n", "\n 经验"]) == [
        PageMatch(0, ((2, 4),), 1),
        PageMatch(1, ((2, 4),), 1),
    ]


def test_a_phrase_may_run_over_a_page_without_words() -> None:
    assert find(node("枫桥经验"), ["枫", "桥", "…", "经验"]) == [
        PageMatch(0, ((0, 1),), 1),
        PageMatch(1, ((0, 1),), 1),
        PageMatch(3, ((0, 2),), 1),
    ]


def test_what_is_excluded_is_not_marked() -> None:
    (match,) = find(node("甲 -乙"), ["甲乙甲"])
    assert match.spans == ((0, 1), (2, 3))


def test_words_that_touch_or_overlap_are_one_mark() -> None:
    (match,) = find(node("甲乙 OR 乙丙 OR 丁"), ["甲乙丙丁"])
    assert match == PageMatch(0, ((0, 4),), 3)
    (match,) = find(node("聚聚"), ["聚聚聚"])
    assert match.spans == ((0, 3),)


def test_a_phrase_is_not_found_across_two_records_words_that_are_longer() -> None:
    assert find(node("963"), ["1963年"]) == []
    assert find(node("arch"), ["archive"]) == []


PAGES = st.lists(st.text(alphabet="甲乙楓枫a1 ，\n", max_size=12), max_size=6)
PHRASES = st.lists(st.sampled_from(["甲", "乙", "枫", "a", "1", "aa"]), min_size=1)


@given(PAGES, PHRASES.map(lambda words: Phrase(tuple(words[:4]))))
def test_the_characters_marked_are_those_of_the_tokens_found(
    pages: list[str], phrase: Phrase
) -> None:
    places = [
        (number, token) for number, page in enumerate(pages) for token in tokens(page)
    ]
    size = len(phrase.tokens)
    expected = set()
    for first in range(len(places) - size + 1):
        window = places[first : first + size]
        if tuple(token.text for _page, token in window) == phrase.tokens:
            for page, token in window:
                expected |= {(page, at) for at in range(token.start, token.end)}
    got = {
        (match.page, at)
        for match in find(phrase, pages)
        for start, end in match.spans
        for at in range(start, end)
    }
    letters = {
        (page, at) for page, token in places for at in range(token.start, token.end)
    }
    # A mark runs over the punctuation inside a phrase; its letters are exact.
    assert got & letters == expected
    for match in find(phrase, pages):
        for start, end in match.spans:
            assert {(match.page, start), (match.page, end - 1)} <= expected


def test_merged_spans_are_in_order_and_apart() -> None:
    assert merged([(5, 6), (0, 2), (1, 3), (3, 4)]) == ((0, 4), (5, 6))


def test_a_snippet_starts_and_ends_with_sentences_where_it_can() -> None:
    text = (
        "前面的一句话。这里写到枫桥经验的由来。后面还有一句很长很长很长的话没有完" * 2
    )
    made = only_snippet("枫桥经验", text[:38], width=30)
    assert made == Snippet(0, "这里写到枫桥经验的由来。", ((4, 8),))


def test_line_breaks_go_without_a_trace_between_han_and_marks_stay_right() -> None:
    page = "第一条\n  为了传承枫\n桥经\r\n\n验，reading\nroom 开放。"
    made = only_snippet("枫桥经验 OR room OR 第一条", page)
    assert made.text == "第一条为了传承枫桥经验，reading room 开放。"
    assert marked(made.text, made.marks) == ["第一条", "枫桥经验", "room"]


def test_a_snippet_shows_where_most_of_the_words_are() -> None:
    made = only_snippet("甲 乙 丙", "甲" + "某" * 200 + "甲乙丙" + "某" * 200)
    assert marked(made.text, made.marks) == ["甲乙丙"]
    assert len(made.text) <= 70


def test_a_phrase_longer_than_a_snippet_is_shown_from_its_start() -> None:
    long = "枫" * 100
    made = only_snippet(long, "前" * 50 + long + "后" * 50)
    assert "".join(marked(made.text, made.marks)) == long


@given(st.lists(st.text(alphabet="甲乙a b。，\n\r 　", max_size=200), max_size=4))
def test_marks_in_snippets_are_words_of_the_query(pages: list[str]) -> None:
    query = node("甲乙 OR a")
    wanted = {phrase.tokens for phrase in positive_phrases(query)}
    flat = {word for phrase in wanted for word in phrase}
    for match in find(query, pages):
        made = snippet(match, pages[match.page])
        assert made.marks
        assert "\n" not in made.text
        assert len(made.text) <= 80
        for part in marked(made.text, made.marks):
            assert {token.text for token in tokens(part)} <= flat


@given(st.text(alphabet="甲乙a 。，\n", min_size=1, max_size=300), st.data())
def test_a_snippet_of_any_spans_keeps_inside_its_page(
    page: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(page) - 1))
    end = data.draw(st.integers(start + 1, len(page)))
    if page[start].isspace() or page[end - 1].isspace():
        return
    made = snippet(PageMatch(0, ((start, end),), 1), page)
    assert all(0 <= a <= b <= len(made.text) for a, b in made.marks)
    squeezed = "".join("".join(marked(made.text, made.marks)).split())
    assert squeezed == "".join(page[start:end].split())
