"""Reference codes have one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.codes import normalise
from archive.errors import InvalidReferenceCode

EXAMPLES = [
    "Z109-WS·2011-Y-BGS-0001",
    "Z109-WS·2011·Y·办公室-0001",
    "J019-ZY·JC·CC·2019·D30-001-001",
    "C038-001-002-003",
]


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_code_in_its_one_spelling_stays_as_it_is(code: str) -> None:
    assert normalise(code) == code


@pytest.mark.parametrize("dot", ["•", "・", "･", ".", "．", "‧", "∙", "⋅"])
def test_other_dots_between_elements_become_the_middle_dot(dot: str) -> None:
    assert normalise(f"Z109-WS{dot}2011{dot}办公室-0001") == "Z109-WS·2011·办公室-0001"


def test_a_full_stop_that_joins_nothing_is_kept() -> None:
    assert normalise("Z109-附.-1") == "Z109-附.-1"


def test_full_width_letters_and_outer_blanks_go() -> None:
    assert normalise(" Ｚ１０９－ＷＳ　") == "Z109-WS"


@pytest.mark.parametrize(
    "code",
    [
        "",
        " ",
        ".",
        "..",
        "·",
        "a/b",
        "a／b",
        "a?b",
        "a？",
        "a#b",
        "a%b",
        "a\\b",
        "a\nb",
        "a\x00",
        "a\u200bb",
        "a\u202eb",
        "x" * 121,
    ],
)
def test_what_cannot_be_a_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidReferenceCode):
        normalise(code)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    try:
        once = normalise(text)
    except InvalidReferenceCode:
        return
    assert normalise(once) == once
    assert not set(once) & set("/?#%\\")
