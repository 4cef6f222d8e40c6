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
from archive.openness import Access, AccessTable, Audience
from archive.readers import Reader

_CHUNK = 100


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
    before = {pk: _sights(pk) for pk in ids}
    yield
    closing = []
    for pk in ids:
        after = _sights(pk)
        opened = {
            page
            for reader, pages in after.items()
            for page in pages - before[pk].get(reader, pages)
        }
        if opened:
            raise PagesWouldOpen(_code(pk), sorted(opened))
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


def holding(folios: Iterable[Folio]) -> set[int]:
    """The ids of the records of these pages, and of the items that the pages belong to:
    all whose index documents a change of a page concerns.
    """
    spans: dict[int, tuple[int, int]] = {}
    for folio in folios:
        low, high = spans.get(folio.record_id, (folio.sequence, folio.sequence))
        spans[folio.record_id] = min(low, folio.sequence), max(high, folio.sequence)
    found = set(spans)
    ids = list(spans)
    for start in range(0, len(ids), _CHUNK):
        wanted = Q()
        for volume in ids[start : start + _CHUNK]:
            low, high = spans[volume]
            wanted |= Q(parent_id=volume, first_page__lte=high, last_page__gte=low)
        found.update(Record.objects.filter(wanted).values_list("pk", flat=True))
    return found


def volumes_of(record_ids: Iterable[int]) -> list[int]:
    """The volumes whose pages these records hold."""
    held = Record.objects.filter(
        pk__in=list(record_ids), first_page__isnull=False, parent_id__isnull=False
    )
    return sorted(set(held.values_list("parent_id", flat=True)))


def _sights(volume: int) -> dict[tuple[Audience, int], set[int]]:
    """Which pages are seen by each audience (with 0), and by each reader who has a
    grant for the volume or an item of it, in either place (with the reader's id).

    Pages in quarantine are for the house whatever the items say.
    """
    own = _own_table(volume)
    parts = parts_of([volume]).get(volume, ())
    folios = Folio.objects.filter(record_id=volume, quarantined=False)
    holding = {
        page: [part for part in parts if part.holds(page)]
        for page in folios.values_list("sequence", flat=True)
    }

    def pages_of(reader: Reader) -> set[int]:
        """Through an item that holds the page, never against one; else the volume."""
        through = own.of(reader.audience_for(volume)) is Access.FULL
        return {
            page
            for page, held in holding.items()
            if all(
                one.access.of(reader.audience_for(one.record_id)) is Access.FULL
                for one in held
            )
            and (held or through)
        }

    return {
        (audience, person): pages_of(Reader(audience, grants))
        for audience in (Audience.PUBLIC, Audience.READING_ROOM)
        for person, grants in {0: {}, **_grants(volume)}.items()
    }


def _grants(volume: int) -> dict[int, dict[int, Audience]]:
    """By reader, what was granted of the volume and its items."""
    concerned = Q(record=volume) | Q(record__parent=volume)
    rows = Grant.objects.filter(concerned, until__gte=timezone.localdate())
    found: defaultdict[int, dict[int, Audience]] = defaultdict(dict)
    for person, record, audience in rows.order_by("audience").values_list(
        "reader_id", "record_id", "audience"
    ):
        found[person][record] = Audience(audience)
    return found


def _own_table(volume: int) -> AccessTable:
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
