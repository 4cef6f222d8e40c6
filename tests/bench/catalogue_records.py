"""A catalogue of any size, made in SQL: the services would take hours for a million.

Fonds, series, files and items; one series holds a tenth of all records right below
itself. Dates lie over the decades, descriptions are of every status and openness is
mixed; ``catalogue_words`` says what they are described with. Stored access is what
``archive.openness`` answers, and all that services keep beside the records is there
as they would have written it (``tests/bench/test_catalogue.py`` holds them to it).
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from taggit.models import Tag

from archive.codes import components_of
from archive.models import (
    Change,
    Record,
    RecordTerm,
    Relation,
    Review,
    TaggedRecord,
    TypedName,
)
from archive.openness import AccessTable, Openness, own_access
from archive.vocabulary import Clearance, Disclosure, Level, OpenStatus, Secrecy
from tests.bench.catalogue_rows import continue_numbers, insert
from tests.bench.catalogue_words import (
    TAGS,
    Words,
    broadest,
    changes,
    reviews,
    words,
)

SEED = 1963
FONDS, SERIES = 4, 24
ITEMS = 19
"""In each file below a small series."""
FIRST_YEAR, YEARS = 1949, 75
GENRES = ("通知", "报告", "决定", "会议记录", "")
STATUSES = (*("draft",) * 6, "review", *("published",) * 18)

_OPEN = Openness(
    OpenStatus.OPEN.value,
    Secrecy.PUBLIC.value,
    Disclosure.ACTIVE.value,
    Clearance.CLEARED.value,
    Clearance.CLEARED.value,
    Clearance.CLEARED.value,
    catalogue_approved=True,
)
_ON_REQUEST = Openness(
    OpenStatus.OPEN.value,
    Secrecy.PUBLIC.value,
    Disclosure.ON_REQUEST.value,
    Clearance.CLEARED.value,
    Clearance.CLEARED.value,
    Clearance.CLEARED.value,
    catalogue_approved=True,
)
_UNREVIEWED = Openness(
    OpenStatus.UNREVIEWED.value,
    Secrecy.INTERNAL.value,
    Disclosure.NOT_APPLICABLE.value,
    Clearance.UNKNOWN.value,
    Clearance.UNKNOWN.value,
    Clearance.UNKNOWN.value,
    catalogue_approved=False,
)
# Most of a catalogue that is on line is open; a part is not.
MIXED = (_OPEN, _OPEN, _OPEN, _ON_REQUEST, _UNREVIEWED)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What was made: codes by which the measurements find their way."""

    records: int
    big_series: str
    small_series: str
    other_series: str
    siblings: int
    subject: str


@dataclass(frozen=True, slots=True)
class _Made:
    """A record that has children: what they follow from."""

    pk: int
    path: str
    code: str
    access: AccessTable


def generate(records: int, mine: int, others: int) -> Catalogue:
    """Fill an empty catalogue with ``records`` records, described by two users."""
    with transaction.atomic():
        tags = [
            Tag.objects.create(name=f"演示标签{n:03d}", slug=f"t{n}").pk
            for n in range(1, TAGS + 1)
        ]
        making = _Making(random.Random(SEED), words(records), records)
        siblings = records // 10
        insert(Record, making.rows(records, siblings))
        ids = range(1, records + 1)
        rows: dict[Any, Iterator[dict[str, Any]]] = {
            TaggedRecord: making.words.tagged(ids, tags),
            TypedName: making.words.typed_names(ids),
            RecordTerm: making.words.record_terms(ids),
            Relation: making.words.relations(ids),
            Change: changes(making.waiting, mine, others),
            Review: reviews(making.waiting, mine, others),
        }
        for model, given in rows.items():
            insert(model, given)
        continue_numbers((Record, *rows))
    small = making.series[1:]
    return Catalogue(
        records, making.series[0], small[0], small[-1], siblings, broadest()
    )


class _Making:
    """Rows in an order in which parents come first; ids count from 1."""

    def __init__(self, order: random.Random, used: Words, records: int) -> None:
        self._random = order
        self.words = used
        self.waiting = bytearray(records + 1)
        """By id: 1 where the record waits for review."""
        self._next = 0
        self._now = timezone.now()
        self.series: list[str] = []

    def rows(self, records: int, siblings: int) -> Iterator[dict[str, Any]]:
        """The whole tree: the big series first, then files and items to the end."""
        return islice(self._tree(siblings), records)

    def _tree(self, siblings: int) -> Iterator[dict[str, Any]]:
        series: list[_Made] = []
        for number in range(FONDS):
            code = f"Y{number + 1:03d}"
            fonds, row = self._record(None, number, Level.FONDS, code)
            yield row
            for place in range(SERIES // FONDS):
                below = f"{code}-WS·{1950 + place * 10}·Y"
                one, row = self._record(fonds, place, Level.SERIES, below)
                series.append(one)
                yield row
        self.series = [one.code for one in series]
        big, *small = series
        for place in range(siblings):
            code = f"{big.code}-{place + 1:06d}"
            yield self._record(big, place, Level.FILE, code)[1]
        yield from self._small(small)

    def _small(self, series: Sequence[_Made]) -> Iterator[dict[str, Any]]:
        """Files with their items, to the series in turn, without an end."""
        place = 0
        while True:
            for above in series:
                code = f"{above.code}-{place + 1:05d}"
                file, row = self._record(above, place, Level.FILE, code)
                yield row
                for item in range(ITEMS):
                    code = f"{file.code}-{item + 1:03d}"
                    yield self._record(file, item, Level.ITEM, code)[1]
            place += 1

    def _record(
        self, above: _Made | None, position: int, level: Level, code: str
    ) -> tuple[_Made, dict[str, Any]]:
        self._next += 1
        pk = self._next
        choose = self._random.choice
        high = level in (Level.FONDS, Level.SERIES)
        openness = _OPEN if high else choose(MIXED)
        table = _ACCESS[openness]
        if above is not None:
            table = table.strictest(above.access)
        path = f"{above.path if above else ''}{pk}/"
        when = date(FIRST_YEAR + pk % YEARS, 1 + pk % 12, 1 + pk % 28)
        status = choose(STATUSES)
        if pk < len(self.waiting):
            self.waiting[pk] = status == "review"
        values = {
            **_FIELDS[openness],
            "id": pk,
            "parent_id": above.pk if above else None,
            "path": path,
            "position": position,
            "level": level.value,
            "reference_code": code,
            **({"code_components": components_of(code)} if high else {}),
            "title": f"{self.words.place(pk)[1]}的演示材料第 {pk} 号",
            "date_original": f"{when.year}年{when.month}月{when.day}日",
            "date_display": f"{when.year}年{when.month}月{when.day}日",
            "date_edtf": when.isoformat(),
            "date_min": when,
            "date_max": when,
            **self.words.texts(pk),
            "genre": choose(GENRES),
            "retention_code": "Y",
            "scope_content": "演示：反映基层依靠群众就地化解矛盾的做法。" * (pk % 4),
            "is_demonstration": True,
            "description_status": status,
            "public_access": table.public.value,
            "reading_room_access": table.reading_room.value,
            "created_at": self._now,
            "updated_at": self._now,
        }
        return _Made(pk, path, code, table), values


_ACCESS = {one: own_access(one) for one in MIXED}
_FIELDS = {one: asdict(one) for one in MIXED}
