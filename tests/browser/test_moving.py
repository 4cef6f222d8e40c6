"""A file with its items goes to another series: codes shown first, and lead on."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from archive.models import Record
from search.drain import drain
from tests.browser.conftest import Visit
from tests.browser.desk import house, sign_in
from tests.factories import ARCHIVIST, RecordFactory

pytestmark = pytest.mark.browser

INSPECT = "wagtailsnippets_archive_record:inspect"


@pytest.fixture
def file(site: object) -> Record:
    fonds = RecordFactory.create(level="fonds", reference_code="Z109")
    here = RecordFactory.create(
        parent=fonds, level="series", reference_code="Z109-WS", title="文书"
    )
    RecordFactory.create(
        parent=fonds, level="series", reference_code="Z109-KJ", title="科技"
    )
    file = RecordFactory.create(parent=here, level="file", reference_code="Z109-WS-001")
    RecordFactory.create(parent=file, level="item", reference_code="Z109-WS-001-001")
    while drain():
        pass
    moved: Record = file
    return moved


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_subtree_is_moved_after_a_look_at_its_new_codes(
    visit: Visit, live_server: LiveServer, file: Record, size: tuple[int, int]
) -> None:
    page = visit("/", size=size)
    sign_in(page, live_server, house(ARCHIVIST, username="archivist"))
    page.goto(live_server.url + reverse("archive_move", args=[file.pk]))
    page.get_by_role("button", name="选择档案").click()
    page.get_by_label("检索").fill("科技")
    page.get_by_role("link", name="Z109-KJ 科技").click()
    expect(page.locator("main")).to_contain_text("Z109-KJ 科技")
    page.get_by_role("button", name="预览").click()
    rows = page.locator("main table.listing tbody tr")
    expect(rows).to_have_text(
        ["Z109-WS-001Z109-KJ-001", "Z109-WS-001-001Z109-KJ-001-001"]
    )
    wide, inner = page.evaluate(
        "() => [document.documentElement.scrollWidth, innerWidth]"
    )
    assert wide <= inner
    assert Record.objects.get(pk=file.pk).reference_code == "Z109-WS-001"

    page.get_by_role("button", name="执行移动").click()
    page.wait_for_url(f"**{reverse(INSPECT, args=[file.pk])}")
    assert Record.objects.get(pk=file.pk).reference_code == "Z109-KJ-001"
    # In the tree of the series it has gone to, its code as a link.
    series = reverse("wagtailsnippets_archive_record:list") + "?within=Z109-KJ"
    page.goto(live_server.url + series)
    tree = page.get_by_role("navigation", name="档案树")
    expect(tree.get_by_role("link", name="Z109-KJ-001")).to_be_visible()
