"""The HTML of every page type, as the W3C's checker sees it."""

from pathlib import Path

import pytest

from search.engines.base import Engine
from tests.browser import site_pages
from tests.browser.sample_site import SampleSite
from tests.servers import markup
from tests.servers.errors import Unavailable
from tests.servers.fixtures import give_up

pytestmark = [
    pytest.mark.browser,
    # Willow leaves the file of a picture that it resized to the garbage collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile"),
]

# Of the style page, which is half class names, Nu guesses that it is English.
GUESS = "This document appears to be written in English"
WRONG = "<!doctype html><html lang=zh><title>错</title><p><div></p>"


def test_every_page_is_valid_html_in_every_language(
    embedded_index: Engine, furnished: SampleSite, tmp_path: Path
) -> None:
    """Among them a wrong one, to know that the checker looks at them."""
    documents = {
        f"{kind.name} ({language})": site_pages.answer(kind, language).content.decode()
        for kind in site_pages.PAGE_TYPES
        for language in kind.languages
    }
    try:
        found = markup.check({**documents, "wrong": WRONG}, tmp_path / "documents")
    except Unavailable as error:
        give_up(f"Nu: {error}")
    faults = [
        one
        for one in found
        if one.name != "wrong"
        and not (one.name.startswith("style") and one.message.startswith(GUESS))
    ]
    assert faults == []
    assert len(found) >= 2
