"""Terms of the glossary in a text: by keyboard, by touch, without script."""

import pytest
from playwright.sync_api import expect

from cms import sections
from cms.demonstration import knowledge
from cms.models import TermPage
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.sample_site import SampleSite
from tests.snapshots import Snapshots

pytestmark = pytest.mark.browser

# Its text names several terms, each for the first time.
PATH = "/knowledge/glossary/ji-ceng-gong-zuo-shi-xiang-zhun-ru-zhi-du/"
TERM = "自治事项清单"


@pytest.fixture(autouse=True)
def made(site: SampleSite, snapshots: Snapshots) -> None:
    snapshots.of("terms", explain)


def explain() -> None:
    sections.provide()
    knowledge.add()


def test_a_term_opens_by_keyboard_leads_on_and_gives_the_focus_back(
    visit: Visit,
) -> None:
    page = visit(PATH, DESKTOP)
    term = page.locator(".prose button.term", has_text=TERM)
    expect(term).to_have_count(1)
    term.focus()
    page.keyboard.press("Enter")
    opened = page.locator(".term-note:popover-open")
    expect(opened).to_have_count(1)
    expect(opened).to_contain_text(TermPage.objects.get(title=TERM).short)
    page.keyboard.press("Tab")
    expect(opened.locator("a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(term).to_be_focused()


def test_a_tap_on_a_phone_opens_it_at_the_foot_of_the_window(visit: Visit) -> None:
    page = visit(PATH, PHONE)
    page.locator(".prose button.term", has_text=TERM).tap()
    opened = page.locator(".term-note:popover-open")
    expect(opened).to_be_in_viewport()
    box = opened.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE[0])
    assert round(box["y"] + box["height"]) == PHONE[1]
    page.touchscreen.tap(100, 60)
    expect(opened).to_have_count(0)


def test_without_script_a_term_opens_and_its_link_leads_to_its_page(
    visit: Visit,
) -> None:
    page = visit(PATH, DESKTOP, scripts=False)
    page.locator(".prose button.term", has_text=TERM).click()
    link = page.locator(".term-note", has_text=TERM).locator("a").first
    link.click()
    expect(page.locator("h1")).to_contain_text(TERM)


def test_closed_explanations_are_out_of_the_way_and_open_ones_beside_the_term(
    visit: Visit,
) -> None:
    page = visit(PATH, DESKTOP)
    for one in page.locator(".term-note").all():
        expect(one).to_be_hidden()
    term = page.locator(".prose button.term", has_text=TERM)
    term.click()
    below = page.locator(".term-note:popover-open").bounding_box()
    beside = term.bounding_box()
    assert below is not None
    assert beside is not None
    assert abs(below["y"] - (beside["y"] + beside["height"])) < 30
