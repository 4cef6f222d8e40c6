"""From what a reader typed to a request that an engine answers."""

import calendar
import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive import outbox
from archive.granted import searchable
from archive.readers import Reader
from archive.subjects.found import preferred
from search.engines.base import FACETS, Access, Filters, SearchRequest
from search.facets import SHOWN
from search.query import Node
from search.results import SearchParams

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DateRange:
    """``YYYY-MM-DD`` or None; ``notice`` says what could not be read."""

    first: str | None
    last: str | None
    notice: str


def access_for(reader: Reader) -> Access:
    """The reader's audience and grants, and what is closing at this moment."""
    return Access(
        audience=int(reader.audience),
        granted={
            int(audience): frozenset(ids)
            for audience, ids in searchable(reader).items()
            if ids
        },
        excluded_paths=outbox.excluded_paths(),
        excluded=outbox.hidden(),
    )


def canonical(params: SearchParams) -> SearchParams:
    """With subjects under their preferred labels, whichever name was asked for."""
    named = tuple(filter(None, params.filters.get("subject", ())))
    if not named:
        return params
    labels = preferred(named)
    subjects = tuple(dict.fromkeys(labels[name] for name in named))
    return replace(params, filters={**params.filters, "subject": subjects})


def build(
    params: SearchParams, node: Node | None, dates: DateRange, reader: Reader
) -> SearchRequest:
    """The request for one page of results with all facets."""
    return SearchRequest(
        query=node,
        access=access_for(reader),
        filters=Filters(
            {
                name: tuple(value for value in values if value)
                for name, values in params.filters.items()
                if name in FACETS
            },
            dates.first,
            dates.last,
            language_read(),
        ),
        sort=params.sort,
        offset=(max(params.page, 1) - 1) * params.page_size,
        limit=params.page_size,
        facets=SHOWN,
    )


def language_read() -> str:
    """The language that the reader has the site in, one of ``settings.LANGUAGES``."""
    code = get_language() or settings.LANGUAGE_CODE
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def read_dates(params: SearchParams) -> DateRange:
    """``1953``, ``1953-7`` or ``1953-07-01`` at either end."""
    first, last = _day(params.date_from, end=False), _day(params.date_to, end=True)
    unread = [
        typed
        for typed, day in ((params.date_from, first), (params.date_to, last))
        if typed.strip() and day is None
    ]
    notice = ""
    if unread:
        notice = _("未能读懂日期“%(date)s”，请写作 1953 或 1953-07-01。") % {
            "date": unread[0][:20]
        }
    return DateRange(first, last, notice)


def _day(typed: str, *, end: bool) -> str | None:
    match = _DATE.fullmatch(typed.strip())
    if match is None:
        return None
    year = int(match[1])
    month = int(match[2] or (12 if end else 1))
    if not (year and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(match[3] or (last if end else 1))
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= last else None
