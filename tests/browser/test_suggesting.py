"""Suggestions below the search boxes, and pages among the hits: as a visitor acts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.sample_site import HORIZONTAL, TITLES, VERTICAL
from tests.cms.stories import drain_all, story

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


def tell_a_story() -> str:
    """The address of a page with a title like those of the documents."""
    page = story("调解登记怎样读", "登记簿里的矛盾糾紛写在第三栏。")
    drain_all()
    return str(page.get_url())


def type_in(page: Page, typed: str) -> None:
    page.locator("main input[type=search]").press_sequentially(typed)


@SIZES
@pytest.mark.parametrize("path", ["/", "/search/"])
def test_the_keyboard_alone_leads_to_what_is_offered(
    visit: Visit, size: tuple[int, int], path: str
) -> None:
    address = tell_a_story()
    page = visit(path, size)
    field = page.get_by_role("combobox")
    type_in(page, "調解登记")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.nth(0)).to_contain_text("调解登记怎样读")
    expect(options.nth(1)).to_contain_text(TITLES[HORIZONTAL])
    expect(field).to_have_attribute("aria-expanded", "true")
    for key, chosen in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(options.nth(chosen)).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute(
            "aria-activedescendant", options.nth(chosen).get_attribute("id") or ""
        )
    expect(field).to_have_value("調解登记")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    expect(page.locator("h1")).to_contain_text("调解登记怎样读")


def test_a_click_leads_there_too(visit: Visit) -> None:
    page = visit("/")
    type_in(page, "须知")
    page.get_by_role("option").click()
    expect(page.locator("h1")).to_contain_text(TITLES[VERTICAL])


def test_escape_shuts_the_list_and_enter_searches_for_what_was_typed(
    visit: Visit,
) -> None:
    page = visit("/")
    type_in(page, "调解登记")
    listbox = page.get_by_role("listbox")
    expect(listbox).to_be_visible()
    page.keyboard.press("Escape")
    expect(listbox).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("调解登记")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator(".count h2")).to_contain_text("共 1 件")


def test_without_scripts_the_field_is_a_field(visit: Visit) -> None:
    tell_a_story()
    page = visit("/", scripts=False)
    assert page.get_by_role("combobox").count() == 0
    type_in(page, "矛盾纠纷")
    page.locator("main form button").first.click()
    expect(page.locator(".tabs li")).to_have_count(3)
    page.locator(".tabs a", has_text="本馆").click()
    card = page.locator(".hitlist > li")
    expect(card).to_have_count(1)
    expect(card.locator("mark")).to_have_text("矛盾糾紛")
    card.locator("h3 a").click()
    expect(page.locator("h1")).to_contain_text("调解登记怎样读")


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(
    visit: Visit, size: tuple[int, int], scheme: str
) -> None:
    tell_a_story()
    page = visit("/search/?q=矛盾纠纷", size, scheme)
    page.locator("main input[type=search]").fill("")
    type_in(page, "调解")
    expect(page.get_by_role("listbox")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size[0]
