"""Single pages: where the Tab key leads, what is tapped, fields, and paper."""

from typing import Literal
from urllib.parse import quote

import pytest

from tests.browser.colours import contrast
from tests.browser.conftest import PHONE, Visit
from tests.browser.sample_site import VERTICAL

pytestmark = pytest.mark.browser

SMALLEST = (320, 640)
WIDE = (1600, 1000)
WORD = quote("矛盾糾紛")
PATHS = {
    "home": "/",
    "search": f"/search/?q={WORD}",
    "all": "/search/",
    "record": f"/catalogue/{quote(VERTICAL)}/",
    "vertical": f"/catalogue/{quote(VERTICAL)}/1/?q={WORD}",
}
Scheme = Literal["light", "dark"]


def test_one_can_walk_through_a_page_with_the_tab_key(visit: Visit) -> None:
    page = visit(PATHS["vertical"])
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
    visit: Visit, size: tuple[int, int]
) -> None:
    page = visit(PATHS["search"], size)
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
def test_what_is_tapped_is_large_enough(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(PATHS["all"], size)
    assert page.locator(".bars a").count() == 2
    for one in page.locator(".bars a, .facets ul a, .facets button").all():
        box = one.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_every_field_stands_out(visit: Visit, scheme: Scheme) -> None:
    for name in ("home", "search", "vertical"):
        page = visit(PATHS[name], scheme=scheme)
        edges = page.evaluate(
            """() => [...document.querySelectorAll('.search, .field')]
              .filter((one) => one.getClientRects().length)
              .map((one) => [getComputedStyle(one).borderTopColor,
                             getComputedStyle(one).backgroundColor])"""
        )
        assert edges
        assert all(contrast(edge, ground) >= 3 for edge, ground in edges), name


@pytest.mark.parametrize("name", ["vertical", "record", "search"])
def test_printing_leaves_out_the_tools(visit: Visit, name: str) -> None:
    page = visit(PATHS[name])
    page.emulate_media(media="print")
    for tool in (".nav", ".search", ".vtools", ".facets", ".pager"):
        for one in page.locator(tool).all():
            assert not one.is_visible(), tool
