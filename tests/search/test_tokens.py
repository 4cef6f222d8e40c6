"""What a token is, and that the quick ways agree with the definition."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.fold import fold
from search.tokens import (
    LONGEST,
    Token,
    blank,
    engine_text,
    phrase_pattern,
    spell,
    tokens,
)

MIXED = st.text(alphabet="枫楓桥a1éＺ９ ,。\n①\u0301𠀀\U00030edd〇アㄅ", max_size=40)
LONG_RUNS = st.lists(
    st.tuples(st.sampled_from(["a", "9", "枫", " ", "é"]), st.integers(1, 70)),
    max_size=5,
).map(lambda parts: "".join(text * size for text, size in parts))
TEXTS = MIXED | LONG_RUNS | st.text()


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("楓橋經驗", "枫 桥 经 验"),
        ("1963年11月20日", "1963 年 11 月 20 日"),
        ("二○○三年", "二 〇 〇 三 年"),
        ("ＯＣＲ识别", "ocr 识 别"),
        ("A4纸3.5厘米", "a 4 纸 3 5 厘 米"),
        ("don't café", "don t café"),
        ("①1963²年", "1963 年"),
        ("矛\n\n盾——《纠》", "矛 盾 纠"),
        ("テスト", "テ ス ト"),
        ("한국", "한 국"),
        ("。，、 \n", ""),
        ("", ""),
        ("〆々〻", "々 〻"),
    ],
)
def test_texts_fall_into_these_tokens(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_tokens_say_where_they_stand() -> None:
    assert tokens("于 OCR，楓") == [
        Token("于", 0, 1),
        Token("ocr", 2, 5),
        Token("枫", 6, 7),
    ]


def test_of_a_long_run_the_first_64_are_the_token() -> None:
    text = "a" * 70 + "1" * 65 + "枫"
    assert tokens(text) == [
        Token("a" * 64, 0, 64),
        Token("1" * 64, 70, 134),
        Token("枫", 135, 136),
    ]


@given(TEXTS)
def test_a_token_is_the_folded_text_at_its_place(text: str) -> None:
    for token in tokens(text):
        assert fold(text[token.start : token.end]) == token.text
        assert 0 < len(token.text) <= LONGEST


@given(TEXTS)
def test_tokens_of_tokens_are_the_same(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(TEXTS)
@example("𰻝 鿿")
def test_the_engines_get_the_tokens_and_nothing_else(text: str) -> None:
    assert engine_text(text) == " ".join(map(spell, words(text)))


@given(TEXTS)
def test_a_text_without_what_is_in_no_token_is_as_long(text: str) -> None:
    assert len(blank(text)) == len(text)
    assert blank(text).split() == blank(" ".join(blank(text).split())).split()


def test_no_two_tokens_are_spelled_alike() -> None:
    lone = set(words(" ".join(map(chr, range(sys.maxunicode + 1)))))
    spelled = {spell(word) for word in lone}
    assert len(spelled) == len(lone)
    for word in spelled - lone:
        assert len(words(word)) > 1


@given(st.data())
def test_a_phrase_pattern_finds_what_comparing_tokens_finds(
    data: st.DataObject,
) -> None:
    text = data.draw(TEXTS)
    found = tokens(text)
    from_the_text: bool = data.draw(st.booleans())
    if found and from_the_text:
        first = data.draw(st.integers(0, len(found) - 1))
        last = data.draw(st.integers(first, min(first + 3, len(found) - 1)))
        phrase = [token.text for token in found[first : last + 1]]
    else:
        phrase = words(data.draw(TEXTS))[:4] or ["枫"]
    size = len(phrase)
    expected = [
        (found[i].start, found[i + size - 1].end)
        for i in range(len(found) - size + 1)
        if [token.text for token in found[i : i + size]] == phrase
    ]
    pattern, blanked = phrase_pattern(phrase), blank(text)
    matches = (pattern.match(blanked, start) for start in range(len(blanked)))
    assert [match.span() for match in matches if match] == expected
