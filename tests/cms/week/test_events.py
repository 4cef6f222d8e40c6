"""What may be published of a week, and what events tell their occasions."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from cms.models import EventPage, Occasion, ProgrammePage
from cms.publicity_week.dates import Week, week_of
from tests.cms.week import building
from tests.cms.week.building import event, programme, signed_up

pytestmark = pytest.mark.django_db


def test_two_programmes_of_a_year_are_refused() -> None:
    programme()
    with pytest.raises(ValidationError, match="2026 年已有日程"):
        programme()
    assert ProgrammePage.objects.count() == 1


def test_a_published_programme_keeps_its_year() -> None:
    page = programme()
    page.year = 2028
    with pytest.raises(ValidationError, match="不能改年份"):
        page.full_clean()


def test_announcing_other_dates_touches_no_other_year() -> None:
    programme(2025)
    programme(2027)
    page = programme(first_day=date(2026, 11, 9), last_day=date(2026, 11, 15))
    assert page.week == Week(date(2026, 11, 9), date(2026, 11, 15))
    others = ProgrammePage.objects.exclude(pk=page.pk)
    assert {one.year: one.week for one in others} == {
        2025: week_of(2025),
        2027: week_of(2027),
    }
    page.first_day = page.last_day = None
    assert page.week == week_of(2026)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"first_day": date(2026, 11, 9)}, "要么都填"),
        (
            {"first_day": date(2026, 11, 9), "last_day": date(2026, 11, 8)},
            "早于起始日期",
        ),
        (
            {"first_day": date(2025, 11, 9), "last_day": date(2025, 11, 12)},
            "不在 2026 年",
        ),
        ({"first_day": date(2026, 10, 1), "last_day": date(2026, 11, 8)}, "至多 31 天"),
    ],
)
def test_dates_that_cannot_be_are_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        programme(**fields)
    assert not ProgrammePage.objects.exists()


def test_an_event_lies_in_its_week() -> None:
    page = programme()
    with pytest.raises(ValidationError) as refused:
        event(page, day=date(2026, 11, 23))
    assert "2026-11-16 至 2026-11-22" in str(refused.value)
    assert not EventPage.objects.exists()
    with pytest.raises(ValidationError, match="不晚于开始"):
        event(page, hours=("10:00", "10:00"))


def test_a_week_is_not_moved_away_from_its_events() -> None:
    page = programme()
    event(page)
    page.first_day, page.last_day = date(2026, 11, 18), date(2026, 11, 24)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "2026-11-16 开幕宣讲" in str(refused.value)
    page.first_day = date(2026, 11, 16)
    page.full_clean()


def test_publishing_tells_the_occasion_and_drafts_do_not() -> None:
    page = event(programme())
    occasion = building.occasion_of(page)
    assert occasion.title == "开幕宣讲"
    assert occasion.starts_at == datetime(2026, 11, 16, 1, tzinfo=ZoneInfo("UTC"))
    assert occasion.url == "/publicity-week/2026/opening/"
    assert occasion.is_public
    assert not occasion.takes_registrations

    page.title, page.place = "改了名的宣讲", "另一处"
    draft = page.save_revision()
    assert building.occasion_of(page).title == "开幕宣讲"
    draft.publish()
    told = building.occasion_of(page)
    assert (told.title, told.place, told.sequence) == ("改了名的宣讲", "另一处", 1)
    assert told.uid == occasion.uid

    EventPage.objects.get(pk=page.pk).unpublish()
    assert not building.occasion_of(page).is_public


def test_an_older_text_is_still_of_the_same_occasion() -> None:
    below = programme()
    page = event(below, published=False)
    first = page.get_latest_revision()
    first.publish()
    occasion = building.occasion_of(page)
    first.publish()
    assert building.occasion_of(page) == occasion
    assert Occasion.objects.count() == 1


def test_a_restricted_event_is_not_public() -> None:
    below = programme()
    page = event(below)
    lock = PageViewRestriction.objects.create(page=below, restriction_type="login")
    assert not building.occasion_of(page).is_public
    lock.delete()
    assert building.occasion_of(page).is_public


def test_an_occasion_that_nobody_signed_up_for_goes_with_its_event() -> None:
    below = programme()
    event(below).delete()
    assert not Occasion.objects.exists()
    kept = event(below, "again")
    signed_up(building.occasion_of(kept), 1)
    kept.delete()
    occasion = Occasion.objects.get()
    assert not occasion.is_public
    assert occasion.registrations.count() == 1
