"""What the front page shows: working examples, one piece of evidence, news."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from archive.readers import ANONYMOUS, Reader
from archive.seen import RecordView, see
from cms import scans
from cms.catalogue import newest
from cms.highlight import Segment, segments
from cms.languages.translated import in_reading_language, shown
from cms.models.news import NewsIndexPage
from cms.navigation import called, top_pages
from cms.publicity_week.strip import strip
from cms.scripts import HANT, tag_of_text
from search.errors import SearchUnavailable
from search.service import Hit, Mark, SearchParams, marks_at, places_of, search
from search.stories import CATALOGUE

NEWS = 3
"""How many of the newest things of each section are told."""

_EVIDENCE_SECONDS = 300
_CROP_RATIO = 8 / 9
_CROP_WIDTH = 700
_CONTEXT = 10
_STOP = re.compile(r"[。；！？]|$")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百〇零\d]+[条條]")


@dataclass(frozen=True, slots=True)
class Example:
    """A query that a visitor may try, and why."""

    query: str
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A page on which the first example stands, and the words around it."""

    query: str
    view: RecordView
    page: int
    script: str
    scan: scans.Scan
    words: list[Segment]


@dataclass(frozen=True, slots=True)
class SectionNews:
    """A section of the main navigation, as it is called, and its newest pages."""

    section: Page
    label: str
    lang: str
    pages: list[Page]


def home_context(request: HttpRequest, queries: list[str]) -> dict[str, Any]:
    """The template context of the front page."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    evidence = find_evidence(queries[0]) if queries else None
    records = newest(reader, NEWS)
    news = section_news(request)
    listed = [page for each in news for page in each.pages]
    return {
        "examples": [Example(query, _note(query)) for query in queries],
        "first_example": queries[0] if queries else "",
        "evidence": evidence,
        "records": records,
        "news": news,
        "strip": strip(),
        "demonstration": any(entry.view.is_demonstration for entry in records)
        or any(page.is_demonstration for page in listed),
    }


def section_news(request: HttpRequest) -> list[SectionNews]:
    """What is new below each section of the main navigation, and the news itself.

    Queries grow with the sections, not with the pages in them.
    """
    sections = shown(page for page in top_pages(request) if _brings_news(page))
    told = [
        SectionNews(one.page, *called(one), _newest_below(one.original))
        for one in sections
    ]
    return [each for each in told if each.pages]


def _brings_news(page: Page) -> bool:
    # The news stand at the foot of the page, but new they are.
    return page.show_in_menus or page.specific_class is NewsIndexPage


def _newest_below(section: Page) -> list[Page]:
    below = section.get_descendants().live().public()
    newest_first = below.order_by("-first_published_at", "-pk")
    return in_reading_language(newest_first[:NEWS].specific())


def _note(query: str) -> str:
    if tag_of_text(query) == HANT:
        return _("繁体写法，简体文书同时命中")
    if _ARTICLE.fullmatch(query):
        return _("一条条文，在哪些材料里引用")
    return _("一个说法，在哪些材料里出现")


def find_evidence(query: str) -> Evidence | None:
    """A page that the public may see with ``query`` on it, None if there is none.

    Only where to look is remembered for some minutes; whether the public may
    see it is asked every time.
    """
    key = f"home-evidence:{query.encode().hex()}"
    place = cache.get(key)
    if place is None:
        place = _search(query)
        cache.set(key, place, _EVIDENCE_SECONDS)
    if not place:
        return None
    record_id, sequence = place
    view = see([record_id], ANONYMOUS).get(record_id)
    return _evidence(query, view, sequence) if view else None


def _search(query: str) -> tuple[int, int] | tuple[()]:
    """The record and page of the best hit; vertical 繁體 before anything else."""
    try:
        records = SearchParams(q=query, filters={"section": (CATALOGUE,)})
        results = search(records, ANONYMOUS)
    except SearchUnavailable:
        return ()
    hits = [hit for hit in results.hits if isinstance(hit, Hit)]
    found = [(hit, page) for hit in hits for page in hit.pages if page.boxes]
    if not found:
        return ()
    hit, page = max(found, key=lambda each: each[1].page.direction == "v")
    return hit.view.record_id, page.page.sequence


def _evidence(query: str, view: RecordView, sequence: int) -> Evidence | None:
    page = next((page for page in view.pages if page.sequence == sequence), None)
    if page is None:
        return None
    places = places_of(query, view)
    marks = [mark for mark in marks_at(places, [page]).get(sequence, ()) if mark.boxes]
    if not marks:
        return None
    boxes = tuple(box for mark in marks for box in mark.boxes)
    scan = scans.around(page, boxes, ratio=_CROP_RATIO, wide=_CROP_WIDTH)
    words = _in_context(page.text, marks[0])
    return Evidence(query, view, sequence, page.script, scan, words)


def _in_context(text: str, mark: Mark) -> list[Segment]:
    """The matched words, some before them in their line and some after, on one line."""
    line = text.rfind("\n", 0, mark.start) + 1
    start, end = max(line, mark.start - _CONTEXT), mark.end + _CONTEXT
    if stop := _STOP.search(text, mark.end, end):
        end = stop.start()
    window = text[start:end]
    cut = segments(window, [(mark.start - start, mark.end - start)])
    return [Segment(part.text.replace("\n", ""), part.number) for part in cut]
