"""An exhibition in a real browser: read, visited, in the hall, printed, and written."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from archive.models import Record
from cms.models import ExhibitionPage
from tests.browser.choosing import mark_words
from tests.browser.conftest import PHONE, Visit
from tests.browser.desk import house, sign_in
from tests.browser.drafts import expect_draft
from tests.browser.keyboard import tab_to
from tests.browser.pdf import Pdf
from tests.browser.sample_site import HORIZONTAL, VERTICAL, SampleSite
from tests.cms.exhibitions.building import (
    block,
    chapter,
    exhibition,
    listed,
    stop,
    story,
)
from tests.factories import EDITOR

pytestmark = pytest.mark.browser

WORDS = "據實登簿，不得增減"
OTHER = "先聽兩造陳述"
A4 = (595, 842)


def record(code: str) -> Record:
    return Record.objects.get(reference_code=code)


def shown(words: str = WORDS, code: str = VERTICAL) -> dict[str, object]:
    pk = record(code).pk
    return {"record": pk, "page": 1, "words": words, "label": ""}


@pytest.fixture
def paper(site: SampleSite) -> ExhibitionPage:
    pk = record(VERTICAL).pk
    spots = listed(
        {"point": "78,14", "title": "题名", "text": "从这里读起。"},
        {"point": "60,30", "title": "第一条", "text": "先听后问。"},
    )
    side = {"image": None, "caption": "一侧", **shown(OTHER)}
    other = {**side, **shown("矛盾纠纷", HORIZONTAL)}
    content = [
        story("登记照事实写[1]。", shown()),
        block("quotation", {**shown(), "explanation": "照事实写。"}),
        block(
            "detail",
            {
                "record": pk,
                "page": 1,
                "region": "40,5,55,40",
                "caption": "首页",
                "hotspots": spots,
            },
        ),
        block("pair", {"left": side, "right": other}),
    ]
    return exhibition(
        [chapter("写下来", *content), chapter("往下读", story("尾声。"))],
        [stop(1, record(VERTICAL)), stop(2, evidence=listed(shown()))],
        title="一页纸的来历",
        is_demonstration=True,
        idle_seconds=20,
    )


def boxes_drawn(page: Page) -> int:
    return page.locator("svg.scan .hit:visible").count()


def test_a_visitor_without_a_mouse_goes_to_the_boxed_words_and_back(
    visit: Visit, paper: ExhibitionPage
) -> None:
    page = visit("/")
    page.goto(page.url + "exhibitions/")
    tab_to(page, "h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/exhibitions/paper/")
    tab_to(page, "a[href='#chapter-1']")
    page.keyboard.press("Enter")
    tab_to(page, ".note a.evidence")
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalogue/**")
    assert boxes_drawn(page) >= 1
    expect(page.locator("mark").first).to_be_visible()
    page.go_back()
    page.wait_for_url("**/exhibitions/paper/**")
    expect(page.locator("#chapter-1")).to_be_attached()


def test_hotspots_are_reached_and_lead_to_their_text(
    visit: Visit, paper: ExhibitionPage
) -> None:
    page = visit("/exhibitions/paper/", scripts=False)
    spot = page.locator(".spot").nth(1)
    spot.focus()
    page.keyboard.press("Enter")
    target = page.locator(".spots li:target")
    expect(target).to_contain_text("第一条")
    expect(target).to_be_in_viewport()
    box = page.locator(".spot circle").first.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    phone = visit("/exhibitions/paper/", size=PHONE)
    small = phone.locator(".spot circle").first.bounding_box()
    assert small is not None
    assert min(small["width"], small["height"]) >= 24


def test_a_visit_on_a_phone_goes_on_without_scrolling_sideways(
    visit: Visit, paper: ExhibitionPage
) -> None:
    page = visit("/exhibitions/paper/visit/", size=PHONE)
    page.get_by_role("link", name="从第一个展点开始").tap()
    page.wait_for_url("**/visit/1/")
    page.locator("details.more summary").tap()
    expect(page.get_by_text("长讲解1")).to_be_visible()
    page.locator("a[rel=next]").tap()
    page.wait_for_url("**/visit/2/")
    page.locator("a.evidence").tap()
    page.wait_for_url("**/catalogue/**")
    assert boxes_drawn(page) >= 1
    for way in ("", "visit/", "visit/1/", "qr/", "booklet/", "kiosk/"):
        page = visit(f"/exhibitions/paper/{way}", size=(390, 844))
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, way


def test_a_kiosk_goes_back_to_its_start_and_says_so_before(
    visit: Visit, paper: ExhibitionPage
) -> None:
    page = visit("/exhibitions/paper/kiosk/", size=(1080, 1920))
    page.clock.install()
    page.get_by_role("link", name="写下来").click()
    page.wait_for_url("**/kiosk/chapter/1/")
    page.locator(".in-place summary").first.click()
    expect(page.locator(".in-place .passage .hit").first).to_be_visible()
    assert "/kiosk/chapter/1/" in page.url

    page.clock.run_for(6_000)
    notice = page.locator("[data-idle-notice]")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(re.compile(r"\d+ 秒后回到开头"))
    page.get_by_role("button", name="继续看").click()
    expect(notice).to_be_hidden()
    page.clock.run_for(4_000)
    expect(notice).to_be_hidden()
    page.clock.run_for(18_000)
    page.wait_for_url("**/exhibitions/paper/kiosk/")


def test_the_booklet_prints_on_a4_with_its_numbers_and_its_list_of_evidence(
    visit: Visit, paper: ExhibitionPage
) -> None:
    page = visit("/exhibitions/paper/booklet/")
    pages = Pdf(page.pdf(prefer_css_page_size=True, print_background=True)).pages
    assert {one.size for one in pages} == {A4}
    assert "一页纸的来历" in pages[0].text
    assert "导览手册" in pages[0].text
    assert "目录" in pages[1].text
    text = "".join(one.text for one in pages)
    for told in ("第一章写下来", "尾声", "短讲解1", "长讲解2", "所引档案", "[A/OL]"):
        assert told in text, told
    assert pages[2].text.startswith("3")


def test_nine_codes_go_on_a_sheet(visit: Visit, site: SampleSite) -> None:
    exhibition(stops=[stop(number) for number in range(1, 11)])
    page = visit("/exhibitions/paper/qr/")
    pages = Pdf(page.pdf(prefer_css_page_size=True)).pages
    assert [one.size for one in pages] == [A4, A4]
    assert "展点9号" in pages[0].text
    assert "展点10号" in pages[1].text
    box = page.locator("svg.qr").first.bounding_box()
    assert box is not None
    assert abs(box["width"] - box["height"]) < 1


def test_an_editor_finds_the_words_and_makes_them_evidence(
    visit: Visit, live_server: LiveServer, site: SampleSite
) -> None:
    made = exhibition([chapter("写下来", story("照事实写[1]。"))])
    page = visit("/")
    sign_in(page, live_server, house(EDITOR, username="editor"))
    page.goto(f"{live_server.url}/admin/pages/{made.pk}/edit/")
    page.wait_for_load_state("networkidle")
    field = page.locator("[data-contentpath=evidence]").first
    field.locator("button.c-sf-add-button").first.click()
    page.locator("record-choice button").last.wait_for()
    choice = page.locator("[data-contentpath=evidence] record-choice")
    dialog = mark_words(page, choice, "据实登簿", "調解須知", WORDS)
    dialog.get_by_role("button", name="用这一页").click()
    expect(choice).to_contain_text("調解須知")
    wanted = [(record(VERTICAL).pk, 1, WORDS)]
    expect_draft(page, made, lambda draft: evidence_of(draft) == wanted)


def evidence_of(exhibition: ExhibitionPage) -> list[tuple[int, int, str]]:
    kept = exhibition.chapters[0].value["content"][0].value["evidence"]
    return [(one["record"], one["page"], one["words"]) for one in kept]


def test_an_editor_points_at_a_spot(
    visit: Visit, live_server: LiveServer, paper: ExhibitionPage
) -> None:
    page = visit("/")
    sign_in(page, live_server, house(EDITOR, username="editor"))
    page.goto(f"{live_server.url}/admin/pages/{paper.pk}/edit/")
    page.wait_for_load_state("networkidle")
    place = page.locator("place-choice[data-kind=point]").first
    place.get_by_role("button").click()
    image = page.locator("dialog [data-image]")
    image.wait_for()
    box = image.bounding_box()
    assert box is not None
    image.click(position={"x": box["width"] / 4, "y": box["height"] / 10})
    expect(place.locator("input")).to_have_value(
        re.compile(r"^25(\.\d)?,(9|10)(\.\d)?$")
    )

    region = page.locator("place-choice[data-kind=region]").nth(0)
    region.get_by_role("button").click()
    image.wait_for()
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    expect(region.locator("input")).to_have_value(re.compile(r",20,20$"))
