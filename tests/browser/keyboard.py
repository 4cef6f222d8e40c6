"""Getting about a page with the keyboard alone."""

import re

from playwright.sync_api import Page

FURTHEST = 120
HERE = """wanted => {
  const e = document.activeElement;
  // A field's form may be what is outlined, and a mark in an SVG is drawn itself.
  const outlined = [e, e.closest("form")].some(
    (one) => one && getComputedStyle(one).outlineStyle !== "none"
  );
  return [e.matches(wanted), outlined || Boolean(e.closest("svg")), e.outerHTML];
}"""


def tab_to(page: Page, selector: str, back: bool = False) -> None:
    """By Tab, or ``back`` by Shift+Tab; each stop on the way can be seen."""
    for _step in range(FURTHEST):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        here, seen, html = page.evaluate(HERE, selector)
        assert seen, html[:200]
        if here:
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def follow(
    page: Page, selector: str, address: str | re.Pattern[str], back: bool = False
) -> None:
    """Go to a link, press Enter, and be at ``address`` (a glob or an expression)."""
    tab_to(page, selector, back)
    page.keyboard.press("Enter")
    page.wait_for_url(address)
