"""A visitor who has nothing but a keyboard, from the front page to the last proof."""

import re

import pytest
from playwright.sync_api import Page, expect

from archive.models import Record
from cms import sections
from tests.browser.conftest import Visit
from tests.browser.keyboard import follow, tab_to
from tests.browser.sample_site import TITLES, VERTICAL, SampleSite
from tests.browser.site_content import WORDS
from tests.cms.exhibitions.building import chapter, exhibition, proof, story

pytestmark = pytest.mark.browser


@pytest.fixture
def show(site: SampleSite) -> None:
    """An exhibition with evidence in it, in a section of the main menu."""
    sections.provide()
    record = Record.objects.get(reference_code=VERTICAL)
    exhibition([chapter("写下来", story("照事实写[1]。", proof(record, words=WORDS)))])


def boxes(page: Page) -> int:
    return page.locator("#sheet .hit:visible").count()


def test_the_keyboard_leads_from_the_front_page_to_every_proof(
    visit: Visit, show: None
) -> None:
    page = visit("/")
    tab_to(page, "main input[type=search]")
    page.keyboard.type("须知")
    option = page.get_by_role("option")
    expect(option).to_contain_text(TITLES[VERTICAL])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(TITLES[VERTICAL])

    tab_to(page, "#q0")
    page.keyboard.type("矛盾纠纷")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    follow(page, ".snips a.text", "**/catalogue/*/1/?q=*")
    assert boxes(page) >= 1
    expect(page.locator("#sheet .at .hit").first).to_be_in_viewport()

    follow(page, ".vtitle .back", re.compile(r"/catalogue/[^/]+/$"), back=True)
    expect(page.locator("#cite .cite").first).to_contain_text("[A/OL]")
    older = page.locator("#cite details .cite")
    expect(older).to_be_hidden()
    tab_to(page, "#cite summary")
    page.keyboard.press("Enter")
    expect(older).to_be_visible()

    follow(page, ".nav a[href$='/exhibitions/']", "**/exhibitions/", back=True)
    follow(page, "main h3 a", "**/exhibitions/paper/")
    follow(page, ".note a.evidence", "**/catalogue/**")
    assert boxes(page) >= 1
    where = page.url.partition("#")[0]

    follow(page, ".langs a[lang=en]", "**/en/catalogue/**", back=True)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.url == where.replace("/catalogue/", "/en/catalogue/")
    assert boxes(page) >= 1
