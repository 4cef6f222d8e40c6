"""What must hold on every page type, in every language."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import site_pages
from tests.browser.colours import contrast
from tests.browser.sample_site import SampleSite
from tests.browser.site_pages import Language
from tests.browser.walking import Walker
from tests.servers.errors import Unavailable
from tests.servers.fixtures import give_up
from tools.node import package_file

pytestmark = [
    pytest.mark.browser,
    # Willow leaves the file of a picture that it resized to the garbage collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile"),
]

AXE = "axe-core/axe.min.js"
PHONE_AND_DESKTOP = (390, 1280)
WIDTHS = (320, 390, 1024, 1280, 1600)
HEIGHT = 900
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
RULES: dict[Scheme, list[str]] = {"light": [], "dark": ["color-contrast"]}
"""Of axe, all or these, by scheme."""
EVERY = {Language.SIMPLIFIED: 1, Language.TRADITIONAL: 3, Language.ENGLISH: 1}
LOOKED_AT = {"light": (390, 1024, 1600), "dark": (390, 1600)}
LANGUAGES = pytest.mark.parametrize("language", site_pages.LANGUAGES)

RUN_AXE = """(rules) => axe.run(document, {
  resultTypes: ['violations'], ...(rules.length && { runOnly: rules })
}).then((found) => found.violations.flatMap((rule) => rule.nodes.map((node) =>
    [rule.id, rule.impact, node.target.join(' '),
     node.any.concat(node.all, node.none).map((check) => check.message)[0] ?? ''])))"""
# Elements that reach beyond the window, but for what scrolls by itself.
BEYOND = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && (box.right > document.documentElement.clientWidth + 1
      || box.left < -1)
    && !one.closest('.hide, .skip, svg, .vstage, .vt, .pages, .scroll');
}).map((one) => one.outerHTML.slice(0, 90))"""


TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const element = node.parentElement;
    if (!text || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest('svg, .hide, .skip, [hidden]')) continue;
    let ground = element;
    while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') {
      ground = ground.parentElement;
    }
    const style = getComputedStyle(element);
    found.push([text.slice(0, 30), style.color,
                ground ? getComputedStyle(ground).backgroundColor : 'canvas',
                parseFloat(style.fontSize) >= 24]);
  }
  return found;
}"""
# What an English page says in Chinese by itself: not what says that it is Chinese.
STRAY = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    const own = around.closest('[lang]').lang === 'en' && !around.closest('title');
    if (own && /[\u3400-\u9fff]/.test(node.textContent)) found.push(node.textContent);
  }
  return found;
}"""


@pytest.fixture
def walker(
    browser: Browser, live_server: LiveServer, furnished: SampleSite
) -> Iterator[Walker]:
    # axe is put into the page, which its Content-Security-Policy would not let in.
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True)
    yield Walker(context, live_server.url)
    context.close()


@pytest.fixture
def axe() -> str:
    try:
        return package_file(AXE).read_text(encoding="utf-8")
    except Unavailable as error:
        give_up(f"axe-core: {error}")


@LANGUAGES
def test_no_rule_of_axe_is_broken_and_every_page_fits(
    axe: str, walker: Walker, language: Language
) -> None:
    """On phone and desktop, in light and dark, whatever the impact; and no sideways
    scrolling, no complaint in the console, nothing from elsewhere.

    In the dark only the contrast is looked at: no other rule knows of colours. In
    繁體, which is the 简体 page with other characters, every third page type is.
    """
    broken, wide = set(), []
    for kind, page in walker.walk(language, EVERY[language]):
        page.evaluate(axe)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            whole = page.evaluate("document.documentElement.scrollWidth")
            beyond = page.evaluate(BEYOND)
            if whole > width or beyond:
                wide.append((kind.name, width, whole, beyond))
            for scheme, rules in RULES.items() if width in PHONE_AND_DESKTOP else ():
                page.emulate_media(color_scheme=scheme)
                for found in page.evaluate(RUN_AXE, rules):
                    broken.add((kind.name, width, scheme, *found))
    assert sorted(broken) == []
    assert wide == []
    assert walker.problems == []


def test_axe_sees_what_is_wrong(axe: str, walker: Walker) -> None:
    text = "<p style='color:#ddd'>看不清的一行字</p>"
    walker.page.set_content(f"<main><img src='data:,'>{text}")
    walker.page.evaluate(axe)
    rules = {found[0] for found in walker.page.evaluate(RUN_AXE, [])}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= rules


def test_every_text_stands_out_and_headings_are_in_order(walker: Walker) -> None:
    """Pictures of all pages are kept, to look at."""
    pictures = Path(settings.BASE_DIR) / "var" / "screenshots"
    pictures.mkdir(parents=True, exist_ok=True)
    faint = []
    for kind, page in walker.walk(Language.SIMPLIFIED):
        assert page.locator("h1").count() == 1, kind.name
        assert page.locator("main").count() == 1, kind.name
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => +h.tagName[1])"
        )
        steps = pairwise(levels)
        assert all(after - before <= 1 for before, after in steps), kind.name
        assert unnamed(page) == [], kind.name
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for width in LOOKED_AT[scheme]:
                page.set_viewport_size({"width": width, "height": HEIGHT})
                picture = pictures / f"{kind.name}-{width}-{scheme}.png"
                page.screenshot(path=picture, full_page=True)
                faint += [
                    (kind.name, width, scheme, text, round(contrast(ink, ground), 2))
                    for text, ink, ground, large in page.evaluate(TEXTS)
                    if contrast(ink, ground) < (3 if large else 4.5)
                ]
    assert faint == []


@LANGUAGES
def test_every_page_can_be_read_without_javascript(
    browser: Browser, live_server: LiveServer, furnished: SampleSite, language: Language
) -> None:
    context = browser.new_context(java_script_enabled=False)
    walker = Walker(context, live_server.url)
    for kind, page in walker.walk(language):
        assert page.locator("h1").count() == 1, kind.name
        assert len(page.locator("main").inner_text().strip()) > 10, kind.name
        # In the hall and on what is printed there is only the way back.
        assert page.locator("a[href]:visible").count() >= 1, kind.name
        scripted = page.locator("a[href^='javascript:'], a[href='#']:visible")
        assert scripted.count() == 0, kind.name
    context.close()
    assert walker.problems == []


def test_english_pages_have_no_chinese_of_their_own(walker: Walker) -> None:
    for kind, page in walker.walk(Language.ENGLISH):
        if kind.name == "search-nothing":  # says again what was typed
            continue
        assert page.evaluate("document.documentElement.lang") == "en", kind.name
        assert page.evaluate(STRAY) == [], kind.name


def unnamed(page: Page) -> list[str]:
    """Links, buttons and fields that a screen reader has no name for."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input:not([type=hidden])')]
          .filter((one) => !(one.textContent.trim() || one.ariaLabel || one.title
            || one.labels?.length || one.querySelector('[aria-label], title')))
          .map((one) => one.outerHTML.slice(0, 80))"""
    )
    return found
