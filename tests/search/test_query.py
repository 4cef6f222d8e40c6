"""The query language, and that nothing a reader types is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_PHRASES,
    MAX_TOKENS,
    And,
    Node,
    Not,
    Or,
    Phrase,
    Problem,
    Query,
    parse,
    positive_phrases,
)
from search.tokens import tokens


def phrase(text: str) -> Phrase:
    return Phrase(tuple(token.text for token in tokens(text)))


甲, 乙, 丙 = phrase("甲"), phrase("乙"), phrase("丙")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("枫桥经验", phrase("枫桥经验")),
        ("楓橋經驗", phrase("枫桥经验")),
        ("1963年11月20日", phrase("1963 年 11 月 20 日")),
        ("矛盾，纠纷", phrase("矛盾纠纷")),
        ("枫桥 经验", And((phrase("枫桥"), phrase("经验")))),
        ("枫桥　经验", And((phrase("枫桥"), phrase("经验")))),
        ('"枫桥 经验"', phrase("枫桥经验")),
        ("“枫桥 经验”", phrase("枫桥经验")),
        ("「枫桥」『经验』", And((phrase("枫桥"), phrase("经验")))),
        ("＂枫桥 经验＂", phrase("枫桥经验")),
        ('枫桥"经验"', And((phrase("枫桥"), phrase("经验")))),
        ("reading-room", phrase("reading room")),
        ("甲 AND 乙", And((甲, 乙))),
        ("甲 OR 乙", Or((甲, 乙))),
        ("ＡＮＤ 甲 ＯＲ 乙", Or((甲, 乙))),
        ("甲 or 乙", And((甲, phrase("or"), 乙))),
        ("甲 乙 OR 丙", Or((And((甲, 乙)), 丙))),
        ("甲 (乙 OR 丙)", And((甲, Or((乙, 丙))))),
        ("甲（乙 OR 丙）", And((甲, Or((乙, 丙))))),
        ("甲 NOT 乙", And((甲, Not(乙)))),
        ("甲 -乙", And((甲, Not(乙)))),
        ("甲 －乙", And((甲, Not(乙)))),
        ("甲-乙", phrase("甲乙")),
        ("甲 - 乙", And((甲, 乙))),
        ('甲 -"乙 丙"', And((甲, Not(phrase("乙丙"))))),
        ("甲 -(乙 丙)", And((甲, Not(And((乙, 丙)))))),
        ("(-甲)", Not(甲)),
        ("-甲", Not(甲)),
        ("NOT NOT 甲", 甲),
        ("甲 甲", 甲),
        ("甲 OR (乙 OR 丙)", Or((甲, 乙, 丙))),
    ],
)
def test_queries_mean_this(text: str, expected: Node) -> None:
    assert parse(text) == Query(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"甲', 甲),
        ("“甲 乙", And((甲, 乙))),
        ("甲”", 甲),
        ("((甲", 甲),
        ("甲)) 乙", And((甲, 乙))),
        ("甲 OR", 甲),
        ("OR 甲", 甲),
        ("甲 OR OR 乙", Or((甲, 乙))),
        ("AND 甲 AND AND 乙 AND", And((甲, 乙))),
        ("甲 NOT", 甲),
        ("甲 -", 甲),
        ("() 甲 (。)", 甲),
        ("甲 OR ()", 甲),
    ],
)
def test_marks_and_operators_without_a_partner_are_passed_over(
    text: str, expected: Node
) -> None:
    assert parse(text) == Query(expected)


@pytest.mark.parametrize(
    "text", ["", "  ", "。，！", "AND OR NOT", "-", '""', "()", "①"]
)
def test_a_query_without_words_says_so(text: str) -> None:
    assert parse(text) == Query(None, Problem.EMPTY)


@pytest.mark.parametrize(
    "text",
    [
        "甲" * 100_000,
        "(" * 100_000,
        '"' * 100_001,
        "甲 " * (MAX_PHRASES + 1),
        "甲" * (MAX_TOKENS + 1),
    ],
)
def test_a_query_too_long_says_so(text: str) -> None:
    assert parse(text) == Query(None, Problem.TOO_LONG)


def test_a_query_at_the_limits_is_parsed() -> None:
    assert parse("甲" * MAX_TOKENS).problem is None
    numbered = parse(" ".join(str(n) for n in range(MAX_PHRASES)))
    assert isinstance(numbered.node, And)
    assert len(numbered.node.parts) == MAX_PHRASES


def test_brackets_nested_too_deep_are_passed_over() -> None:
    assert parse("(" * 900 + "甲" + ")" * 900) == Query(甲)
    assert parse("-(" * 400 + "甲 乙").problem is None


@given(st.text() | st.text(alphabet='甲乙a1 　"“”「」()（）-－ANDORT。\n', max_size=80))
def test_nothing_a_reader_types_is_an_error(text: str) -> None:
    query = parse(text)
    assert (query.node is None) is (query.problem is not None)
    assert depth(query.node) <= 3 * MAX_DEPTH + 4


@given(st.text(min_size=MAX_CHARACTERS + 1, max_size=MAX_CHARACTERS + 9))
def test_long_texts_of_any_kind_are_too_long(text: str) -> None:
    assert parse(text).problem is Problem.TOO_LONG


def depth(node: Node | None) -> int:
    match node:
        case None:
            return 0
        case Phrase():
            return 1
        case Not(part):
            return 1 + depth(part)
        case And(parts) | Or(parts):
            return 1 + max(map(depth, parts))


def test_positive_phrases_leave_out_what_is_excluded() -> None:
    query = parse("甲 (乙 OR -丙) NOT (丁 OR 甲) 甲")
    assert query.node is not None
    assert positive_phrases(query.node) == (甲, 乙)
