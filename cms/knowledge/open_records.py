"""The records on a concept: by the search index, as a stranger asks it.

So a closed record counts nowhere. While the search is down nothing is known of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode

from archive.models import Subject
from archive.readers import ANONYMOUS
from archive.seen import RecordView
from search.engines.base import Filters, SearchRequest
from search.errors import SearchUnavailable
from search.index import engine
from search.request import access_for
from search.service import ONLY_RECORDS, SearchParams, search
from search.stories import CATALOGUE

NEWEST: Final = 4
"""How many are listed."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records on a concept, as everyone may see them.

    ``count`` None: the search cannot be asked at this moment.
    """

    count: int | None
    newest: tuple[RecordView, ...] = ()


def count_records(labels: Iterable[str]) -> dict[str, int] | None:
    """How many records everyone may find under each label, in one question.

    A label of which there is none is left out. None where the search is down.
    """
    wanted = set(labels)
    if not wanted:
        return {}
    try:
        response = engine().search(_facet_of_subjects())
    except SearchUnavailable:
        return None
    counts = dict(response.facets["subject"])
    if "subject" in response.approximate:
        # More concepts than a facet lists: the rare ones are asked for by name.
        for label in wanted - counts.keys():
            asked = _facet_of_subjects(label)
            counts[label] = engine().search(asked).total
    return {label: counts[label] for label in wanted if counts.get(label)}


def _facet_of_subjects(label: str = "") -> SearchRequest:
    values = {**ONLY_RECORDS, **({"subject": (label,)} if label else {})}
    return SearchRequest(
        query=None,
        access=access_for(ANONYMOUS),
        filters=Filters(values),
        offset=0,
        limit=0,
        facets=("subject",),
    )


def records_on(subject: Subject, *, newest: int = NEWEST) -> Records:
    """How many records there are on the concept, and the latest by their dates."""
    params = SearchParams(
        filters={**ONLY_RECORDS, "subject": (subject.label,)},
        sort="date_desc",
        page_size=newest,
    )
    try:
        results = search(params, ANONYMOUS)
    except SearchUnavailable:
        return Records(None)
    return Records(results.total, tuple(hit.view for hit in results.record_hits))


def search_url(subject: Subject, kind: str = "") -> str:
    """The search for what there is of ``kind`` on the concept, "" for records."""
    query = {"subject": subject.label}
    query |= {"type": kind} if kind else {"section": CATALOGUE}
    return f"{reverse('search')}?{urlencode(query)}"
