"""The stored answers of the predicate: kept true, and held against it.

``Record.public_access`` and ``reading_room_access`` repeat what
``openness.access`` says of a record and its ancestors, so that the database can
filter. Only this module writes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.models import Record
from archive.openness import OPENNESS_FIELDS, AccessTable, openness_of, own_access
from archive.seen import access_of

_CHUNK = 500
_NEEDED = ("parent_id", "public_access", "reading_room_access", *OPENNESS_FIELDS)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A record whose stored access is not what the predicate says."""

    record_id: int
    stored: AccessTable
    expected: AccessTable


class Recomputed(NamedTuple):
    """The ids of all records looked at; the given tops below which any record is
    less open than before (by their paths); whether any is more open than before.
    """

    visited: list[int]
    closed: list[str]
    opened: bool


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
    above = Record.objects.in_bulk([top.parent_id for top in tops if top.parent_id])
    tables = {pk: access_of(parent) for pk, parent in above.items()}
    changed: defaultdict[AccessTable, list[int]] = defaultdict(list)
    visited: list[int] = []
    closed: dict[str, None] = {}
    opened = False
    for record, table, top in _subtrees({top.pk: top.path for top in tops}, tables):
        visited.append(record.pk)
        stored = access_of(record)
        if table != stored:
            changed[table].append(record.pk)
        if table.strictest(stored) != stored:
            closed[top] = None
        opened |= table.strictest(stored) != table
    for table, ids in changed.items():
        _store(table, ids)
    return Recomputed(visited, list(closed), opened)


def mismatches() -> Iterator[Mismatch]:
    """Every record whose stored access differs from the predicate's answer.

    A decision that is carried out meanwhile may show up here, too.
    """
    roots = Record.objects.filter(parent=None).values_list("pk", "path")
    for record, table, _top in _subtrees(dict(roots), {}):
        if table != access_of(record):
            yield Mismatch(record.pk, access_of(record), table)


def _roots(records: set[int]) -> set[int]:
    paths = Record.objects.filter(pk__in=records).values_list("path", flat=True)
    return {int(path.split("/", 1)[0]) for path in paths}


def _subtrees(
    tops: Mapping[int, str], tables: dict[int, AccessTable]
) -> Iterator[tuple[Record, AccessTable, str]]:
    """Each record at and below ``tops`` (paths by id), parents before children.

    With it come the predicate's answer, which stands on ``tables`` of the records
    above (the records' own are added), and the path of its top.
    """
    top_of = dict(tops)
    ids, wanted = list(tops), "pk__in"
    while ids:
        above, ids = ids, []
        for record in _load(wanted, above):
            table = own_access(openness_of(record))
            if record.parent_id is not None:
                table = table.strictest(tables[record.parent_id])
                top_of.setdefault(record.pk, top_of.get(record.parent_id, ""))
            tables[record.pk] = table
            ids.append(record.pk)
            yield record, table, top_of[record.pk]
        wanted = "parent_id__in"


def _load(wanted: str, ids: Sequence[int]) -> Iterator[Record]:
    """The records that a lookup by ids finds, with no more than openness needs."""
    for start in range(0, len(ids), _CHUNK):
        found = Record.objects.filter(**{wanted: ids[start : start + _CHUNK]})
        yield from found.only(*_NEEDED).order_by("pk").iterator(chunk_size=_CHUNK)


def _store(table: AccessTable, ids: list[int]) -> None:
    for start in range(0, len(ids), _CHUNK):
        Record.objects.filter(pk__in=ids[start : start + _CHUNK]).update(
            public_access=table.public, reading_room_access=table.reading_room
        )
