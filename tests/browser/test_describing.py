"""From a scan to a published description, by keyboard and by two people."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from archive.models import Record
from tests.browser.conftest import Visit
from tests.browser.desk import house, sign_in, tab_to
from tests.factories import ARCHIVIST, REVIEWER, record_with_pages

pytestmark = pytest.mark.browser

RECORD = "wagtailsnippets_archive_record"
WORDS = "样本村会议记录\n第二行文字"


@pytest.fixture
def record(site: object) -> Record:
    return record_with_pages(
        WORDS, level="item", reference_code="K-1", title="K-1", repository_code="330681"
    )


def test_an_item_is_described_reviewed_and_given_back_an_old_value(
    visit: Visit, live_server: LiveServer, record: Record
) -> None:
    archivist = house(ARCHIVIST, username="archivist")
    reviewer = house(REVIEWER, username="reviewer")
    page = visit("/")
    sign_in(page, live_server, archivist)
    page.goto(live_server.url + reverse(f"{RECORD}:edit", args=[record.pk]))

    # The title out of the recognised text, without a mouse.
    tab_to(page, "[data-desk-toggle]")
    page.keyboard.press("Enter")
    expect(page.locator("#scan-beside")).to_be_visible()
    tab_to(page, "#id_title")
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+t")
    expect(page.locator("[data-words]")).to_be_focused()
    expect(page.locator("[data-words]")).to_have_value(WORDS)
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+End")
    page.keyboard.press("x")  # it takes no typing
    page.keyboard.press("Alt+i")
    expect(page.locator("#id_title")).to_be_focused()
    expect(page.locator("#id_title")).to_have_value("样本村会议记录")

    # A date that leaves the year open is asked about before it is saved.
    tab_to(page, "#id_date_original")
    page.keyboard.type("癸卯年十月初五")
    expect(page.locator("[name=date-candidate]")).to_have_count(4)
    page.keyboard.press("Control+s")
    expect(page.locator("#id_date_edtf")).to_be_focused()
    page.locator("[name=date-candidate]").nth(2).press("Space")
    expect(page.locator("#id_date_edtf")).to_have_value("1963-11-20")
    tab_to(page, "#id_creators")
    page.keyboard.type("样本村")
    tab_to(page, "#id_retention_code")
    page.keyboard.type("永久")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messages .success")
    expect(page.locator("#id_retention_code")).to_be_focused()

    page.get_by_role("link", name="提交审核").press("Enter")
    page.get_by_role("button", name="提交审核").press("Enter")
    page.wait_for_selector(".messages .success")

    sign_in(page, live_server, reviewer)
    page.goto(live_server.url + reverse("archive_my_work"))
    page.get_by_role("link", name="K-1").first.press("Enter")
    expect(page.locator("main")).to_contain_text("癸卯年十月初五")
    page.get_by_role("link", name="发布著录").press("Enter")
    page.get_by_role("button", name="发布著录").press("Enter")
    page.wait_for_selector(".messages .success")
    assert Record.objects.get(pk=record.pk).description_status == "published"

    # The history tells the difference and gives the old value back, for review.
    sign_in(page, live_server, archivist)
    page.goto(live_server.url + reverse("archive_history", args=[record.pk]))
    changed = page.locator("li", has_text="恢复为原值")
    expect(changed.locator("del").first).to_have_text("K-1")
    changed.get_by_role("link", name="恢复为原值").press("Enter")
    page.get_by_role("button", name="恢复为原值").press("Enter")
    expect(page.locator("#id_title")).to_have_value("K-1")
    assert Record.objects.get(pk=record.pk).title == "样本村会议记录"
