"""An organiser rolls the week over in the real admin; a visitor reads the week."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.models import EventPage, ProgrammePage
from cms.publicity_week.dates import week_of
from tests.browser.conftest import PHONE, Visit
from tests.browser.desk import house, sign_in
from tests.cms.week.building import event, programme

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile"),
]

ORGANISER = "组织者 organiser"


def test_an_organiser_rolls_the_week_over_and_sees_drafts(
    visit: Visit, live_server: LiveServer
) -> None:
    below = programme(2026)
    event(below, "seminar", title="研讨会", hours=("14:00", "16:30"))
    event(below, "closing", title="闭幕", day=week_of(2026).last)
    page: Page = visit("/publicity-week/2026/")
    sign_in(page, live_server, house(ORGANISER, username="organiser"))

    page.goto(f"{live_server.url}/admin/pages/{below.pk}/")
    page.get_by_role("button", name="操作", exact=False).first.click()
    page.get_by_role("link", name="滚动到下一年").click()
    expect(page.get_by_label("滚动到哪一年")).to_have_value("2027")
    page.get_by_label("闭幕").uncheck()
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("cell", name="2027-11-15")).to_be_visible()
    expect(page.get_by_role("cell", name="闭幕")).to_have_count(0)
    assert not ProgrammePage.objects.filter(year=2027).exists()

    page.get_by_role("button", name="建立草稿").click()
    expect(page.get_by_text("已建立 2027 年的日程和 1 场活动")).to_be_visible()
    expect(page.get_by_role("link", name="研讨会").first).to_be_visible()
    made = ProgrammePage.objects.get(year=2027)
    assert not made.live
    (copied,) = EventPage.objects.child_of(made)
    assert copied.day == week_of(2027).first
    assert not copied.live

    # Once more: refused, and what there is stays.
    page.goto(f"{live_server.url}/admin/publicity-week/{below.pk}/roll-over/")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("2027 年已有日程，未作改动")).to_be_visible()
    assert ProgrammePage.objects.filter(year=2027).count() == 1


def test_a_visitor_goes_from_the_day_to_the_event_and_its_calendar(
    visit: Visit, live_server: LiveServer
) -> None:
    below = programme(2026)
    event(below, "closing", title="闭幕", day=week_of(2026).last)
    page: Page = visit("/publicity-week/2026/", PHONE, scripts=False)
    page.get_by_role("navigation", name="按日查看").get_by_text("22").click()
    expect(page.locator("#d1122")).to_be_in_viewport()
    # Without scripts nothing would be printed by it.
    expect(page.get_by_text("打印日程")).to_be_hidden()
    page.get_by_role("link", name="闭幕").click()
    expect(page.get_by_role("heading", name="闭幕")).to_be_visible()
    link = page.get_by_role("link", name="加入日历").get_attribute("href")
    got = page.request.get(f"{live_server.url}{link}")
    assert got.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in got.text()


def test_the_timetable_prints_without_its_tools(visit: Visit) -> None:
    below = programme(2026)
    event(below, title="开幕宣讲")
    page: Page = visit("/publicity-week/2026/")
    expect(page.get_by_role("button", name="打印日程")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="打印日程")).to_be_hidden()
    expect(page.locator(".jump")).to_be_hidden()
    expect(page.get_by_text("开幕宣讲").first).to_be_visible()
