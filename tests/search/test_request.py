import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.openness import Audience
from archive.readers import Reader
from search.request import access_for, build, read_dates
from search.results import SearchParams


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("1953", "1953-01-01", "1953-12-31"),
        ("1953-2", "1953-02-01", "1953-02-28"),
        ("1952-02", "1952-02-01", "1952-02-29"),
        ("1963-11-20", "1963-11-20", "1963-11-20"),
        ("", None, None),
    ],
)
def test_a_year_a_month_or_a_day_bounds_the_range(
    typed: str, first: str | None, last: str | None
) -> None:
    dates = read_dates(SearchParams(date_from=typed, date_to=typed))
    assert (dates.first, dates.last, dates.notice) == (first, last, "")


@pytest.mark.parametrize("typed", ["去年", "1953-13", "1953-02-30", "0000", "19530101"])
def test_a_date_that_cannot_be_read_is_said_to_be_so(typed: str) -> None:
    dates = read_dates(SearchParams(date_from=typed))
    assert dates.first is None
    assert typed in dates.notice


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_typed_date_raises(first: str, last: str) -> None:
    read_dates(SearchParams(date_from=first, date_to=last))


@pytest.mark.django_db
def test_unknown_filters_and_empty_values_are_passed_over() -> None:
    params = SearchParams(filters={"tag": ("", "调解"), "colour": ("red",)}, page=3)
    request = build(params, None, read_dates(params), Reader())
    assert request.filters.values == {"tag": ("调解",)}
    assert request.offset == 2 * params.page_size


@pytest.mark.django_db
def test_grants_are_grouped_by_the_audience_they_lift_to() -> None:
    reader = Reader(
        Audience.PUBLIC,
        {3: Audience.STAFF, 5: Audience.READING_ROOM, 7: Audience.STAFF},
    )
    access = access_for(reader)
    assert access.granted == {2: frozenset({3, 7}), 1: frozenset({5})}
    assert access.excluded_paths == ()
