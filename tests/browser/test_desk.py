"""Describing with the scan beside the form, by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from archive.models import Record
from tests.browser.conftest import Visit
from tests.browser.desk import house, sign_in
from tests.factories import ARCHIVIST, record_with_pages

pytestmark = pytest.mark.browser

RECORD = "wagtailsnippets_archive_record"
FIRST, SECOND = "会议记录一份", "第二页的字"


@pytest.fixture
def pair(site: object) -> list[Record]:
    """Two records with pages, one after the other."""
    return [
        record_with_pages(FIRST, SECOND, reference_code=f"K-{n}", title="待著录")
        for n in (1, 2)
    ]


def test_pages_are_turned_words_taken_and_the_next_record_reached(
    visit: Visit, live_server: LiveServer, pair: list[Record]
) -> None:
    page = visit("/")
    sign_in(page, live_server, house(ARCHIVIST, username="archivist"))
    page.goto(live_server.url + reverse(f"{RECORD}:edit", args=[pair[0].pk]))
    scan = page.locator("#scan-beside")
    expect(scan).to_be_hidden()

    page.locator("[data-desk-toggle]").press("Enter")
    expect(scan).to_be_visible()
    page.locator("[data-text]").press("Enter")
    expect(page.locator("[data-words]")).to_have_value(FIRST)
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("[data-words]")).to_have_value(SECOND)
    page.keyboard.press("Alt+PageUp")
    expect(page.locator("[data-words]")).to_have_value(FIRST)
    expect(page.locator("[data-image]")).to_have_js_property("complete", True)

    page.locator("#id_genre").focus()
    page.keyboard.press("Alt+t")
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+i")
    expect(page.locator("#id_genre")).to_have_value(FIRST)
    page.keyboard.press("Alt+n")
    page.wait_for_url(f"**/edit/{pair[1].pk}/")
    assert Record.objects.get(pk=pair[0].pk).genre == FIRST
    # It stays open for the next one, which begins at its title.
    expect(page.locator("#scan-beside")).to_be_visible()
    expect(page.locator("#id_title")).to_be_focused()
