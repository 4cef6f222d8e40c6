"""DOI and ISBN."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.knowledge.identifiers import doi, isbn


@pytest.mark.parametrize(
    "typed",
    ["10.1000/182", " https://doi.org/10.1000/182 ", "DOI：10.1000/182"],
)
def test_a_doi_is_kept_without_its_address(typed: str) -> None:
    assert doi(typed) == "10.1000/182"


@pytest.mark.parametrize("typed", ["", "182", "10.1/182", "https://example.org/182"])
def test_what_is_no_doi_is_refused(typed: str) -> None:
    assert doi(typed) is None


@pytest.mark.parametrize("typed", ["978-0-306-40615-7", "0-306-40615-2", "080442957X"])
def test_an_isbn_with_its_check_digit_is_kept_as_typed(typed: str) -> None:
    assert isbn(f"ISBN {typed}") == typed


@given(st.integers(0, 9), st.integers(0, 12))
def test_a_digit_that_is_wrong_is_found(digit: int, place: int) -> None:
    right = "9780306406157"
    typed = right[:place] + str(digit) + right[place + 1 :]
    assert (isbn(typed) is not None) == (typed == right)
