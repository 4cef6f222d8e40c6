"""A catalogue of any size, made in SQL: the services would take hours for a million.

Fonds, series, files and items; one series holds a tenth of all records right below
itself. Dates lie over the decades, descriptions are of every status and openness is
mixed. Stored access is what ``archive.openness`` answers, as the services would have
written it (``tests/bench/test_catalogue.py`` holds them to it).
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql
from taggit.models import Tag

from archive.codes import components_of
from archive.models import Record, TaggedRecord
from archive.openness import AccessTable, Openness, own_access
from archive.vocabulary import Clearance, Disclosure, Level, OpenStatus, Secrecy

SEED = 1963
FONDS, SERIES = 4, 24
ITEMS = 19
"""In each file below a small series."""
TAGS = 200
FIRST_YEAR, YEARS = 1949, 75
SUBJECTS = ("矛盾纠纷化解", "基层治理", "平安建设", "法治", "德治", "自治", "共同富裕")
CREATORS = ("演示街道办事处", "演示公社", "演示调解委员会", "")
GENRES = ("通知", "报告", "决定", "会议记录", "")
STATUSES = ("draft", "review", "published", "published")
_BATCH = 5_000

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


@dataclass(frozen=True, slots=True)
class _Made:
    """A record that has children: what they follow from."""

    pk: int
    path: str
    code: str
    access: AccessTable


def generate(records: int) -> Catalogue:
    """Fill an empty catalogue with ``records`` records."""
    making = _Making(random.Random(SEED))
    with transaction.atomic():
        tags = [Tag(pk=n, name=f"演示标签{n:03d}", slug=f"t{n}") for n in _upto(TAGS)]
        Tag.objects.bulk_create(tags)
        siblings = records // 10
        _insert(Record, making.rows(records, siblings))
        _insert(TaggedRecord, making.tagged(records))
        _continue_numbers((Record, TaggedRecord, Tag))
    small = making.series[1:]
    return Catalogue(records, making.series[0], small[0], small[-1], siblings)


class _Making:
    """Rows in an order in which parents come first; ids count from 1."""

    def __init__(self, order: random.Random) -> None:
        self._random = order
        self._next = 0
        self._now = timezone.now()
        self.series: list[str] = []

    def rows(self, records: int, siblings: int) -> Iterator[dict[str, Any]]:
        """The whole tree: the big series first, then files and items to the end."""
        return islice(self._tree(siblings), records)

    def tagged(self, records: int) -> Iterator[dict[str, Any]]:
        """A tag for every record, and a second one for every second."""
        pk = 0
        for record in _upto(records):
            for step in range(1 + record % 2):
                pk += 1
                # Never the same tag twice.
                tag = 1 + step * TAGS // 2 + self._random.randrange(TAGS // 2)
                yield {"id": pk, "tag_id": tag, "content_object_id": record}

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
        values = {
            **_FIELDS[openness],
            "id": pk,
            "parent_id": above.pk if above else None,
            "path": path,
            "position": position,
            "level": level.value,
            "reference_code": code,
            **({"code_components": components_of(code)} if high else {}),
            "title": f"关于{choose(SUBJECTS)}的演示材料第 {pk} 号",
            "date_original": f"{when.year}年{when.month}月{when.day}日",
            "date_display": f"{when.year}年{when.month}月{when.day}日",
            "date_edtf": when.isoformat(),
            "date_min": when,
            "date_max": when,
            "creators": choose(CREATORS),
            "genre": choose(GENRES),
            "retention_code": "Y",
            "subjects": choose(SUBJECTS),
            "scope_content": "演示：反映基层依靠群众就地化解矛盾的做法。" * (pk % 4),
            "is_demonstration": True,
            "description_status": choose(STATUSES),
            "public_access": table.public.value,
            "reading_room_access": table.reading_room.value,
            "created_at": self._now,
            "updated_at": self._now,
        }
        return _Made(pk, path, code, table), values


_ACCESS = {one: own_access(one) for one in MIXED}
_FIELDS = {one: asdict(one) for one in MIXED}
_TYPED = (date, dict)
"""Values that a field must prepare for the database; the others go as they are."""


def _upto(count: int) -> range:
    return range(1, count + 1)


def _insert(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Write rows (values by attribute) as fast as the database takes them.

    What a row does not say is the field's default.
    """
    fields_of = model._meta.concrete_fields
    columns = [field.column for field in fields_of]
    usual = {
        field.attname: field.get_db_prep_save(field.get_default(), connection)
        for field in fields_of
        if not field.primary_key
    }
    prepare = {field.attname: field.get_db_prep_save for field in fields_of}
    names = [field.attname for field in fields_of]

    def prepared() -> Iterator[tuple[Any, ...]]:
        for row in rows:
            given = {
                name: prepare[name](value, connection)
                if isinstance(value, _TYPED)
                else value
                for name, value in row.items()
            }
            whole = {**usual, **given}
            yield tuple(whole[name] for name in names)

    insert = _copy if connection.vendor == "postgresql" else _execute_many
    insert(model._meta.db_table, columns, prepared())


def _execute_many(
    table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]
) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    with connection.cursor() as cursor:
        while batch := list(islice(rows, _BATCH)):
            cursor.executemany(statement, batch)


def _copy(table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _continue_numbers(models: Sequence[Any]) -> None:
    """New rows get the ids after those given here."""
    from django.core.management.color import no_style

    statements = connection.ops.sequence_reset_sql(no_style(), list(models))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
