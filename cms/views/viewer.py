"""One page: its image with the words boxed, its text, and the way to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from archive.openness import Access
from archive.seen import PageView, RecordView, see_one
from cms import catalogue, citation, scans
from cms.highlight import Segment, lines, paragraphs
from cms.scripts import tag_of_script
from cms.searchquery import page_number, words
from cms.templatetags.site import page_url
from cms.views.catalogue import citation_texts, source_of
from cms.views.errors import not_found
from cms.views.moved import moved
from cms.views.request import ReaderRequest
from media.values import Box
from search.service import Mark, Places, marks_at, places_of

STRIP = 15
"""How many pages the strip shows around the current one."""

_FULL_SIZE = 2400
# Characters in a column, beyond which it is set in smaller type.
_LONG_LINE = 31


@dataclass(frozen=True, slots=True)
class Match:
    """A match on the page: its number, its boxes, the words as they stand there."""

    number: int
    boxes: tuple[Box, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Thumbnail:
    page: int
    scan: scans.Scan
    current: bool


@dataclass(frozen=True, slots=True)
class Tour:
    """Where the reader is among all matches in the record; links are "" at the ends.

    ``position`` counts from 1 over all pages; 0 means that this page has none.
    """

    total: int
    position: int
    previous: str
    following: str


def viewer(request: ReaderRequest, reference_code: str, page: int) -> HttpResponse:
    """A page of a record that this reader may see in full; otherwise nothing."""
    view = see_one(reference_code, request.reader)
    if view is None:
        return moved(request, reference_code) or not_found(request)
    shown = next((each for each in view.pages if each.sequence == page), None)
    if view.access is not Access.FULL or shown is None:
        return not_found(request)
    q = words(request.GET)
    places = places_of(q, view)
    at = _chosen(request, len(places.spans.get(page, ())))
    strip = _around(view, page)
    # Boxes are unpacked for the pages in sight, not for the whole volume.
    marks = marks_at(places, strip)
    return render(
        request,
        "cms/viewer.html",
        {
            "view": view,
            "page": shown,
            "q": q,
            "at": at,
            "notice": places.notice,
            "tour": _tour(view, page, at, places, q),
            "standing": catalogue.standing(view, request.reader),
            "rtl": scans.runs_right_to_left(view.pages),
            "strip": [_thumbnail(each, page, marks) for each in strip],
            "neighbours": _neighbours(view, page),
            "exports": citation.EXPORTS.values(),
            **_page_context(shown, marks.get(page, ())),
            **citation_texts(source_of(request, view, page)),
        },
    )


def _page_context(page: PageView, marks: tuple[Mark, ...]) -> dict[str, Any]:
    return {
        "scan": scans.whole(page),
        "small_image": scans.thumbnail(page).image,
        "full_image": scans.image_url(page, _FULL_SIZE),
        "download": scans.iiif_url(page.image_id, image_format="jpg"),
        "lines": _lines(page, marks),
        "matches": [
            Match(number, mark.boxes, page.text[mark.start : mark.end])
            for number, mark in enumerate(marks, start=1)
        ],
        "long_lines": max(map(len, page.text.split("\n"))) > _LONG_LINE,
        "vertical": page.direction == "v",
        "script": tag_of_script(page.script),
        "being_read": page.transcript_id is None,
    }


def _lines(page: PageView, marks: tuple[Mark, ...]) -> list[list[Segment]]:
    """Columns as they stand in the scan; horizontal lines joined to paragraphs."""
    if not page.text:
        return []
    spans = [(mark.start, mark.end) for mark in marks]
    in_lines = lines if page.direction == "v" else paragraphs
    return in_lines(page.text, spans)


def _chosen(request: ReaderRequest, count: int) -> int:
    """The number of the match to stand at: ``?at=``, else the first; 0 for none."""
    wanted = page_number(request.GET.get("at", "")) or 1
    return min(wanted, count)


def _tour(view: RecordView, page: int, at: int, places: Places, q: str) -> Tour:
    stops = [
        (each.sequence, number)
        for each in view.pages
        for number in range(1, len(places.spans.get(each.sequence, ())) + 1)
    ]

    def url(index: int) -> str:
        if not 0 <= index < len(stops):
            return ""
        sequence, number = stops[index]
        return page_url(view, sequence, q, number)

    if at:
        index = stops.index((page, at))
        return Tour(len(stops), index + 1, url(index - 1), url(index + 1))
    passed = sum(sequence < page for sequence, _number in stops)
    return Tour(len(stops), 0, url(passed - 1), url(passed))


def _around(view: RecordView, page: int) -> tuple[PageView, ...]:
    """The pages that the strip shows, this one among them."""
    index = next(i for i, each in enumerate(view.pages) if each.sequence == page)
    start = max(0, min(index - STRIP // 2, len(view.pages) - STRIP))
    return view.pages[start : start + STRIP]


def _thumbnail(
    shown: PageView, page: int, marks: Mapping[int, tuple[Mark, ...]]
) -> Thumbnail:
    """A page of the strip with its matches boxed."""
    boxes = [box for mark in marks.get(shown.sequence, ()) for box in mark.boxes]
    scan = scans.thumbnail(shown, boxes)
    return Thumbnail(shown.sequence, scan, shown.sequence == page)


def _neighbours(view: RecordView, page: int) -> tuple[int, int]:
    """The pages before and after, 0 where there is none."""
    sequences = [each.sequence for each in view.pages]
    index = sequences.index(page)
    before = sequences[index - 1] if index else 0
    after = sequences[index + 1] if index + 1 < len(sequences) else 0
    return before, after
