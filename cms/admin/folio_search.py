"""Finding pages by their record's code or by the words on them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from archive.models import Folio, Record
from cms.admin.record_search import find as find_records
from search.locate import find as find_pages
from search.query import Node, parse

SEARCHED_RECORDS = 50
READ_PAGES = 5_000
MAX_FOUND = 500


@dataclass(frozen=True, slots=True)
class Found:
    """``unavailable``: pages were found by code only, not by their words."""

    folios: QuerySet[Folio]
    unavailable: bool = False
    cut_off: bool = False


def find(typed: str, folios: QuerySet[Folio]) -> Found:
    """Pages of records whose code begins so, and pages that bear the words.

    Of the records that bear the words the best ``SEARCHED_RECORDS``, and of
    their pages the first ``READ_PAGES``, are looked through; nothing else is read.
    """
    typed = typed.replace("\x00", "").strip()
    by_code = Q(record__reference_code__startswith=typed)
    node = parse(typed).node
    if node is None:
        return Found(folios.filter(by_code))
    records = find_records(typed, Record.objects.all())
    if records.unavailable:
        return Found(folios.filter(by_code), unavailable=True)
    ids = list(records.records.values_list("pk", flat=True)[: SEARCHED_RECORDS + 1])
    bearing = _bearing(node, folios.filter(record__in=ids[:SEARCHED_RECORDS]))
    return Found(
        folios.filter(by_code | Q(pk__in=bearing[:MAX_FOUND])),
        cut_off=len(ids) > SEARCHED_RECORDS or len(bearing) > MAX_FOUND,
    )


def _bearing(node: Node, folios: QuerySet[Folio]) -> list[int]:
    """The ids of those folios whose text answers the query."""
    texts = list(
        folios.exclude(transcript=None)
        .order_by("record", "sequence")
        .values_list("pk", "transcript__text")[:READ_PAGES]
    )
    matches = find_pages(node, [text for _, text in texts])
    return [texts[match.page][0] for match in matches]
