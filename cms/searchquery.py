"""The query string of the search page, both ways."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from search.engines.base import FACETS, SORTS, Sort
from search.query import MAX_CHARACTERS
from search.service import SearchParams

_SORTS: dict[str, Sort] = {sort: sort for sort in SORTS}
_MAX_LENGTH = 500
_MAX_VALUES = 50
_MAX_PAGE = 1_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """``unread`` names the parameters that make no sense and were left out."""

    params: SearchParams
    unread: tuple[str, ...]


def parse(query: QueryDict) -> Parsed:
    """What a reader or a script typed; never raises."""
    unread = []
    page = page_number(query.get("page", ""))
    if page is None:
        unread.append("page")
    sort = _SORTS.get(query.get("sort") or SORTS[0])
    if sort is None:
        unread.append("sort")
    filters = {}
    for name in FACETS:
        values = tuple(dict.fromkeys(filter(None, map(_clean, query.getlist(name)))))
        if values:
            filters[name] = values[:_MAX_VALUES]
    params = SearchParams(
        q=words(query),
        filters=filters,
        date_from=_clean(query.get("date_from", "")),
        date_to=_clean(query.get("date_to", "")),
        sort=sort or SORTS[0],
        page=page or 1,
    )
    return Parsed(params, tuple(unread))


def words(query: QueryDict) -> str:
    """What is looked for. No longer than it takes to be told that it is too long."""
    return _clean(query.get("q", ""), MAX_CHARACTERS + 1)


def query_string(params: SearchParams) -> str:
    """``?…`` for ``params``, without what is empty or the default."""
    pairs = [("q", params.q)] if params.q else []
    pairs += filter_pairs(params)
    pairs += [("sort", params.sort)] if params.sort != SORTS[0] else []
    pairs += [("page", str(params.page))] if params.page != 1 else []
    return f"?{urlencode(pairs)}" if pairs else "?"


def filter_pairs(params: SearchParams, *, dates: bool = True) -> list[tuple[str, str]]:
    """The chosen facet values and dates as (name, value)."""
    pairs = [(name, v) for name, values in params.filters.items() for v in values]
    if dates:
        ends = (("date_from", params.date_from), ("date_to", params.date_to))
        pairs += [(name, value) for name, value in ends if value]
    return pairs


def with_page(params: SearchParams, page: int) -> str:
    return query_string(replace(params, page=page))


def with_sort(params: SearchParams, sort: Sort) -> str:
    return query_string(replace(params, sort=sort, page=1))


def toggled(params: SearchParams, name: str, value: str) -> str:
    """The same search with one facet value chosen, or no longer chosen."""
    chosen = params.filters.get(name, ())
    if value in chosen:
        values = tuple(other for other in chosen if other != value)
    else:
        values = (*chosen, value)
    filters = {**params.filters, name: values}
    return query_string(replace(params, filters=_without_empty(filters), page=1))


def in_section(params: SearchParams, section: str) -> str:
    """The same search in one section, in all of them for ""."""
    filters = {**params.filters, "section": (section,) if section else ()}
    return query_string(replace(params, filters=_without_empty(filters), page=1))


def without_dates(params: SearchParams) -> str:
    return query_string(replace(params, date_from="", date_to="", page=1))


def only_query(params: SearchParams) -> str:
    """The same words without any restriction."""
    return query_string(SearchParams(q=params.q, sort=params.sort))


def _without_empty(
    filters: Mapping[str, tuple[str, ...]],
) -> dict[str, tuple[str, ...]]:
    return {name: values for name, values in filters.items() if values}


def _clean(value: str, length: int = _MAX_LENGTH) -> str:
    return _CONTROL.sub(" ", value).strip()[:length]


def page_number(value: str) -> int | None:
    """A page number from 1, 1 for nothing, None for anything else."""
    if not value:
        return 1
    if not (value.isascii() and value.isdigit()) or len(value) > len(str(_MAX_PAGE)):
        return None
    number = int(value)
    return number if 1 <= number <= _MAX_PAGE else None
