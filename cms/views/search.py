"""The search page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from archive.openness import Access
from cms import scans, searchquery
from cms.scripts import tag_of_script
from cms.views.errors import too_deep, unavailable
from cms.views.request import ReaderRequest
from search.engines.base import MAX_WINDOW
from search.errors import PagingTooDeep, SearchUnavailable
from search.service import Facet, FacetValue, Hit, Results, SearchParams, search

_FACET_VALUES_SHOWN = 8
# The histogram's viewBox: units a year, and its height.
_STEP = 12
_HEIGHT = 60


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
class Choice:
    """A link that changes one thing about the search."""

    label: str
    url: str
    count: int = 0
    selected: bool = False


@dataclass(frozen=True, slots=True)
class FacetList:
    name: str
    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of the histogram, in units of its viewBox (60 high)."""

    x: int
    y: int
    height: int
    label: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    width: int
    bars: tuple[Bar, ...]
    first: int
    last: int


def search_page(request: ReaderRequest) -> HttpResponse:
    """``/search/``: works without JavaScript; nonsense parameters are left out."""
    parsed = searchquery.parse(request.GET)
    try:
        results = search(parsed.params, request.reader)
    except SearchUnavailable:
        return unavailable(request)
    except PagingTooDeep:
        return too_deep(request, searchquery.with_page(parsed.params, 1))
    return render(request, "cms/search.html", _context(results))


def _context(results: Results) -> dict[str, Any]:
    params = results.params
    return {
        "results": results,
        "params": params,
        "cards": [_card(hit) for hit in results.hits],
        "pager": _pager(results),
        "facets": [
            _facet_list(params, facet)
            for facet in results.facets
            if facet.name != "year"
        ],
        "histogram": _histogram(results),
        "chosen": _chosen(results),
        "sorts": _sorts(params),
        "kept": searchquery.filter_pairs(params, dates=False),
        "unrestricted": searchquery.only_query(params),
        "demonstration": any(hit.view.is_demonstration for hit in results.hits),
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
    return FacetList(facet.name, facet.label, choices[:shown], choices[shown:])


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
    ]
    if params.date_from or params.date_to:
        label = f"{params.date_from or '…'}—{params.date_to or '…'}"
        chosen.append(Choice(label, searchquery.without_dates(params)))
    return chosen


def _sorts(params: SearchParams) -> list[Choice]:
    labels = (_("相关程度"), _("年代由远及近"), _("年代由近及远"), _("档号"))
    return [
        Choice(label, searchquery.with_sort(params, sort), selected=sort == params.sort)
        for sort, label in zip(searchquery.SORTS, labels, strict=True)
    ]


def _histogram(results: Results) -> Histogram | None:
    """Hits a year; None where fewer than two years would make a dull picture."""
    facet = next((facet for facet in results.facets if facet.name == "year"), None)
    values = {int(v.value): v for v in facet.values if v.count} if facet else {}
    if len(values) < 2:
        return None
    first, last = min(values), max(values)
    highest = max(value.count for value in values.values())
    bars = tuple(
        _bar(results.params, values[year], (year - first) * _STEP, highest)
        for year in sorted(values)
    )
    return Histogram((last - first) * _STEP + _STEP - 3, bars, first, last)


def _bar(params: SearchParams, value: FacetValue, x: int, highest: int) -> Bar:
    height = max(6, round(value.count / highest * (_HEIGHT - 3)))
    label = _("%(year)s 年，%(count)d 件") % {
        "year": value.value,
        "count": value.count,
    }
    url = searchquery.toggled(params, "year", value.value)
    return Bar(x, _HEIGHT - height, height, label, url, value.count)
