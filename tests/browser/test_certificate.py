"""The papers for who gave, as a printer gets them."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from archive import acquisitions
from archive.models import Acquisition
from cms.models import User
from tests.browser.conftest import Visit
from tests.factories import UserFactory, registered

pytestmark = [pytest.mark.browser]

A4 = (595, 842)  # points
Open = Callable[[str], Page]


@pytest.fixture
def archivist(transactional_db: None) -> User:
    return UserFactory.create(is_superuser=True)


@pytest.fixture
def signed_in(visit: Visit, live_server: LiveServer, archivist: User) -> Open:
    def open_page(path: str) -> Page:
        page = visit("/")
        client = Client()
        client.force_login(archivist)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [
                {
                    "name": name,
                    "value": client.cookies[name].value,
                    "url": live_server.url,
                }
            ]
        )
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    return open_page


def donation(by: User, things: int) -> Acquisition:
    made = registered(by, quantity=things, contact="样本路一号")
    for n in range(things):
        acquisitions.add_item(
            made,
            title=f"样本合影第 {n + 1} 张，摄于某村小学礼堂",
            material="photograph",
            particulars={"event": "样本会议", "place": "某村", "time": "1963 年秋"},
        )
    return made


def pages_of(pdf: bytes) -> tuple[int, set[tuple[int, int]]]:
    """How many pages, and the sizes of them in whole points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]", pdf)
    sizes = {(round(float(width)), round(float(height))) for width, height in boxes}
    return len(re.findall(rb"/Type\s*/Page\b", pdf)), sizes


@pytest.mark.parametrize("things", [0, 3, 13])
def test_a_certificate_is_one_page_of_a4(
    signed_in: Open, archivist: User, things: int
) -> None:
    made = donation(archivist, things)
    page = signed_in(f"/admin/archive/acquisitions/{made.pk}/certificate/")

    assert page.locator("h1").inner_text() == "捐赠证书"
    assert "样本路" not in page.content()
    page.emulate_media(media="print")
    frame = page.locator(".frame").bounding_box()
    closing = page.locator(".closing").bounding_box()
    assert frame is not None
    assert closing is not None
    assert closing["y"] + closing["height"] <= frame["y"] + frame["height"]
    assert pages_of(page.pdf(prefer_css_page_size=True)) == (1, {A4})


def test_a_long_list_goes_on_over_pages_of_a4(signed_in: Open, archivist: User) -> None:
    made = donation(archivist, 60)
    page = signed_in(f"/admin/archive/acquisitions/{made.pk}/list/")

    count, sizes = pages_of(page.pdf(prefer_css_page_size=True))
    assert count > 1
    assert sizes == {A4}
    assert page.locator("tbody tr").count() >= 60


def test_the_form_shows_the_particulars_of_the_chosen_kind_only(
    signed_in: Open, archivist: User
) -> None:
    made = donation(archivist, 0)
    page = signed_in(f"/admin/archive/acquisitions/{made.pk}/items/new/")

    page.get_by_label("材料种类").select_option("oral")
    assert page.get_by_label("受访者").is_visible()
    assert not page.get_by_label("摄影者").is_visible()
    page.get_by_label("材料种类").press("ArrowUp")
    assert page.get_by_label("尺寸").is_visible()
    assert not page.get_by_label("受访者").is_visible()
