"""The switch of languages as a reader uses it, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.sample_site import VERTICAL
from tests.browser.test_looks import PATHS

pytestmark = pytest.mark.browser


def language(page: Page) -> str:
    found: str = page.evaluate("document.documentElement.lang")
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=str)
def test_a_reader_goes_through_all_languages_and_stays_at_the_hit(
    visit: Visit, size: tuple[int, int], scripts: bool
) -> None:
    page = visit(PATHS["search"], size, scripts=scripts)
    start = page.url
    switch = page.locator(".langs")
    for name, tag, prefix in (
        ("繁體", "zh-Hant", "/zh-hant"),
        ("English", "en", "/en"),
        ("简体", "zh-Hans", ""),
    ):
        switch.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(re.compile(rf"//[^/]+{prefix}/search/\?q="))
        current = switch.locator("[aria-current]")
        expect(current).to_have_text(name)
        assert page.locator("#q").input_value() == "矛盾糾紛"
        assert page.locator("mark").first.text_content() == "矛盾糾紛"
        assert page.locator("html").get_attribute("lang") == tag
        box = current.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= size[0]
    assert page.url == start


def test_from_a_hit_to_the_viewer_one_stays_in_traditional(visit: Visit) -> None:
    page = visit(PATHS["search"], language="zh-hant")
    page.locator(".snips .text").first.click()
    page.wait_for_url(re.compile("/zh-hant/catalogue/"))
    assert language(page) == "zh-Hant"
    expect(page.get_by_text("返回條目")).to_be_attached()
    page.locator(".vtitle .back").click()
    page.wait_for_url(re.compile("/zh-hant/catalogue/[^/]+/$"))
    expect(page.locator(".code", has_text=VERTICAL).first).to_be_visible()
