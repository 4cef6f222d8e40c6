"""The main way: a word, a hit, the words boxed on the scan."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from media.values import Box
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.sample_site import HORIZONTAL, VERTICAL, SampleSite

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
WORDS = {VERTICAL: "矛盾糾紛", HORIZONTAL: "矛盾纠纷"}


def viewer(code: str, page: int = 1, q: str = "矛盾纠纷") -> str:
    return f"/catalogue/{quote(code)}/{page}/?q={quote(q)}"


def boxes(page: Page) -> list[Box]:
    """The boxes that the server drew, in pixels of the scan."""
    return [
        Box(*(round(float(hit.get_attribute(name) or "")) for name in sides))
        for hit in page.locator("#sheet .hit").all()
        for sides in [("x", "y", "width", "height")]
    ]


@SIZES
@pytest.mark.parametrize("query", ["矛盾糾紛", "矛盾纠纷"])
def test_a_search_in_either_script_leads_to_both_scans(
    visit: Visit, size: tuple[int, int], query: str
) -> None:
    page = visit("/", size)
    page.locator("main input[type=search]").fill(query)
    page.locator("main form button").click()
    expect(page.locator(".hitlist > li")).to_have_count(2)
    expect(page.locator(".also")).to_contain_text("已同时检索")
    for code in (VERTICAL, HORIZONTAL):
        hit = page.locator(".hitlist > li", has_text=code)
        expect(hit.locator("mark").first).to_have_text(WORDS[code])
        hit.locator(".snips .text").first.click()
        expect(page.locator("#sheet .at .hit")).to_be_in_viewport()
        expect(page.locator("mark.at").first).to_be_visible()
        page.go_back()


@pytest.mark.parametrize("code", [VERTICAL, HORIZONTAL])
def test_the_boxes_lie_on_the_drawn_characters(
    visit: Visit, site: SampleSite, code: str
) -> None:
    page = visit(viewer(code))
    drawn = site.drawn(code, 1, WORDS[code])
    assert drawn
    assert boxes(page) == drawn


@pytest.mark.parametrize("code", [VERTICAL, HORIZONTAL])
def test_a_box_covers_the_same_ink_at_every_zoom(visit: Visit, code: str) -> None:
    page = visit(viewer(code))
    places = """() => {
      const image = document.querySelector('#sheet image').getBoundingClientRect();
      const box = document.querySelector('#sheet .hit').getBoundingClientRect();
      return [(box.x - image.x) / image.width, (box.y - image.y) / image.height,
              box.width / image.width, box.height / image.height];
    }"""
    before = page.evaluate(places)
    for button in ("in", "in", "out", "page", "width"):
        page.locator(f'[data-do="{button}"]').click()
        assert page.evaluate(places) == pytest.approx(before, abs=1e-3)


@SIZES
def test_the_current_words_are_large_enough_to_read(
    visit: Visit, size: tuple[int, int]
) -> None:
    page = visit(viewer(VERTICAL), size)
    box = page.locator("#sheet .at .hit").first.bounding_box()
    stage = page.locator("#stage").bounding_box()
    assert box is not None
    assert stage is not None
    assert min(box["width"], box["height"]) >= 14
    assert box["x"] >= stage["x"]
    assert box["x"] + box["width"] <= stage["x"] + stage["width"]
    assert box["y"] >= stage["y"]
    assert box["y"] + box["height"] <= stage["y"] + stage["height"]


def test_text_and_scan_light_up_together(visit: Visit) -> None:
    page = visit(viewer(VERTICAL))
    page.locator("#hit-2").hover()
    expect(page.locator("#box-2")).to_have_class(re.compile(r"\bon\b"))
    page.locator("#hit-2 a").click()
    expect(page.locator("#box-2")).to_have_class(re.compile(r"\bat\b"))
    expect(page.locator("#box-1")).not_to_have_class(re.compile(r"\bat\b"))


def test_the_viewer_works_by_keyboard(visit: Visit) -> None:
    page = visit(viewer(VERTICAL))
    stage = page.locator("#stage")
    stage.focus()

    def view() -> str | None:
        return page.locator("#sheet").get_attribute("viewBox")

    seen = [view()]
    for key in ("+", "ArrowLeft", "ArrowDown", "-", "0", "r"):
        page.keyboard.press(key)
        seen.append(view())
    assert len(set(seen)) == len(seen)
    assert "rotate(90)" in (page.locator("#sheet > g").get_attribute("transform") or "")
    page.keyboard.press("n")
    expect(page.locator(".vhits")).to_contain_text("第 2 处")
    page.locator("#stage").focus()
    page.keyboard.press("p")
    expect(page.locator(".vhits")).to_contain_text("第 1 处")


def test_keys_typed_into_the_search_box_stay_there(visit: Visit) -> None:
    page = visit(viewer(VERTICAL))
    view = page.locator("#sheet").get_attribute("viewBox")
    page.locator("#vq").fill("")
    page.locator("#vq").press_sequentially("r+n-0")
    assert page.locator("#sheet").get_attribute("viewBox") == view
    assert page.locator("#vq").input_value() == "r+n-0"


def test_the_scan_is_moved_with_the_mouse_and_zoomed_with_the_wheel(
    visit: Visit,
) -> None:
    page = visit(viewer(HORIZONTAL))
    box = page.locator("#stage").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    view = page.locator("#sheet").get_attribute("viewBox")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 120, steps=4)
    page.mouse.up()
    moved = page.locator("#sheet").get_attribute("viewBox")
    assert moved != view
    page.mouse.wheel(0, -240)
    page.wait_for_function(
        "old => document.getElementById('sheet').getAttribute('viewBox') !== old",
        arg=moved,
    )
    assert "#hit" not in page.url


def test_the_tour_goes_from_page_to_page(visit: Visit) -> None:
    page = visit(viewer(VERTICAL))
    counter = page.locator(".vhits")
    total = int(re.findall(r"共 (\d+) 处", counter.inner_text())[0])
    pages = set()
    for number in range(1, total + 1):
        expect(counter).to_contain_text(f"第 {number} 处")
        expect(page.locator("#sheet .at .hit").first).to_be_in_viewport()
        pages.add(page.url.split("?")[0])
        if number < total:
            page.locator('[data-step="next"]').click()
    assert len(pages) == 2


@SIZES
def test_everything_can_be_read_without_scripts(
    visit: Visit, site: SampleSite, size: tuple[int, int]
) -> None:
    page = visit("/search/?q=" + quote("矛盾糾紛"), size, scripts=False)
    page.locator(".hitlist > li", has_text=VERTICAL).locator(
        ".snips .text"
    ).first.click()
    expect(page.locator("#sheet .at .hit").first).to_be_in_viewport()
    expect(page.locator(".vtools")).to_be_hidden()
    expect(page.locator("#hit-1")).to_be_visible()
    page.locator(".vcite > summary").click()
    expect(page.locator(".vcite .cite").first).to_contain_text("[A/OL]")
    assert len(boxes(page)) >= len(site.drawn(VERTICAL, 1, "矛盾糾紛"))


COPIED = """(selector) => {
  getSelection().selectAllChildren(document.querySelector(selector));
  return getSelection().toString();
}"""


def test_what_is_copied_is_what_was_written(visit: Visit, site: SampleSite) -> None:
    page = visit(viewer(HORIZONTAL))
    copied = page.evaluate(COPIED, ".ht")
    drawn = "".join(line.text for line in site.truth[HORIZONTAL, 1].lines)
    assert re.sub(r"\s", "", copied) == re.sub(r"\s", "", drawn)
    # Lines of one paragraph run together: fewer of them than on the page.
    assert len(copied.split()) < len(site.truth[HORIZONTAL, 1].lines)
    page = visit("/search/?q=" + quote("矛盾纠纷"))
    snippet = page.evaluate(COPIED, ".snips .text")
    shown = page.locator(".snips .text").first.text_content()
    assert snippet == shown
    assert "\u200b" not in page.content()


def test_a_citation_of_a_page_leads_back_to_it(visit: Visit) -> None:
    page = visit(viewer(VERTICAL))
    page.locator(".vcite > summary").click()
    text = page.locator(".vcite .cite").first.inner_text()
    address = re.findall(r"https?://\S+/", text)[0]
    page.goto(address)
    expect(page.locator("h1")).to_contain_text("調解須知")
    expect(page.locator(".vstrip [aria-current]")).to_contain_text("第 1 页")
