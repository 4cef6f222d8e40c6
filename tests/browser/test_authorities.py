"""Relating a record to people, organisations and places, by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from archive import links
from archive.models import Authority
from tests.browser.conftest import Visit
from tests.browser.desk import house, sign_in
from tests.factories import ARCHIVIST, RecordFactory, authority, former

pytestmark = pytest.mark.browser

OFFERED = ".archive-suggestions > [role=option]"
RECORD = "wagtailsnippets_archive_record"


def test_names_are_suggested_chosen_offered_and_saved(
    visit: Visit, live_server: LiveServer, site: object
) -> None:
    office = authority("样本县档案馆", former("样本县档案室", "1958-1980"))
    town = authority("样本镇", kind="place")
    record = RecordFactory.create(title="待著录", genre="通知")
    page = visit("/")
    sign_in(page, live_server, house(ARCHIVIST, username="describer"))
    page.goto(live_server.url + reverse(f"{RECORD}:edit", args=[record.pk]))
    page.wait_for_load_state("networkidle")

    creators = page.locator("#id_creators")
    creators.press_sequentially("别处；ybx")
    expect(creators).to_have_attribute("aria-expanded", "true")
    creators.press("Escape")
    expect(creators).to_have_attribute("aria-expanded", "false")
    creators.press("Backspace")
    expect(page.locator(OFFERED)).to_have_count(1)
    creators.press("ArrowDown")
    chosen = creators.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{chosen}")).to_contain_text("样本县档案馆")
    creators.press("Escape")
    creators.fill("别处；样本县档案室")
    creators.press("Tab")
    offer = page.get_by_role("button", name="关联为责任者：样本县档案馆")
    offer.press("Enter")
    expect(offer).to_have_count(0)

    page.get_by_role("button", name="添加关联").press("Enter")
    row = page.locator(".archive-relation").nth(1)
    row.locator("select").select_option(label="地点")
    name = row.locator("input")
    name.fill("樣本")
    expect(page.locator(OFFERED)).to_have_count(1)
    name.press("ArrowDown")
    name.press("Enter")
    expect(row).to_contain_text(town.number)
    page.get_by_role("button", name="保存", exact=True).first.press("Enter")
    page.wait_for_load_state("networkidle")

    assert links.read("authorities", record.pk) == [
        [office.number, "creator"],
        [town.number, "place"],
    ]
    expect(page.locator(".archive-relation")).to_have_count(2)


def test_a_row_is_taken_away_and_the_place_in_the_form_is_kept(
    visit: Visit, live_server: LiveServer, site: object
) -> None:
    one, other = authority("甲社"), authority("乙社")
    pairs = [[one.number, "creator"], [other.number, "recipient"]]
    record = RecordFactory.create(title="待著录", authorities=pairs)
    page = visit("/")
    sign_in(page, live_server, house(ARCHIVIST, username="describer"))
    page.goto(live_server.url + reverse(f"{RECORD}:edit", args=[record.pk]))
    page.wait_for_load_state("networkidle")

    page.get_by_role("button", name="去除").first.press("Enter")
    expect(page.locator(".archive-relation input")).to_be_focused()
    expect(page.locator("#id_authorities")).to_have_value(
        f"乙社〔收件者·{other.number}〕"
    )


def test_without_the_script_everything_is_text(
    visit: Visit, live_server: LiveServer, site: object
) -> None:
    town = authority("样本镇", kind="place")
    record = RecordFactory.create(authorities=[[town.number, "place"]])
    page = visit("/", scripts=False)
    sign_in(page, live_server, house(ARCHIVIST, username="describer"))
    page.goto(live_server.url + reverse(f"{RECORD}:edit", args=[record.pk]))
    text = page.locator("#id_authorities")
    expect(text).to_have_value(f"样本镇〔地点·{town.number}〕")
    expect(text).to_be_editable()
    expect(page.locator(".archive-relation")).to_have_count(0)


def test_further_names_are_added_in_the_form_of_an_authority(
    visit: Visit, live_server: LiveServer, site: object
) -> None:
    page = visit("/")
    sign_in(page, live_server, house(ARCHIVIST, username="describer"))
    page.goto(live_server.url + reverse("authority:add"))
    page.wait_for_load_state("networkidle")
    page.locator("#id_kind").select_option(label="地点")
    page.locator("#id_names-0-name").fill("样本市样本镇")
    page.get_by_role("button", name="再加一个名称").press("Enter")
    expect(page.locator("#id_names-3-name")).to_be_focused()
    page.locator("#id_names-3-name").fill("样本区")
    page.locator("#id_names-3-dates_original").fill("1949-1983")
    page.locator("#id_dates_original").press("Enter")
    page.wait_for_load_state("networkidle")
    made = Authority.objects.get()
    assert [name.name for name in made.names.all()] == ["样本市样本镇", "样本区"]
