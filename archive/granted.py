"""Grants as a search may use them.

The index holds a record as each audience sees it. Whom a grant lifts to an audience for
one record is no member of it for the items of a volume, nor of the house: the document
may hold pages that the reader does not get, and must not be asked about them.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archive.models import Folio, Record
from archive.openness import Access, Audience
from archive.readers import Reader
from archive.volumes import Part, parts_of

_END = 2**31


def searchable(reader: Reader) -> dict[Audience, list[int]]:
    """``reader.granted`` without the records whose document at that audience has more
    pages than the reader: pages that an item withholds, or in quarantine.

    Those are searched as if they were not granted. No query without grants, else three.
    """
    if reader.audience is Audience.STAFF or not reader.grants:
        return reader.granted
    records = Record.objects.filter(pk__in=list(reader.grants))
    spans = {record.pk: list(_spans(record)) for record in records}
    volumes = {one.volume for each in spans.values() for one in each}
    parts = parts_of(volumes)
    folios = Folio.objects.filter(record__in=volumes, quarantined=True)
    quarantined = list(folios.values_list("record_id", "sequence"))

    def holds_more(span: _Span, audience: Audience) -> bool:
        if audience is Audience.STAFF and any(span.has(*one) for one in quarantined):
            return True
        items = filter(span.meets, parts.get(span.volume, ()))
        return _withheld(items, audience, reader)

    return {
        audience: [
            pk
            for pk in ids
            if not any(holds_more(span, audience) for span in spans.get(pk, ()))
        ]
        for audience, ids in reader.granted.items()
    }


class _Span(NamedTuple):
    """Pages of a volume, from the first to the last."""

    volume: int
    first: int
    last: int

    def has(self, volume: int, sequence: int) -> bool:
        return volume == self.volume and self.first <= sequence <= self.last

    def meets(self, part: Part) -> bool:
        return part.first <= self.last and part.last >= self.first


def _spans(record: Record) -> Iterator[_Span]:
    """Where its pages are: its own, and those of its volume that it holds."""
    yield _Span(record.pk, 0, _END)
    if record.parent_id and record.first_page and record.last_page:
        yield _Span(record.parent_id, record.first_page, record.last_page)


def _withheld(parts: Iterable[Part], audience: Audience, reader: Reader) -> bool:
    """Whether one of the items shows ``audience`` what it does not show the reader."""
    return any(
        part.access.of(audience) is Access.FULL
        and part.access.of(reader.audience_for(part.record_id)) is not Access.FULL
        for part in parts
    )
