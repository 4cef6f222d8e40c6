"""The stored answers of the predicate: kept true, and held against it.

``Record.public_access`` and ``reading_room_access`` repeat what
``openness.access`` says of a record and its ancestors, so that the database can
filter. Only this module writes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Length

from archive.models import Record
from archive.openness import AccessTable, access, openness_of, own_access
from archive.seen import access_of

_CHUNK = 500
_PATHS = 100


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A record whose stored access is not what the predicate says."""

    record_id: int
    stored: AccessTable
    expected: AccessTable


class Recomputed(NamedTuple):
    """The ids of all records looked at, and the given tops below which any record
    is less open than before (by their paths).
    """

    visited: list[int]
    closed: list[str]


def lock_trees(records: Iterable[Record]) -> None:
    """Hold the roots of these records' trees until the transaction ends."""
    wanted = {record.pk for record in records}
    held: set[int] = set()
    # A record may be moved to another tree while we wait for the root of its own.
    while roots := _roots(wanted) - held:
        held |= roots
        list(Record.objects.select_for_update().filter(pk__in=roots).order_by("pk"))


def recompute(tops: Sequence[Record]) -> Recomputed:
    """Bring the stored access of these records and all below them up to date.

    None of them lies below another; the caller is in a transaction that holds
    their trees.
    """
    parents = Record.objects.in_bulk([top.parent_id for top in tops if top.parent_id])
    tables = {pk: access_of(parent) for pk, parent in parents.items()}
    changed: defaultdict[AccessTable, list[int]] = defaultdict(list)
    visited: list[int] = []
    closed: dict[str, None] = {}
    for paths in _chunks([top.path for top in tops]):
        for record in _below(paths):
            table = own_access(openness_of(record))
            if record.parent_id is not None:
                table = table.strictest(tables[record.parent_id])
            tables[record.pk] = table
            visited.append(record.pk)
            stored = access_of(record)
            if table != stored:
                changed[table].append(record.pk)
            if table.strictest(stored) != stored:
                closed[next(filter(record.path.startswith, paths))] = None
    for table, ids in changed.items():
        _store(table, ids)
    return Recomputed(visited, list(closed))


def mismatches() -> Iterator[Mismatch]:
    """Every record whose stored access differs from the predicate's answer."""
    records = Record.objects.order_by(Length("path"))
    ancestry: dict[int, tuple[Record, ...]] = {}
    for record in records.iterator(chunk_size=_CHUNK):
        ancestors = ancestry[record.parent_id] if record.parent_id else ()
        ancestry[record.pk] = (record, *ancestors)
        expected = access(record, ancestors)
        if expected != access_of(record):
            yield Mismatch(record.pk, access_of(record), expected)


def _roots(records: set[int]) -> set[int]:
    paths = Record.objects.filter(pk__in=records).values_list("path", flat=True)
    return {int(path.split("/", 1)[0]) for path in paths}


def _chunks(paths: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(paths), _PATHS):
        yield paths[start : start + _PATHS]


def _below(paths: list[str]) -> Iterator[Record]:
    """The subtrees at ``paths``, parents before children (their paths are shorter)."""
    conditions = (Q(path__startswith=path) for path in paths)
    records = Record.objects.filter(reduce(or_, conditions))
    return records.order_by(Length("path")).iterator(chunk_size=_CHUNK)


def _store(table: AccessTable, ids: list[int]) -> None:
    for start in range(0, len(ids), _CHUNK):
        Record.objects.filter(pk__in=ids[start : start + _CHUNK]).update(
            public_access=table.public, reading_room_access=table.reading_room
        )
