"""The pages of the week, as readers get them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cms.demonstration import week as demonstration
from cms.models import EventPage, Occasion, ProgrammePage
from cms.publicity_week.programme import slots_of
from tests.cms.week import building
from tests.cms.week.building import coming_year, event, programme, signed_up, text_of

pytestmark = pytest.mark.django_db


def test_a_programme_is_found_by_its_year() -> None:
    page = programme(slug="what-somebody-typed")
    assert page.slug == "2026"
    event(page, summary="提要在此")
    said = text_of("/publicity-week/2026/")
    for words in ("2026 年宣传周", "开幕宣讲", "报告厅", "提要在此", 'id="d1116"'):
        assert words in said
    assert '<time datetime="2026-11-16T09:00:00+08:00">' in said


def test_what_one_can_do_stands_beside_each_event() -> None:
    page = programme(coming_year())
    now = timezone.now()
    states: dict[str, tuple[dict[str, Any], int, str]] = {
        "free": ({}, 0, "无须报名|不用报名"),
        "open": ({"takes_registrations": True, "capacity": 5}, 2, "余 3"),
        "waits": ({"takes_registrations": True, "capacity": 2}, 2, "登记候补"),
        "later": (
            {"takes_registrations": True, "opens_at": now + timedelta(days=1)},
            0,
            "起报名|开始。",
        ),
        "closed": (
            {"takes_registrations": True, "closes_at": now - timedelta(days=1)},
            0,
            "报名已截止|报名已经截止",
        ),
        "off": ({"is_cancelled": True, "cancel_reason": "改期再办"}, 0, "改期再办"),
    }
    for slug, (fields, people, _words) in states.items():
        occasion = building.occasion_of(event(page, slug))
        Occasion.objects.filter(pk=occasion.pk).update(**fields)
        signed_up(occasion, people)
    timetable = text_of(page.get_url())
    for slug, (_fields, _people, words) in states.items():
        listed, _bar, alone = words.partition("|")
        assert listed in timetable, slug
        assert (alone or words) in text_of(f"{page.get_url()}{slug}/"), slug
    assert "余 3 席" in timetable
    assert "已满，候补 0 人" in timetable
    way = reverse(
        "registration", args=[Occasion.objects.get(event_page__slug="open").uid]
    )
    assert f'href="{way}"' in timetable


def test_a_past_week_stays_where_it_was_and_says_that_it_is_over() -> None:
    page = programme(2024)
    after = [("text", "<p>纪要在此</p>")]
    event(page, after=after)
    said = text_of("/publicity-week/2024/")
    assert "已结束" in said
    assert "/publicity-week/2024/opening/#outcomes" in said
    assert "纪要在此" in text_of("/publicity-week/2024/opening/")
    assert "/publicity-week/2024/" in text_of("/publicity-week/")


def test_by_place_lists_each_place_once() -> None:
    page = programme()
    event(page, "one", title="头一场", place="甲处")
    event(page, "two", title="又一场", place="乙处", day=date(2026, 11, 17))
    event(page, "three", title="再一场", place="甲处", day=date(2026, 11, 18))
    said = text_of("/publicity-week/2026/by-place/").partition("<main")[2]
    assert said.count(">甲处</span></h2>") == 1
    assert said.index("头一场") < said.index("再一场") < said.index("又一场")


def test_a_timetable_costs_the_same_for_any_number_of_events(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page = programme()
    for number in range(2):
        event(page, f"few-{number}")
    with django_assert_num_queries(4):  # restrictions, locale, events, people
        assert len(slots_of(page)) == 2
    for number in range(6):
        event(page, f"many-{number}")
    with django_assert_num_queries(4):
        assert len(slots_of(page)) == 8


def test_a_whole_page_costs_the_same_for_any_number_of_events() -> None:
    page = programme()

    def cost(url: str) -> int:
        text_of(url)
        with CaptureQueriesContext(connection) as queries:
            text_of(url)
        return len(queries)

    event(page, "first")
    urls = ("/publicity-week/2026/", "/publicity-week/2026/by-place/")
    few = [cost(url) for url in urls]
    for number in range(6):
        event(page, f"more-{number}")
    assert [cost(url) for url in urls] == few


def test_the_demonstration_is_made_once_and_labelled() -> None:
    building.section()
    demonstration.add()
    demonstration.add()
    assert ProgrammePage.objects.count() == 2
    assert EventPage.objects.count() == 16
    assert not EventPage.objects.filter(is_demonstration=False).exists()
    for year in (2025, 2026):
        said = text_of(f"/publicity-week/{year}/")
        assert said.count('class="event') == 8
        assert "演示材料" in said
    assert demonstration.add_english()
    english = text_of("/en/publicity-week/2026/")
    assert "Written down, found again" in english
    assert "研讨：登记簿何以成为史料" in english
