"""The search page."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.openness import Access
from cms import scans, searchquery
from cms.scripts import tag_of_script
from cms.views.errors import too_deep, unavailable
from cms.views.histogram import bars
from cms.views.request import ReaderRequest
from search.engines.base import MAX_WINDOW, SORTS
from search.errors import PagingTooDeep, SearchUnavailable
from search.service import (
    Facet,
    FacetValue,
    Hit,
    Results,
    SearchParams,
    StoryHit,
    search,
)
from search.stories import CATALOGUE, stories

_FACET_VALUES_SHOWN = 8
# Drawn as bars and as tabs, not listed.
_TIMES = ("decade", "year")
_SECTION = "section"


@dataclass(frozen=True, slots=True)
class Thumbnail:
    page: int
    scan: scans.Scan


@dataclass(frozen=True, slots=True)
class Quote:
    """A snippet; ``at`` is the number of its first match on its page."""

    page: int
    at: int
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class HitCard:
    """A hit as the list shows it; ``more`` counts the places not shown."""

    hit: Hit
    catalogue_only: bool
    snippets: tuple[Quote, ...]
    thumbnails: tuple[Thumbnail, ...]
    rtl: bool
    script: str
    more: int


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A page of the site as the list shows it; ``more`` counts the places not shown."""

    hit: StoryHit
    kind: str
    more: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes one thing about the search."""

    label: str
    url: str
    count: int = 0
    selected: bool = False


@dataclass(frozen=True, slots=True)
class FacetList:
    """``approximate``: not all values are listed, or counts are estimates."""

    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    approximate: bool


def search_page(request: ReaderRequest) -> HttpResponse:
    """``/search/``: works without JavaScript; nonsense parameters are left out.

    A page past the end leads to the last one.
    """
    parsed = searchquery.parse(request.GET)
    try:
        results = search(parsed.params, request.reader)
    except SearchUnavailable:
        return unavailable(request)
    except PagingTooDeep:
        return too_deep(request, searchquery.with_page(parsed.params, 1))
    last = max(results.page_total, 1)
    if results.params.page > last:
        query = searchquery.with_page(results.params, last)
        return HttpResponseRedirect(reverse("search") + query)
    return render(request, "cms/search.html", _context(results))


def _context(results: Results) -> dict[str, Any]:
    params = results.params
    kinds = stories().kinds()
    return {
        "results": results,
        "params": params,
        "cards": [
            _card(hit) if isinstance(hit, Hit) else _story_card(hit, kinds)
            for hit in results.hits
        ],
        "mixed": any(one.value != CATALOGUE and one.count for one in results.sections),
        "tabs": _tabs(results),
        "pager": _pager(results),
        "facets": [
            _facet_list(params, facet)
            for facet in results.facets
            if facet.name not in (*_TIMES, _SECTION)
        ],
        "bars": bars(results),
        "chosen": _chosen(results),
        "sorts": _sorts(params),
        "kept": searchquery.filter_pairs(params, dates=False),
        "unrestricted": searchquery.only_query(params),
        "demonstration": any(
            (hit.view if isinstance(hit, Hit) else hit.story).is_demonstration
            for hit in results.hits
        ),
    }


def _card(hit: Hit) -> HitCard:
    script = hit.pages[0].page.script if hit.pages else ""
    return HitCard(
        hit=hit,
        catalogue_only=hit.view.access is not Access.FULL,
        snippets=tuple(_quotes(hit)),
        thumbnails=tuple(
            Thumbnail(found.page.sequence, scans.thumbnail(found.page, found.boxes))
            for found in hit.pages
        ),
        rtl=scans.runs_right_to_left([found.page for found in hit.pages]),
        script=tag_of_script(script),
        more=hit.match_count - sum(len(each.marks) for each in hit.snippets),
    )


def _story_card(hit: StoryHit, kinds: Mapping[str, str]) -> StoryCard:
    shown = sum(len(each.marks) for each in hit.passages)
    kind = kinds.get(hit.story.kind, hit.story.kind)
    return StoryCard(hit, kind, hit.match_count - shown)


def _tabs(results: Results) -> list[Choice]:
    """All hits, and those of each section; () where all are in one."""
    params = results.params
    if not any(one.value != CATALOGUE for one in results.sections):
        return []
    everything = Choice(
        _("全部"),
        searchquery.in_section(params, ""),
        sum(one.count for one in results.sections),
        not params.filters.get(_SECTION),
    )
    return [
        everything,
        *(
            Choice(
                one.label,
                searchquery.in_section(params, one.value),
                one.count,
                one.selected,
            )
            for one in results.sections
        ),
    ]


def _quotes(hit: Hit) -> Iterator[Quote]:
    """The snippets, each led to its own place: they follow the text."""
    passed: Counter[int] = Counter()
    for snippet in hit.snippets:
        at = passed[snippet.page] + 1
        yield Quote(snippet.page, at, snippet.text, snippet.marks)
        passed[snippet.page] += len(snippet.marks)


def _pager(results: Results) -> Page[int]:
    """Pages of results, as far down as an engine goes."""
    reachable = min(results.total, MAX_WINDOW)
    paginator = Paginator(range(reachable), results.params.page_size)
    return paginator.get_page(results.params.page)


def _facet_list(params: SearchParams, facet: Facet) -> FacetList:
    choices = tuple(_choice(params, facet.name, value) for value in facet.values)
    shown = max(
        _FACET_VALUES_SHOWN,
        *(index + 1 for index, choice in enumerate(choices) if choice.selected),
        0,
    )
    return FacetList(facet.label, choices[:shown], choices[shown:], facet.approximate)


def _choice(params: SearchParams, name: str, value: FacetValue) -> Choice:
    url = searchquery.toggled(params, name, value.value)
    return Choice(value.label, url, value.count, value.selected)


def _chosen(results: Results) -> list[Choice]:
    """Every restriction in force, each as a link that lifts it."""
    params = results.params
    labels = {
        (facet.name, value.value): value.label
        for facet in results.facets
        for value in facet.values
    }
    chosen = [
        Choice(labels.get(pair, pair[1]), searchquery.toggled(params, *pair))
        for pair in searchquery.filter_pairs(params, dates=False)
        if pair[0] != _SECTION
    ]
    if params.date_from or params.date_to:
        label = f"{params.date_from or '…'}—{params.date_to or '…'}"
        chosen.append(Choice(label, searchquery.without_dates(params)))
    return chosen


def _sorts(params: SearchParams) -> list[Choice]:
    labels = (_("相关程度"), _("年代由远及近"), _("年代由近及远"), _("档号"))
    return [
        Choice(label, searchquery.with_sort(params, sort), selected=sort == params.sort)
        for sort, label in zip(SORTS, labels, strict=True)
    ]
