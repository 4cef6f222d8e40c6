"""The search box over records: the engine's hits, and the database's without it.

Bulk import bypasses Wagtail's own index, so the box asks ``search`` as staff. A
record whose code begins with what was typed is found in any case: one saved a
moment ago is not in the index yet.
"""

from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, Value, When

from archive.models import Record
from archive.openness import Audience
from search.engines.base import Access, Filters, SearchRequest
from search.errors import SearchUnavailable
from search.index import engine
from search.query import parse
from search.stories import CATALOGUE

MAX_FOUND = 500


@dataclass(frozen=True, slots=True)
class Found:
    """``unavailable``: only codes and titles were compared, by their beginning.

    ``cut_off``: the engine knows of more than ``MAX_FOUND``.
    """

    records: QuerySet[Record]
    unavailable: bool = False
    cut_off: bool = False


def find(typed: str, records: QuerySet[Record], *, ranked: bool = True) -> Found:
    """Those of ``records`` that ``typed`` finds; the best first where ``ranked``."""
    typed = typed.replace("\x00", "").strip()
    by_code = Q(reference_code__startswith=typed.upper()) | Q(
        reference_code__startswith=typed
    )
    node = parse(typed).node
    if node is None:
        return Found(records.filter(by_code))
    request = SearchRequest(
        node,
        Access(int(Audience.STAFF)),
        Filters({"section": (CATALOGUE,)}),
        limit=MAX_FOUND,
    )
    try:
        response = engine().search(request)
    except SearchUnavailable:
        beginning = by_code | Q(title__startswith=typed)
        return Found(records.filter(beginning), unavailable=True)
    ids = [hit.source_id for hit in response.hits]
    found = records.filter(by_code | Q(pk__in=ids))
    if ranked and ids:
        places = (When(pk=pk, then=place) for place, pk in enumerate(ids))
        found = found.order_by(Case(*places, default=Value(-1)), "reference_code")
    return Found(found, cut_off=response.total > MAX_FOUND)
