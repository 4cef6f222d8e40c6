"""A volume scanned as a whole, and the items that its pages belong to.

An item below a scanned file has no pages of its own but a range of the file's
(起止页号, its ``first_page`` and ``last_page``). A page is as closed as the strictest
of the file and of every item that it belongs to: seen through the file, and seen
through another item that shares it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from archive import outbox
from archive.errors import PagesWouldOpen
from archive.models import Folio, Grant, Record
from archive.openness import Access, AccessTable

FULL = AccessTable(Access.FULL, Access.FULL)


@dataclass(frozen=True, slots=True)
class Part:
    """An item's range of pages, and what each audience gets of the item."""

    record_id: int
    first: int
    last: int
    access: AccessTable

    def holds(self, sequence: int) -> bool:
        return self.first <= sequence <= self.last


Parts = Mapping[int, Sequence[Part]]
"""The parts of each volume, by the volume's id."""


def parts_of(volumes: Iterable[int]) -> Parts:
    """One query for all of them; a volume that is not divided is not in it."""
    found: defaultdict[int, list[Part]] = defaultdict(list)
    rows = Record.objects.filter(
        parent_id__in=list(volumes), first_page__isnull=False, last_page__isnull=False
    ).order_by("first_page", "pk")
    columns = ("parent_id", "pk", "first_page", "last_page")
    for volume, pk, first, last, public, room in rows.values_list(
        *columns, "public_access", "reading_room_access"
    ):
        table = AccessTable(Access(public), Access(room))
        found[volume].append(Part(pk, first, last, table))
    return found


def open_page(
    parts: Iterable[Part], sequence: int, of: Callable[[Part], Access]
) -> bool:
    """Whether every item that holds the page lets it be seen.

    ``of`` says what the reader gets of an item.
    """
    return all(of(part) is Access.FULL for part in parts if part.holds(sequence))


def folios_of(
    items: Iterable[Record], folios: QuerySet[Folio]
) -> dict[int, list[Folio]]:
    """By item id, the pages of its range; one query over ``folios``."""
    ranged = [one for one in items if one.first_page and one.parent_id]
    if not ranged:
        return {}
    wanted = Q()
    for volume, first, last in _spans(ranged):
        wanted |= Q(record_id=volume, sequence__range=(first, last))
    pages: defaultdict[int, list[Folio]] = defaultdict(list)
    for folio in folios.filter(wanted).order_by("sequence"):
        pages[folio.record_id].append(folio)
    return {
        one.pk: [
            folio
            for folio in pages[one.parent_id or 0]
            if (one.first_page or 0) <= folio.sequence <= (one.last_page or 0)
        ]
        for one in ranged
    }


def _spans(items: Iterable[Record]) -> Iterator[tuple[int, int, int]]:
    """For each volume the pages from the first to the last that is wanted."""
    spans: dict[int, tuple[int, int]] = {}
    for one in items:
        volume, first, last = (
            one.parent_id or 0,
            one.first_page or 0,
            one.last_page or 0,
        )
        low, high = spans.get(volume, (first, last))
        spans[volume] = (min(low, first), max(high, last))
    return ((volume, low, high) for volume, (low, high) in spans.items())


@contextmanager
def kept_closed(volumes: Iterable[int]) -> Iterator[None]:
    """Around a change of ranges, inside its transaction.

    Raises ``PagesWouldOpen`` where a page would be seen by more people than before:
    only a decision by two people opens. Where one is seen by fewer, every query
    leaves the volume out until the index has followed.
    """
    ids = sorted(set(volumes))
    before = {pk: _tables(pk) for pk in ids}
    yield
    closing = []
    for pk in ids:
        after = _tables(pk)
        opened = [
            sequence
            for sequence, table in after.items()
            if table.strictest(before[pk].get(sequence, FULL)) != table
        ]
        if opened:
            raise PagesWouldOpen(_code(pk), opened)
        if after != before[pk]:
            closing.append(pk)
    follow(ids, closing)


def follow(volumes: Iterable[int], closing: Iterable[int] = ()) -> None:
    """Tell the index of volumes and their items; those closing are hidden at once."""
    ids = list(volumes)
    if not ids:
        return
    divided = Record.objects.filter(parent_id__in=ids, first_page__isnull=False)
    outbox.changed({*ids, *divided.values_list("pk", flat=True)})
    hidden = Record.objects.filter(pk__in=list(closing))
    outbox.hide(list(hidden.values_list("path", flat=True)))


def volumes_of(record_ids: Iterable[int]) -> list[int]:
    """The volumes whose pages these records hold."""
    held = Record.objects.filter(
        pk__in=list(record_ids), first_page__isnull=False, parent_id__isnull=False
    )
    return sorted(set(held.values_list("parent_id", flat=True)))


def _tables(volume: int) -> dict[int, AccessTable]:
    """Each page: what the volume and the strictest of its items let be seen.

    Pages in quarantine are for the house whatever the items say.
    """
    most = _own_table(volume)
    folios = Folio.objects.filter(record_id=volume, quarantined=False)
    parts = parts_of([volume]).get(volume, ())
    tables: dict[int, AccessTable] = {}
    for sequence in folios.order_by("sequence").values_list("sequence", flat=True):
        table = most
        for part in parts:
            if part.holds(sequence):
                table = table.strictest(part.access)
        tables[sequence] = table
    return tables


def _own_table(volume: int) -> AccessTable:
    """What the volume itself lets be seen; everything, where a reader has a grant
    for it, whom only the items keep from some of its pages.
    """
    granted = Grant.objects.filter(record=volume, until__gte=timezone.localdate())
    if granted.exists():
        return FULL
    names = ("public_access", "reading_room_access")
    public, room = Record.objects.values_list(*names).get(pk=volume)
    return AccessTable(Access(public), Access(room))


@dataclass(frozen=True, slots=True)
class Division:
    """How the pages of a volume are divided: what no item holds, what several do."""

    pages: int
    unheld: tuple[int, ...]
    shared: tuple[int, ...]


def division(volume: Record) -> Division:
    """For whoever divides it; a page may end one item and begin another."""
    sequences = volume.folios.order_by("sequence").values_list("sequence", flat=True)
    parts = parts_of([volume.pk]).get(volume.pk, ())
    times = {
        sequence: sum(part.holds(sequence) for part in parts) for sequence in sequences
    }
    return Division(
        len(times),
        tuple(sequence for sequence, count in times.items() if not count),
        tuple(sequence for sequence, count in times.items() if count > 1),
    )


def _code(pk: int) -> str:
    return Record.objects.values_list("reference_code", flat=True).get(pk=pk)
