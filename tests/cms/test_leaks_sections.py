"""The sections of the site tell nothing of closed records and of pages not shown.

As in ``test_leaks``: every address is asked before and after they are planted, and
the answers are the same, byte for byte. Here the site has all its sections, filled.
"""

from typing import Any

import pytest
from django.core.cache import cache, caches
from wagtail.models import Page, PageViewRestriction

from archive.models import Subject
from cms import sections
from cms.demonstration import knowledge
from cms.languages.prefixes import CODES as LANGUAGES
from cms.languages.prefixes import DEFAULT, in_language
from cms.models import ExhibitionPage, OutputPage
from cms.publications import EXPORTS
from search.drain import drain
from tests.cms.collection import Collection
from tests.cms.exhibitions.building import WAYS, chapter, exhibition, full, story
from tests.cms.knowledge.conftest import add_news, add_output, add_term
from tests.cms.leaking import (
    READING_ROOM_WORD,
    STAFF_WORD,
    ask,
    pages_of_each_kind,
    plant,
)
from tests.remembered import remembered

HIDDEN = "隐鹮不见"


@pytest.fixture
def filled(held: Collection) -> Collection:
    def fill() -> None:
        sections.provide()
        knowledge.add()
        full(held.public)
        _settle()

    remembered("leaks of sections", fill)
    return held


def _settle() -> None:
    while drain():
        pass
    cache.clear()
    caches["pages"].clear()


def _addresses() -> list[str]:
    pages = [page.get_url() for page in pages_of_each_kind()]
    output = OutputPage.objects.live().first()
    assert output is not None
    read = [*pages, *WAYS.values(), "/search/?q=调解", f"/search/?q={HIDDEN}"]
    read += [f"/suggest/?q={typed}" for typed in ("调解", HIDDEN, HIDDEN[:2], "y")]
    others = [
        in_language(url, language)
        for url in read
        for language in LANGUAGES
        if language != DEFAULT
    ]
    slugs = [page.slug for page in Page.objects.live().filter(depth=3)]
    return [
        *read,
        *others,
        *(f"{output.get_url()}citation/{suffix}/" for suffix in EXPORTS),
        *(f"/feeds/{slug}.atom" for slug in (*slugs, "all", "records")),
        *(f"/sitemap-{kind}-1.xml" for kind in ("pages", "records", "entries")),
        "/sitemap.xml",
        "/api/v1/search?q=调解",
        f"/api/v1/search?q={HIDDEN}",
        *(f"/api/v1/search?type={kind}" for kind in ("output", "term", "exhibition")),
        *(f"/search/?type={kind}&subject=调解" for kind in ("", "output", "news")),
    ]


def _changed(before: dict[str, Any]) -> list[str]:
    _settle()
    return [url for url, answer in before.items() if ask(url) != answer]


def test_closed_records_change_no_section(filled: Collection) -> None:
    before = {url: ask(url) for url in _addresses()}
    assert {answer.status for answer in before.values()} == {200}

    plant(filled)

    assert _changed(before) == []
    for url, answer in before.items():
        assert not answer.tells(READING_ROOM_WORD), url
        assert not answer.tells(STAFF_WORD), url


def test_pages_that_are_not_shown_change_no_section(filled: Collection) -> None:
    before = {url: ask(url) for url in _addresses()}
    concept = Subject.objects.get(label="调解")
    fields = {"summary": HIDDEN, "subjects": [concept]}

    withdrawn = [
        add_output(HIDDEN, HIDDEN, slug="hidden-output", **fields),
        # A word that stands on every other page, as a term to be explained.
        add_term("调解", slug="hidden-term", short=HIDDEN, **fields),
        add_news(HIDDEN, slug="hidden-news", **fields),
        exhibition([chapter(HIDDEN, story(HIDDEN))], title=HIDDEN, slug="hidden"),
    ]
    for page in withdrawn[::2]:
        page.unpublish()
    for page in withdrawn[1::2]:
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert _changed(before) == []
    assert ExhibitionPage.objects.count() == 2
    for url in ("/exhibitions/hidden/", "/exhibitions/hidden/booklet/"):
        assert not ask(url).tells(HIDDEN), url
