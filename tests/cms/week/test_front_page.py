"""The week on the front page, the next dates, and what the page cache keeps."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from cms.publicity_week.strip import strip
from cms.publicity_week.years import next_week
from cms.registration import running, taking
from cms.registration.occasions import call_off
from tests.cms.registration.building import person
from tests.cms.week import building
from tests.cms.week.building import FIRST, coming_year, event, programme, text_of

pytestmark = pytest.mark.django_db


def test_the_next_dates_are_announced_without_a_programme() -> None:
    building.section()
    coming = next_week([], timezone.localdate())
    said = text_of("/publicity-week/")
    assert f"{coming.first.month} 月 {coming.first.day} 日" in said
    assert "日程待公布" in said


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 3, 1), date(2026, 11, 16)),
        (date(2026, 11, 22), date(2026, 11, 16)),
        (date(2026, 11, 23), date(2027, 11, 15)),
    ],
)
def test_the_next_week_is_this_years_until_it_is_over(today: date, first: date) -> None:
    assert next_week([], today).first == first


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (FIRST - timedelta(days=31), 0),
        (FIRST - timedelta(days=30), 7),
        (FIRST + timedelta(days=6), 7),
        (FIRST + timedelta(days=7), 0),
    ],
)
def test_the_front_page_has_the_week_while_it_is_near(
    monkeypatch: pytest.MonkeyPatch, today: date, days: int
) -> None:
    event(programme(), title="近在眼前")
    monkeypatch.setattr(timezone, "localdate", lambda *_: today)
    shown = strip()
    assert shown is not None
    assert len(shown.days) == days
    assert ("近在眼前" in _strip_of(text_of("/"))) is bool(days)


def _strip_of(front: str) -> str:
    return front.partition('class="weekstrip"')[2].partition("</ol>")[0]


def test_the_front_page_says_nothing_without_the_section() -> None:
    assert strip() is None
    assert "weekstrip" not in text_of("/")


def test_the_cache_gives_out_no_old_seats(
    settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    page = event(programme(coming_year()))
    occasion = building.occasion_of(page)
    url = page.get_parent().get_url()
    with django_capture_on_commit_callbacks(execute=True):
        values = {"takes_registrations": True, "capacity": 5}
        running.change(occasion.pk, values, user=None)
    assert "余 5 席" in text_of(url)
    with django_capture_on_commit_callbacks(execute=True):
        taking.take(occasion.pk, person())
    assert "余 4 席" in text_of(url)
    with django_capture_on_commit_callbacks(execute=True):
        call_off(occasion.pk)
    assert "已取消" in text_of(url)
