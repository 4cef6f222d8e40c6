"""A reader's question answered: the door through which every search goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from archive.readers import Reader
from archive.seen import PageView, RecordView, boxes_of, see
from media.values import Box
from search.engines.base import SearchRequest, SearchResponse
from search.facets import SHOWN, by_section, labelled
from search.index import engine
from search.locate import PageMatch, Span, find, snippet
from search.marks import line_boxes
from search.places import as_found, asked_by_number
from search.query import Node, Problem, parse
from search.request import build, canonical, read_dates
from search.results import (
    PAGE_SIZE,
    Facet,
    FacetValue,
    Hit,
    Mark,
    PageHit,
    Passage,
    Places,
    Results,
    SearchParams,
    Snippet,
    StoryHit,
)
from search.stories import ONLY_RECORDS, Story, parted, source_id, stories
from search.variants import also_searched

__all__ = [
    "ONLY_RECORDS",
    "PAGE_SIZE",
    "Facet",
    "FacetValue",
    "Hit",
    "Mark",
    "PageHit",
    "Passage",
    "Places",
    "Results",
    "SearchParams",
    "Snippet",
    "StoryHit",
    "marks_at",
    "notice_of",
    "places_of",
    "search",
    "story_hit",
]

SNIPPETS = 3

Boxes = Mapping[int, Sequence[Box | None]]

_NOTHING = SearchResponse(0, (), dict.fromkeys(SHOWN, ()))


def search(params: SearchParams, reader: Reader) -> Results:
    """The records and stories that ``reader`` may know of and that answer ``params``.

    No words at all means all that the filters leave. A constant number
    of queries. Raises ``SearchUnavailable`` when the engine is down, and
    ``PagingTooDeep``.
    """
    typed, params = params, canonical(params)
    dates = read_dates(params)
    query = parse(params.q)
    browsing = not params.q.strip()
    response, sections = _NOTHING, _NOTHING
    if browsing or query.node is not None:
        numbered = asked_by_number(params)
        request = build(numbered, query.node, dates, reader)
        response = engine().search(request)
        sections = _everywhere(request, response)
        params = as_found(params, numbered, response)
    if not response.total:
        # Nothing here: nor is it told what else the concept is called.
        params = typed
    return Results(
        params=params,
        total=response.total,
        hits=_hits(query.node, response, reader, browsing=browsing),
        facets=labelled(response, params.filters, reader),
        page_total=-(-response.total // params.page_size),
        sections=by_section(
            sections.facets["section"], params.filters.get("section", ())
        ),
        variants=also_searched(params.q) if query.node is not None else (),
        notice=("" if browsing else notice_of(query.problem)) or dates.notice,
    )


def _everywhere(request: SearchRequest, response: SearchResponse) -> SearchResponse:
    """The answer without the choice of a section: it counts the hits in the others."""
    filters = dict(request.filters.values)
    if not filters.pop("section", ()):
        return response
    narrowed = replace(request.filters, values=filters)
    asked = replace(request, filters=narrowed, offset=0, limit=0, facets=("section",))
    return engine().search(asked)


def places_of(q: str, view: RecordView) -> Places:
    """Where ``q`` stands on the pages of ``view``; nowhere for an empty ``q``.

    Reads the text only; ``marks_at`` adds the boxes, which cost much more.
    """
    query = parse(q)
    if query.node is None:
        return Places({}, notice_of(query.problem) if q.strip() else "")
    found = find(query.node, [page.text for page in view.pages])
    return Places({view.pages[match.page].sequence: match.spans for match in found})


def marks_at(places: Places, pages: Iterable[PageView]) -> dict[int, tuple[Mark, ...]]:
    """The places on ``pages`` with their boxes, by page sequence; one query."""
    found = [page for page in pages if page.sequence in places.spans]
    boxes = boxes_of(found)
    return {
        page.sequence: _marks(places.spans[page.sequence], page, boxes)
        for page in found
    }


def _hits(
    node: Node | None, response: SearchResponse, reader: Reader, *, browsing: bool
) -> tuple[Hit | StoryHit, ...]:
    """In the order of the engine; what was closed since it answered is left out."""
    found = [hit.source_id for hit in response.hits]
    records, pages = parted(found)
    views = see(records, reader, pages=not browsing) if records else {}
    told = stories().see(pages, text=not browsing) if pages else {}
    shown: dict[int, Hit | StoryHit] = {
        source_id(page_id): story_hit(node, story) for page_id, story in told.items()
    }
    shown.update(
        (hit.view.record_id, hit) for hit in _record_hits(node, list(views.values()))
    )
    return tuple(shown[one] for one in found if one in shown)


def story_hit(node: Node | None, story: Story) -> StoryHit:
    """Where the words of ``node`` stand in ``story``."""
    if node is None:
        return StoryHit(story, (), (), 0)
    found = find(node, story.parts)
    cut = [snippet(one, story.parts[one.page]) for one in _best(found, SNIPPETS)]
    return StoryHit(
        story=story,
        title_marks=_title_marks(node, story.title),
        passages=tuple(Passage(one.text, one.marks) for one in cut),
        match_count=sum(len(one.spans) for one in found),
    )


def _record_hits(node: Node | None, views: list[RecordView]) -> tuple[Hit, ...]:
    if node is None:
        return tuple(Hit(view, (), (), (), 0, 0) for view in views)
    found = [find(node, [page.text for page in view.pages]) for view in views]
    shown = [_best(matches, SNIPPETS) for matches in found]
    boxes = boxes_of(
        view.pages[match.page]
        for view, matches in zip(views, shown, strict=True)
        for match in matches
    )
    return tuple(
        Hit(
            view=view,
            title_marks=_title_marks(node, view.title),
            snippets=tuple(_snippet(match, view.pages[match.page]) for match in best),
            pages=tuple(
                _page_hit(match, view.pages[match.page], boxes) for match in best
            ),
            page_count=len(matches),
            match_count=sum(len(match.spans) for match in matches),
        )
        for view, matches, best in zip(views, found, shown, strict=True)
    )


def _page_hit(match: PageMatch, page: PageView, boxes: Boxes) -> PageHit:
    marks = _marks(match.spans, page, boxes)
    return PageHit(page, tuple(box for mark in marks for box in mark.boxes))


def _marks(spans: Sequence[Span], page: PageView, boxes: Boxes) -> tuple[Mark, ...]:
    of_page = boxes.get(page.folio_id, ())
    return tuple(
        Mark(start, end, line_boxes(page.text, of_page, start, end))
        for start, end in spans
    )


def _best(matches: list[PageMatch], limit: int) -> list[PageMatch]:
    """The pages with most of the phrases, the earlier first; in page order."""
    best = sorted(matches, key=lambda match: (-match.phrases, match.page))[:limit]
    return sorted(best, key=lambda match: match.page)


def _snippet(match: PageMatch, page: PageView) -> Snippet:
    found = snippet(match, page.text)
    return Snippet(page.sequence, found.text, found.marks)


def _title_marks(node: Node, title: str) -> tuple[tuple[int, int], ...]:
    return tuple(span for match in find(node, [title]) for span in match.spans)


def notice_of(problem: Problem | None) -> str:
    """What the reader is told of words that cannot be looked for."""
    if problem is Problem.EMPTY:
        return _("检索词中没有可检索的文字，请输入汉字、字母或数字。")
    if problem is Problem.TOO_LONG:
        return _("检索词过长，请缩短后再试。")
    return ""
