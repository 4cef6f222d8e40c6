"""The names that records are described with, one row each: what can be counted.

``creators`` and ``person_names`` hold several names as the document has them; the
services that write these elements keep the rows here in step, in one transaction.
"""

from collections.abc import Iterable, Iterator

from archive.models import Record, TypedName
from archive.names import split
from archive.suggestions import key_of

ELEMENTS = ("creators", "person_names")
_CHUNK = 500


def keep(records: Iterable[Record], elements: Iterable[str] = ELEMENTS) -> None:
    """Make the rows of these elements those of the records as they are now."""
    held = list(records)
    named = [name for name in ELEMENTS if name in set(elements)]
    for start in range(0, len(held), _CHUNK):
        chunk = held[start : start + _CHUNK]
        ids = [record.pk for record in chunk]
        TypedName.objects.filter(record__in=ids, element__in=named).delete()
        TypedName.objects.bulk_create(
            row for record in chunk for row in rows_of(record, named)
        )


def rows_of(record: Record, elements: Iterable[str] = ELEMENTS) -> Iterator[TypedName]:
    """The rows of one record, each name once an element."""
    for element in elements:
        for name in dict.fromkeys(split(getattr(record, element))):
            yield TypedName(
                record_id=record.pk, element=element, name=name, folded=key_of(name)
            )
