"""The rule of the date, against a calendar made another way."""

import calendar
from datetime import date, timedelta

import pytest

from cms.publicity_week.dates import Week, same_weekday, week_of

YEARS = range(2020, 2061)


def third_monday(year: int) -> int:
    """The day of the month, out of the leaf that Python's calendar prints."""
    leaf = calendar.monthcalendar(year, 11)
    mondays = [row[calendar.MONDAY] for row in leaf if row[calendar.MONDAY]]
    return mondays[2]


@pytest.mark.parametrize("year", YEARS)
def test_the_week_is_that_of_the_third_monday_of_november(year: int) -> None:
    week = week_of(year)
    assert week.first == date(year, 11, third_monday(year))
    assert week.first.isoweekday() == 1
    assert 15 <= week.first.day <= 21
    assert week.last == week.first + timedelta(days=6)
    assert week.last.isoweekday() == 7
    assert {day.month for day in week.days} == {11}
    assert len(week.days) == 7


@pytest.mark.parametrize(
    ("year", "day"),
    # Off printed calendars: a November that begins on each day of the week.
    [
        (2021, 15),
        (2022, 21),
        (2023, 20),
        (2024, 18),
        (2025, 17),
        (2026, 16),
        (2029, 19),
        (2027, 15),
    ],
)
def test_years_that_are_known(year: int, day: int) -> None:
    assert week_of(year).first == date(year, 11, day)


def test_a_week_has_both_its_ends() -> None:
    week = week_of(2026)
    assert date(2026, 11, 16) in week
    assert date(2026, 11, 22) in week
    assert date(2026, 11, 15) not in week
    assert date(2026, 11, 23) not in week


def test_a_day_keeps_its_weekday_in_another_week() -> None:
    week = week_of(2027)
    assert same_weekday(date(2026, 11, 18), week) == date(2027, 11, 17)
    assert same_weekday(date(2026, 11, 22), week) == date(2027, 11, 21)


def test_a_short_week_may_not_have_the_weekday() -> None:
    short = Week(date(2026, 11, 16), date(2026, 11, 18))
    with pytest.raises(ValueError, match="no weekday 4"):
        same_weekday(date(2026, 11, 20), short)
