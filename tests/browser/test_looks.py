"""What must hold at every width, in both schemes, both languages, and on paper."""

from itertools import pairwise
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Visit
from tests.browser.sample_site import HORIZONTAL, VERTICAL
from tests.factories import CATALOGUE_ONLY, RecordFactory, decide

pytestmark = pytest.mark.browser

SMALLEST = (320, 640)
TABLET = (1024, 768)
WIDE = (1600, 1000)
WORD = quote("矛盾糾紛")
PATHS = {
    "home": "/",
    "search": f"/search/?q={WORD}",
    "all": "/search/",
    "nothing": "/search/?q=" + quote("无此词语"),
    "catalogue": "/catalogue/",
    "fonds": "/catalogue/T001/",
    "record": f"/catalogue/{quote(VERTICAL)}/",
    "entry": "/catalogue/T001-X/",
    "vertical": f"/catalogue/{quote(VERTICAL)}/1/?q={WORD}",
    "horizontal": f"/catalogue/{quote(HORIZONTAL)}/1/?q={WORD}",
    "page": f"/catalogue/{quote(VERTICAL)}/2/",
}
Scheme = Literal["light", "dark"]

# Every visible text and the colours that it is seen in: [text, ink, ground, large].
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
OVERFLOW = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > document.documentElement.clientWidth + 1
    && !one.closest('.hide, .skip, svg, .vstage, .vt, .pages');
}).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def visit_all(visit: Visit, site: object) -> Visit:
    """``visit``, on a site that has a catalogue-only record too."""
    entry = RecordFactory.create(
        parent=None, reference_code="T001-X", title="演示目录条目", date_original="1999"
    )
    decide([entry], CATALOGUE_ONLY)
    return visit


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [SMALLEST, PHONE, TABLET, WIDE], ids=str)
def test_every_page_fits_and_every_text_stands_out(
    visit_all: Visit, size: tuple[int, int], scheme: Scheme
) -> None:
    """Pictures of all of them are kept, to look at."""
    pictures = Path(settings.BASE_DIR) / "var" / "screenshots"
    pictures.mkdir(parents=True, exist_ok=True)
    for name, path in PATHS.items():
        page = visit_all(path, size, scheme)
        page.screenshot(
            path=pictures / f"{name}-{size[0]}-{scheme}.png", full_page=True
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], name
        assert page.evaluate(OVERFLOW) == [], name
        faint = [
            (text, round(contrast(ink, ground), 2))
            for text, ink, ground, large in page.evaluate(TEXTS)
            if contrast(ink, ground) < (3 if large else 4.5)
        ]
        assert faint == [], name


def test_english_pages_have_no_chinese_of_their_own(visit_all: Visit) -> None:
    stray = r"""() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const around = node.parentElement;
        const own = around.closest('[lang]').lang === 'en' && !around.closest('title');
        const text = node.textContent;
        if (own && /[\u3400-\u9fff]/.test(text)) found.push(text);
      }
      return found;
    }"""
    for name, path in PATHS.items():
        if name == "nothing":  # says again what was typed
            continue
        page = visit_all(path, language="en")
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.evaluate(stray) == [], name


def test_one_can_walk_through_a_page_with_the_tab_key(visit_all: Visit) -> None:
    page = visit_all(PATHS["vertical"])
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className"
            )
        )
    assert {"stage", "vq", "box-1", "btn"} <= reached


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=str)
def test_the_first_hit_is_reached_before_the_filters(
    visit_all: Visit, size: tuple[int, int]
) -> None:
    page = visit_all(PATHS["search"], size)
    stops = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, summary')]
          .filter((one) => one.getClientRects().length)
          .map((one) => one.closest('.hitlist, .facets, main')?.className || '')"""
    )
    first = next(n for n, where in enumerate(stops) if "hitlist" in where)
    assert "facets" not in stops[:first]
    # The way to the filters is there all the same, and seen once it is reached.
    link = page.locator(".to-facets a")
    link.focus()
    box = link.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 20


@pytest.mark.parametrize("size", [SMALLEST, PHONE, WIDE], ids=str)
def test_what_is_tapped_is_large_enough(
    visit_all: Visit, size: tuple[int, int]
) -> None:
    page = visit_all(PATHS["all"], size)
    assert page.locator(".bars a").count() == 2
    for one in page.locator(".bars a, .facets ul a, .facets button").all():
        box = one.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_every_field_stands_out(visit_all: Visit, scheme: Scheme) -> None:
    for name in ("home", "search", "page"):
        page = visit_all(PATHS[name], scheme=scheme)
        edges = page.evaluate(
            """() => [...document.querySelectorAll('.search, .field')]
              .filter((one) => one.getClientRects().length)
              .map((one) => [getComputedStyle(one).borderTopColor,
                             getComputedStyle(one).backgroundColor])"""
        )
        assert edges
        assert all(contrast(edge, ground) >= 3 for edge, ground in edges), name


@pytest.mark.parametrize("name", ["vertical", "record", "search"])
def test_printing_leaves_out_the_tools(visit_all: Visit, name: str) -> None:
    page = visit_all(PATHS[name])
    page.emulate_media(media="print")
    for tool in (".nav", ".search", ".vtools", ".facets", ".pager"):
        for one in page.locator(tool).all():
            assert not one.is_visible(), tool


def test_headings_and_landmarks_are_in_order(visit_all: Visit) -> None:
    for name, path in PATHS.items():
        page = visit_all(path)
        assert page.locator("h1").count() == 1, name
        assert page.locator("main").count() == 1, name
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => +h.tagName[1])"
        )
        steps = pairwise(levels)
        assert all(after - before <= 1 for before, after in steps), name
        assert unnamed(page) == [], name


def unnamed(page: Page) -> list[str]:
    """Links, buttons and fields that a screen reader has no name for."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input:not([type=hidden])')]
          .filter((one) => !(one.textContent.trim() || one.ariaLabel || one.title
            || one.labels?.length || one.querySelector('[aria-label], title')))
          .map((one) => one.outerHTML.slice(0, 80))"""
    )
    return found


def contrast(ink: str, ground: str) -> float:
    """The contrast ratio of WCAG 2 between two CSS colours."""
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    if colour == "canvas":
        return 1.0
    red, green, blue = (
        float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]
    )
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (red, green, blue)
    )
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
