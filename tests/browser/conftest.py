"""A real Chromium before the real site."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from cms.languages.prefixes import in_language
from search.engines.base import Engine
from tests.browser import sample_site, site_pages
from tests.browser.sample_site import SampleSite
from tests.samples.truth import PageTruth
from tests.servers.fixtures import give_up
from tests.snapshots import Snapshots

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)
PHONE = (390, 844)
DESKTOP = (1440, 900)

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; the tests are skipped with the reason where there is none."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        give_up("Chromium: not installed (Debian package chromium)")
    # Playwright's event loop runs in this thread, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            yield playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[PageTruth]]:
    folder = tmp_path_factory.mktemp("samples")
    return folder, sample_site.draw(folder)


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Snapshots:
    return Snapshots(tmp_path_factory.mktemp("snapshots"))


@pytest.fixture
def site(
    transactional_db: None,
    embedded_index: Engine,
    snapshots: Snapshots,
    drawn: tuple[Path, list[PageTruth]],
) -> SampleSite:
    """The site with the sample documents in it, and nothing else."""
    return snapshots.of("site", lambda: sample_site.load(*drawn))


@pytest.fixture
def furnished(site: SampleSite, snapshots: Snapshots) -> SampleSite:
    """``site``, with a page of every type in ``site_pages``."""
    snapshots.of("furnished", site_pages.furnish)
    return site


@pytest.fixture
def visit(
    browser: Browser, live_server: LiveServer, site: SampleSite
) -> Iterator[Visit]:
    """``visit(path, size, scheme, scripts, language)`` opens a page.

    At the end the test fails if any page had an error of its own: in the
    console, uncaught, or in a request.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(
        path: str,
        size: tuple[int, int] = DESKTOP,
        scheme: Literal["light", "dark"] = "light",
        scripts: bool = True,
        language: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=scripts,
            has_touch=size[0] < 600,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, problems)
        page.goto(live_server.url + (in_language(path, language) if language else path))
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def watch(page: Page, problems: list[str]) -> None:
    """Note down everything that goes wrong on ``page``."""

    def on_console(told: ConsoleMessage) -> None:
        if told.type in ("error", "warning"):
            problems.append(f"{told.type}: {told.text}")

    def on_failure(failed: Request) -> None:
        # What was still loading when the reader went on is no failure.
        if failed.failure != "net::ERR_ABORTED":
            problems.append(f"failed: {failed.url} {failed.failure}")

    def on_response(got: Response) -> None:
        if got.status >= 400:
            problems.append(f"{got.status}: {got.url}")

    page.on("console", on_console)
    page.on("requestfailed", on_failure)
    page.on("response", on_response)
    page.on("pageerror", lambda error: problems.append(f"uncaught: {error}"))
