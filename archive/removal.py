"""Taking back records that a mistaken batch made: as if they had never been.

Unlike ``records.delete`` their codes are free again (docs/decisions/0016).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from archive import volumes
from archive.description import EDITABLE
from archive.history import Noted, note
from archive.links import LINKS
from archive.models import (
    Change,
    FormerReferenceCode,
    OutboxRow,
    Record,
    Tombstone,
)

_CHUNK = 500


def take_back(records: Iterable[Record], by: AbstractBaseUser | None) -> None:
    """Remove these records, whose children are all among them.

    The caller is in a transaction that holds their trees, and has made sure that
    none is open or has pages. Raises ``PagesWouldOpen`` where one keeps pages of its
    volume from somebody. Nothing is excluded from searches until the index has
    caught up, as ``outbox.removed`` does: nobody outside could see any of them.
    """
    levels: defaultdict[int, list[Record]] = defaultdict(list)
    for record in records:
        levels[record.path.count("/")].append(record)
    taken = {record.pk for level in levels.values() for record in level}
    divided = {
        record.parent_id
        for level in levels.values()
        for record in level
        if record.first_page and record.parent_id
    }
    with volumes.kept_closed(divided - taken):
        for depth in sorted(levels, reverse=True):
            for chunk in _chunks(levels[depth]):
                _take_back(chunk, by)


def _take_back(records: Sequence[Record], by: AbstractBaseUser | None) -> None:
    ids = [record.pk for record in records]
    FormerReferenceCode.objects.filter(record__in=ids).delete()
    Tombstone.objects.bulk_create(
        Tombstone(record_id=record.pk, reference_code="", version=record.version + 1)
        for record in records
    )
    OutboxRow.objects.bulk_create(OutboxRow(source_id=pk) for pk in ids)
    links = {name: link.read(ids) for name, link in LINKS.items()}
    note((_noted(record, links) for record in records), by, None)
    Record.objects.filter(pk__in=ids).delete()


def _noted(record: Record, links: Mapping[str, Mapping[int, list[Any]]]) -> Noted:
    before = {name: getattr(record, name) for name in sorted(EDITABLE)}
    before |= {name: found.get(record.pk, []) for name, found in links.items()}
    before |= {"reference_code": record.reference_code, "parent": record.parent_id}
    said = {
        name: value for name, value in before.items() if value not in ("", None, [])
    }
    return Noted(record.pk, Change.Action.DELETE, before=said)


def _chunks(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    for start in range(0, len(records), _CHUNK):
        yield records[start : start + _CHUNK]
