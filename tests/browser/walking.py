"""Walking through every page type of the site with one tab of the browser."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request, Route

from tests.browser import site_pages
from tests.browser.conftest import watch
from tests.browser.site_pages import Language, PageType


class Walker:
    """One tab that walks from page type to page type.

    ``problems`` is what went wrong with the page itself: in the console, uncaught,
    in a request, or a request to another host.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.page = context.new_page()
        self.url = url
        self.problems: list[str] = []
        watch(self.page, self.problems)
        self.page.on("request", self._look_at)

    def _look_at(self, request: Request) -> None:
        if urlsplit(request.url)[:2] != urlsplit(self.url)[:2]:
            self.problems.append(f"elsewhere: {request.url}")

    def walk(
        self, language: Language, every: int = 1
    ) -> Iterator[tuple[PageType, Page]]:
        """The page types that there are in that language, one after another."""
        kinds = [kind for kind in site_pages.PAGE_TYPES if language in kind.languages]
        for kind in kinds[::every]:
            self.open(kind, language)
            yield kind, self.page

    def open(self, kind: PageType, language: Language) -> None:
        """The page, or its ``answer`` at its address."""
        url = self.url + site_pages.address(kind, language)
        if kind.answer is not None:
            body = site_pages.answer(kind, language).content

            def give(route: Route) -> None:
                route.fulfill(body=body, content_type="text/html; charset=utf-8")

            self.page.route(url, give)
        before = len(self.problems)
        answer = self.page.goto(url)
        self.page.unroute_all()
        if kind.status != 200:
            # The browser's console notes the status of the page itself.
            assert answer is not None
            assert answer.status == kind.status
            self.problems[before:] = [
                one for one in self.problems[before:] if f"{kind.status}" not in one
            ]
