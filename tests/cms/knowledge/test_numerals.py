"""Numbers of articles in Chinese, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.knowledge.numerals import MOST, read, written


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (21, "二十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (999, "九百九十九"),
    ],
)
def test_numbers_are_written_as_laws_write_them(number: int, words: str) -> None:
    assert written(number) == words
    assert read(words) == number


@given(st.integers(1, MOST))
def test_what_was_written_is_read_as_the_same_number(number: int) -> None:
    assert read(written(number)) == number


@given(st.text("零〇一二三四五六七八九两十百", max_size=8))
def test_no_other_numeral_is_read_as_a_number_that_is_written_otherwise(
    numeral: str,
) -> None:
    number = read(numeral)
    assert number is None or 1 <= number <= MOST


@pytest.mark.parametrize("numeral", ["", "零", "一二", "二十十", "百百", "十百"])
def test_what_is_no_numeral_is_not_read(numeral: str) -> None:
    assert read(numeral) is None


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_other_numbers_are_not_written(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        written(number)
