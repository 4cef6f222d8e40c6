"""Characters fitted to ink: from drawn lines, with the engine's guesses disturbed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.recognition.arrays import Ink
from media.recognition.characters import place_characters
from media.recognition.engine import Word
from media.recognition.lines import TextLine, join_words
from media.recognition.wording import mend
from media.values import Box, Char, enclosing

EM = 40
TOP = 100
# How much of its cell a character's ink takes, from where, in hundredths.
INK_OF = {
    "，": (10, 25),
    "。": (8, 32),
    "1": (10, 44),
    "9": (6, 48),
    "—": (0, 100),
    "a": (4, 51),
}
HALF = frozenset("19a ")


def drawn(text: str, start: int = 60) -> tuple[Ink, list[Box]]:
    """A line of text as blocks of ink, and where each block is."""
    ink = np.zeros((300, start + EM * (len(text) + 4)), np.bool_)
    boxes = []
    x = start
    for char in text:
        first, last = INK_OF.get(char, (5, 95))
        left, right = x + first * EM // 100, x + last * EM // 100
        high = 12 if char in "，。" else EM - 4
        if char not in " \u3000":
            ink[TOP + EM - 2 - high : TOP + EM - 2, left:right] = True
            boxes.append(Box(left, TOP + EM - 2 - high, right - left, high))
        x += EM * 55 // 100 if char in HALF else EM
    return ink, boxes


def line_of(words: list[tuple[str, Box]]) -> TextLine:
    members = tuple(Word(text, box, 90.0, 0) for text, box in words)
    text = join_words([text for text, _ in words])
    return TextLine(text, enclosing(word.box for word in members), 90.0, members)


def guessed(text: str, boxes: list[Box], shift: int) -> TextLine:
    """Each character as a word of its own, ``shift`` pixels beside its ink."""
    return line_of(
        [
            (char, Box(box.x + shift, TOP - 3, max(box.w, 8), EM + 6))
            for char, box in zip(text, boxes, strict=True)
        ]
    )


def overlap(one: Box, other: Box) -> float:
    w = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    h = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    common = max(w, 0) * max(h, 0)
    return common / (one.w * one.h + other.w * other.h - common)


def placed(line: TextLine, ink: Ink) -> tuple[Char, ...]:
    return place_characters(line, ink, EM, "h")


@pytest.mark.parametrize(
    "text",
    ["矛盾纠纷化解", "凡遇矛盾，先听，后断，再记。", "于1991年9月19日", "共a1a9项"],
)
@pytest.mark.parametrize("shift", [-15, 0, 15])
def test_every_character_gets_its_own_ink(text: str, shift: int) -> None:
    ink, boxes = drawn(text)
    chars = placed(guessed(text, boxes, shift), ink)
    assert "".join(char.char for char in chars) == text
    assert min(overlap(c.box, b) for c, b in zip(chars, boxes, strict=True)) > 0.8


@given(
    st.text("甲乙丙丁戊己庚辛壬癸，", min_size=1, max_size=25),
    st.lists(st.integers(-25, 25), min_size=25, max_size=25),
)
def test_guesses_half_a_character_wrong_do_no_harm(
    text: str, shifts: list[int]
) -> None:
    ink, boxes = drawn(text)
    line = line_of(
        [
            (char, Box(max(box.x + shift, 0), TOP - 3, EM, EM + 6))
            for char, box, shift in zip(text, boxes, shifts, strict=False)
        ]
    )
    chars = placed(line, ink)
    assert [char.char for char in chars] == list(text)
    found = [overlap(c.box, b) for c, b in zip(chars, boxes, strict=True)]
    assert np.mean(found) > 0.8


def test_columns_are_lines_that_stand() -> None:
    ink, boxes = drawn("矛盾纠纷")
    line = guessed("矛盾纠纷", boxes, 5)
    standing = line_of(
        [(w.text, Box(w.box.y, w.box.x, w.box.h, w.box.w)) for w in line.words]
    )
    chars = place_characters(standing, np.ascontiguousarray(ink.T), EM, "v")
    expected = [Box(b.y, b.x, b.h, b.w) for b in boxes]
    assert min(overlap(c.box, b) for c, b in zip(chars, expected, strict=True)) > 0.8


def test_a_sign_without_ink_is_dropped() -> None:
    ink, boxes = drawn("第一条\u3000为")
    words = [("第一条", Box(boxes[0].x, TOP, 118, EM)), ("“", Box(180, TOP, 38, EM))]
    chars = placed(line_of([*words, ("为", Box(boxes[3].x, TOP, 36, EM))]), ink)
    assert "".join(char.char for char in chars) == "第一条为"


def test_a_doubted_character_without_ink_is_dropped_and_a_sure_one_stays() -> None:
    ink, boxes = drawn("矛盾")
    for sureness, text in ((10.0, "矛盾"), (95.0, "矛盾加")):
        line = guessed("矛盾", boxes, 0)
        after = Word("加", Box(boxes[1].x + 60, TOP, 36, EM), sureness, 0)
        words = (*line.words, after)
        longer = TextLine("矛盾加", enclosing(word.box for word in words), 90.0, words)
        assert "".join(char.char for char in placed(longer, ink)) == text


def test_a_space_gets_the_gap_and_goes_where_there_is_none() -> None:
    ink, boxes = drawn("aa aa")
    first, second = boxes[:2], boxes[2:]
    width = first[1].x + first[1].w - first[0].x
    line = line_of(
        [
            ("aa", Box(first[0].x, TOP, width, EM)),
            ("aa", Box(second[0].x, TOP, width, EM)),
        ]
    )
    chars = placed(line, ink)
    assert "".join(char.char for char in chars) == "aa aa"
    gap = chars[2].box
    assert first[1].x + first[1].w <= gap.x
    assert gap.x + gap.w <= second[0].x
    ink, boxes = drawn("99")
    split = guessed("99", boxes, 0)
    assert split.text == "9 9"
    assert "".join(char.char for char in placed(split, ink)) == "99"


def test_ink_that_no_character_claims_is_left_out() -> None:
    ink, boxes = drawn("甲乙丙丁戊")
    text, kept = "甲乙丁戊", [boxes[i] for i in (0, 1, 3, 4)]
    chars = placed(guessed(text, kept, 0), ink)
    assert min(overlap(c.box, b) for c, b in zip(chars, kept, strict=True)) > 0.8


def test_a_line_without_any_ink_keeps_its_characters_where_they_were_seen() -> None:
    line = line_of([("甲乙", Box(100, TOP, 80, EM))])
    chars = placed(line, np.zeros((300, 400), np.bool_))
    assert [char.char for char in chars] == ["甲", "乙"]
    assert chars[0].box.x < chars[1].box.x


def mended(text: str, direction: str = "h", dot: Box | None = None) -> str:
    chars = tuple(
        Char(char, dot if dot and char == "." else Box(40 * i, 0, 36, 36))
        for i, char in enumerate(text)
    )
    box = Box(0, 0, 40 * len(text), 40)
    return "".join(
        char.char for char in mend(chars, box, "v" if direction == "v" else "h")
    )


def test_a_zero_between_han_numerals_is_the_han_zero() -> None:
    assert mended("二O二五年") == "二〇二五年"
    assert mended("二(二六年", "v") == "二〇二六年"
    assert mended("二0O三年") == "二〇〇三年"
    assert mended("PDF(二)") == "PDF（二）"
    assert mended("1O2") == "1O2"


def test_signs_after_han_are_full_width_and_others_stay() -> None:
    assert mended("先听,后断;再记:") == "先听，后断；再记："
    assert mended("a,b(c)") == "a,b(c)"
    assert mended("8:30至11:30") == "8:30至11:30"


def test_a_dot_at_half_height_is_the_raised_dot_of_reference_codes() -> None:
    assert mended("WS.2026", dot=Box(90, 17, 6, 6)) == "WS·2026"
    assert mended("WS.2026", dot=Box(90, 34, 6, 6)) == "WS.2026"
