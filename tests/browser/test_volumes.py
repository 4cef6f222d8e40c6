"""Dividing a volume by keyboard alone."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from archive.models import Record
from tests.browser.conftest import Visit
from tests.factories import RecordFactory, UserFactory, record_with_pages

pytestmark = pytest.mark.browser


@pytest.fixture
def volume(site: object) -> Record:
    record = record_with_pages(*"一二三四五六", reference_code="V-001", title="样本卷")
    for number in (1, 2):
        RecordFactory.create(
            parent=record, level="item", reference_code=f"V-001-00{number}"
        )
    return record


@pytest.fixture
def screen(visit: Visit, live_server: LiveServer, volume: Record) -> Page:
    page = visit("/")
    client = Client()
    client.force_login(UserFactory.create(is_superuser=True))
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    cookie: Any = {"name": name, "value": value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(live_server.url + reverse("archive_volume", args=(volume.pk,)))
    return page


def pages(volume: Record) -> list[tuple[int | None, int | None]]:
    items = Record.objects.filter(parent=volume).order_by("position", "pk")
    return [(one.first_page, one.last_page) for one in items]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_items_get_their_pages_with_letters_and_arrows(
    screen: Page, volume: Record
) -> None:
    screen.locator("[data-page='1']").focus()
    press(screen, "b", "ArrowRight", "e")
    press(screen, "ArrowRight", "b", "End", "e")
    holders = screen.locator("[data-holders]")
    expect(holders).to_have_text(["001", "001", "002", "002", "002", "002"])
    assert pages(volume) == [(None, None), (None, None)]

    press(screen, "Control+s")
    expect(screen.get_by_text("已保存 2 件的页。")).to_be_visible()
    assert pages(volume) == [(1, 2), (3, 6)]
    expect(screen.get_by_text("每页都有所属。")).to_be_visible()


def test_an_item_is_begun_where_the_keyboard_stands(
    screen: Page, volume: Record
) -> None:
    screen.locator("[data-page='1']").focus()
    # Nothing is saved in between: what was given out goes along.
    press(screen, "b", "End", "e", "Home")
    press(screen, "ArrowRight", "ArrowRight", "ArrowRight", "n")
    screen.keyboard.type("新的一件")
    press(screen, "Enter")
    expect(screen.get_by_text("已新建“V-001-003”。")).to_be_visible()
    assert sorted(one for one in pages(volume) if one[0]) == [(1, 3), (4, 6)]


def test_a_page_is_enlarged_and_put_back(screen: Page) -> None:
    screen.locator("[data-page='2']").press("Enter")
    dialog = screen.locator("[data-dialog]")
    expect(dialog).to_be_visible()
    expect(dialog.locator("img")).to_have_js_property("complete", True)
    press(screen, "Escape")
    expect(dialog).to_be_hidden()
    expect(screen.locator("[data-page='2']")).to_be_focused()
