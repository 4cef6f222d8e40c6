"""Next year's week, made of this year's."""

from datetime import date, time
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.models import EventPage, Occasion, ProgrammePage
from cms.publicity_week import rollover
from cms.publicity_week.dates import week_of
from tests.browser.sample_site import front_page
from tests.cms.admin.conftest import ClientOf, client_of, groups
from tests.cms.week import building
from tests.cms.week.building import event, programme, signed_up
from tests.factories import ADMINISTRATOR, REVIEWER, UserFactory
from tests.threads import at_once

__all__ = ["client_of", "groups"]

pytestmark = pytest.mark.django_db

ORGANISER, EDITOR = "组织者 organiser", "编辑 editor"


@pytest.fixture
def year() -> ProgrammePage:
    """Three events: one that took registrations, one to come alone, one draft."""
    page = programme(
        title="2026 年宣传周",
        theme="今年的主题",
        summary="11 月 16 日至 22 日",
        after=[("text", "<p>全周纪要</p>")],
    )
    held = event(
        page,
        "seminar",
        title="研讨",
        day=date(2026, 11, 18),
        hours=("14:00", "16:30"),
        after=[("text", "<p>会议纪要</p>")],
        before=[("text", "<p>请带旧纸</p>")],
    )
    occasion = building.occasion_of(held)
    occasion.takes_registrations, occasion.capacity = True, 24
    occasion.has_waiting_list, occasion.keep_days = False, 30
    occasion.save()
    signed_up(occasion, 3)
    event(page, "closing", title="闭幕", day=date(2026, 11, 22))
    event(page, "draft", title="未定的一场", published=False)
    page.refresh_from_db()
    return page


def ids(page: ProgrammePage) -> list[int]:
    return [one.pk for one in rollover.events_of(page)]


def test_events_keep_weekday_and_hours(year: ProgrammePage) -> None:
    made = rollover.roll_over(year, 2027, ids(year), UserFactory.create())
    assert made.week == week_of(2027)
    assert made.get_url_parts()[2] == "/publicity-week/2027/"
    assert made.title == "2027 年宣传周"
    events = {one.slug: one for one in EventPage.objects.child_of(made)}
    assert events.keys() == {"seminar", "closing", "draft"}
    seminar = events["seminar"]
    assert (seminar.day, seminar.starts, seminar.ends) == (
        date(2027, 11, 17),
        time(14),
        time(16, 30),
    )
    assert seminar.day.weekday() == date(2026, 11, 18).weekday()
    assert events["closing"].day == date(2027, 11, 21)


def test_what_is_made_are_drafts_without_what_came_of_the_old(
    year: ProgrammePage,
) -> None:
    user = UserFactory.create()
    made = rollover.roll_over(year, 2027, ids(year), user)
    for page in (made, *EventPage.objects.child_of(made)):
        draft = page.get_latest_revision_as_object()
        assert not page.live
        assert not page.after
        assert not draft.after
        assert page.owner == user
        assert page.first_published_at is None
        assert Client().get(page.get_url()).status_code == 404
    assert (made.theme, made.summary) == ("", "")
    seminar = EventPage.objects.child_of(made).get(slug="seminar")
    assert "请带旧纸" in str(seminar.before)


def test_how_people_sign_up_goes_along_and_who_did_does_not(
    year: ProgrammePage,
) -> None:
    made = rollover.roll_over(year, 2027, ids(year), UserFactory.create())
    old = Occasion.objects.get(event_page__slug="seminar", capacity=24, is_public=True)
    seminar = EventPage.objects.child_of(made).get(slug="seminar")
    new = building.occasion_of(seminar)
    assert new != old
    assert new.uid != old.uid
    assert (new.capacity, new.has_waiting_list, new.keep_days) == (24, False, 30)
    assert not new.is_public
    assert not new.takes_registrations
    assert new.registrations.count() == 0
    assert old.registrations.count() == 3
    assert new.starts_at.date() == date(2027, 11, 17)
    # A draft that was never told of has no occasion, and its copy none.
    assert EventPage.objects.child_of(made).get(slug="draft").occasion is None

    seminar.get_latest_revision().publish()
    told = building.occasion_of(seminar)
    assert told == new
    assert told.is_public


def test_the_old_year_stays_as_it_is(year: ProgrammePage) -> None:
    before = Client().get("/publicity-week/2026/").content
    rollover.roll_over(year, 2027, ids(year), UserFactory.create())
    assert Client().get("/publicity-week/2026/").content == before


def test_only_chosen_events_go_along(year: ProgrammePage) -> None:
    closing = EventPage.objects.get(slug="closing")
    made = rollover.roll_over(year, 2028, [closing.pk], UserFactory.create())
    assert [one.slug for one in EventPage.objects.child_of(made)] == ["closing"]


def test_a_year_announced_otherwise_rolls_over_to_the_rule(db: None) -> None:
    page = programme(first_day=date(2026, 11, 9), last_day=date(2026, 11, 15))
    event(page, day=date(2026, 11, 14))
    made = rollover.roll_over(page, 2027, ids(page), UserFactory.create())
    assert made.week == week_of(2027)
    assert EventPage.objects.child_of(made).get().day == date(2027, 11, 20)


def test_a_year_that_is_there_is_refused(year: ProgrammePage) -> None:
    programme(2027)
    before = Page.objects.count()
    with pytest.raises(rollover.RollOverError, match="2027 年已有日程"):
        rollover.roll_over(year, 2027, ids(year), UserFactory.create())
    assert Page.objects.count() == before


def test_nothing_is_made_when_one_event_fails(
    year: ProgrammePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rollover._event

    def breaks(page: EventPage, *rest: Any) -> None:
        whole(page, *rest)
        if page.slug == "closing":
            raise RuntimeError("the disk is full")

    monkeypatch.setattr(rollover, "_event", breaks)
    pages, occasions = Page.objects.count(), Occasion.objects.count()
    with pytest.raises(RuntimeError):
        rollover.roll_over(year, 2027, ids(year), UserFactory.create())
    assert (Page.objects.count(), Occasion.objects.count()) == (pages, occasions)
    assert not ProgrammePage.objects.filter(year=2027).exists()


def test_events_of_another_year_are_refused(year: ProgrammePage) -> None:
    other = event(programme(2025))
    with pytest.raises(rollover.RollOverError, match="请重新选择"):
        rollover.plan(year, 2027, [other.pk])


@pytest.mark.parametrize(
    ("group", "status"),
    [(ORGANISER, 200), (ADMINISTRATOR, 200), (EDITOR, 302), (REVIEWER, 302)],
)
def test_organisers_and_administrators_roll_over(
    client_of: ClientOf, year: ProgrammePage, group: str, status: int
) -> None:
    client = client_of(group)
    address = reverse("week_roll_over", args=[year.pk])
    assert client.get(address).status_code == status
    client.post(address, {"year": 2027, "events": ids(year), "apply": "1"})
    there = ProgrammePage.objects.filter(year=2027).exists()
    assert there is (status == 200)


def test_the_form_shows_the_dates_and_then_makes_them(
    client_of: ClientOf, year: ProgrammePage
) -> None:
    client = client_of(ORGANISER)
    address = reverse("week_roll_over", args=[year.pk])
    sent = {"year": "2027", "events": ids(year)}
    seen = client.post(address, {**sent, "preview": "1"}).content.decode()
    assert "2027-11-17" in seen
    assert not ProgrammePage.objects.filter(year=2027).exists()

    answer = client.post(address, {**sent, "apply": "1"})
    made = ProgrammePage.objects.get(year=2027)
    assert answer["Location"] == reverse("wagtailadmin_explore", args=[made.pk])
    again = client.post(address, {**sent, "apply": "1"}).content.decode()
    assert "2027 年已有日程，未作改动" in again
    assert ProgrammePage.objects.filter(year=2027).count() == 1


def test_the_button_stands_on_the_programme_for_those_who_may(
    client_of: ClientOf, year: ProgrammePage
) -> None:
    address = reverse("wagtailadmin_explore", args=[year.pk])
    button = reverse("week_roll_over", args=[year.pk])
    assert button in client_of(ORGANISER).get(address).content.decode()
    assert button not in client_of(EDITOR).get(address).content.decode()


def test_organisers_write_below_the_week_and_nowhere_else(
    client_of: ClientOf, year: ProgrammePage
) -> None:
    client = client_of(ORGANISER)
    section = year.get_parent()
    home = section.get_parent()

    def may(view: str, *args: Any) -> bool:
        return bool(client.get(reverse(view, args=args)).status_code == 200)

    assert may("wagtailadmin_pages:add", "cms", "programmepage", section.pk)
    assert may("wagtailadmin_pages:add", "cms", "eventpage", year.pk)
    assert may("wagtailadmin_pages:edit", year.pk)
    assert not may("wagtailadmin_pages:add", "cms", "standardpage", home.pk)
    assert not may("wagtailadmin_pages:edit", home.pk)


def test_permission_is_that_of_the_group(groups: None) -> None:
    right = Permission.objects.get(codename="roll_over_programmepage")
    names = set(right.group_set.values_list("name", flat=True))
    assert names == {ORGANISER, ADMINISTRATOR}


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_year() -> None:
    from django.db import connection

    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    front_page()
    page = programme()
    event(page)
    user = UserFactory.create()
    refused = at_once(lambda _n: rollover.roll_over(page, 2027, ids(page), user), 2)
    assert [type(one) for one in refused] == [rollover.RollOverError]
    assert ProgrammePage.objects.filter(year=2027).count() == 1
