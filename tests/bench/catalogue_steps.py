"""What people do with a catalogue, each beside the shortest SQL that does the same."""

import csv
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import reverse

from archive import bulkedit, tree
from archive.bulkedit import Action, Operation
from archive.codes.proposals import propose
from archive.exporting import export
from archive.importing import Source, import_table
from archive.models import Record
from archive.vocabulary import Level
from cms.catalogue import CHILDREN_A_PAGE
from cms.models import User
from tests.bench.catalogue_records import Catalogue

LIST = "wagtailsnippets_archive_record:list"
EDIT = "wagtailsnippets_archive_record:edit"
A_LIST_PAGE, A_TREE_PAGE = 50, 100
PAGE = 2_000
TAGGED, IMPORTED = 1_000, 10_000
BRIEF = "SELECT id, reference_code, title, date_display FROM archive_record"


@dataclass(frozen=True, slots=True)
class Step:
    """``goal``: milliseconds of server time, None where there is none.

    What ``writes`` is taken back after each round.
    """

    name: str
    ours: Callable[[], object]
    raw: Callable[[], object]
    goal: int | None = 200
    writes: bool = False


def steps(made: Catalogue, archivist: Client, by: User) -> Iterator[Step]:
    yield from _lists(made, archivist)
    yield from _tree(made, archivist)
    yield from _public(made)
    yield from _filters(made, archivist)
    yield from _one_record(made, archivist)
    yield from _reports(made, archivist)
    yield from _many(made, by)


def _lists(made: Catalogue, archivist: Client) -> Iterator[Step]:
    address = reverse(LIST)
    last = min(PAGE, made.records // A_LIST_PAGE)
    for page in (1, last):
        yield Step(
            f"admin list, page {page:,}" if page == 1 else "admin list, page 2,000",
            _get(archivist, f"{address}?p={page}"),
            _sql(
                f"{BRIEF} ORDER BY reference_code LIMIT 50 OFFSET %s",
                [A_LIST_PAGE * (page - 1)],
            ),
        )


def _tree(made: Catalogue, archivist: Client) -> Iterator[Step]:
    parent = Record.objects.get(reference_code=made.big_series).pk
    address = f"{reverse(LIST)}?within={made.big_series}"
    last = -(-made.siblings // A_TREE_PAGE)
    for name, page in (("open a node in the tree", 1), ("the tree's last page", last)):
        yield Step(
            name,
            _get(archivist, f"{address}&tree={page}"),
            _sql(
                f"{BRIEF} WHERE parent_id = %s ORDER BY position, id"
                " LIMIT 100 OFFSET %s",
                [parent, A_TREE_PAGE * (page - 1)],
            ),
        )


def _public(made: Catalogue) -> Iterator[Step]:
    reader = Client()
    record = Record.objects.get(reference_code=made.big_series)
    address = reverse("record", args=[record.reference_code])
    visible = record.children.filter(public_access__gt=0).count()
    last = min(PAGE, -(-visible // CHILDREN_A_PAGE))
    pages = (("open a node on the site", 1), ("the site, page 2,000 or last", last))
    for name, page in pages:
        yield Step(
            name,
            _get(reader, f"{address}?page={page}"),
            _sql(
                f"{BRIEF} WHERE parent_id = %s AND public_access > 0"
                " ORDER BY position, id LIMIT 50 OFFSET %s",
                [record.pk, CHILDREN_A_PAGE * (page - 1)],
            ),
        )
    below = f"{reverse('api-records')}?parent={record.reference_code}"
    yield Step(
        "the same by the API",
        _get(reader, below),
        _sql(
            f"{BRIEF} WHERE parent_id = %s AND public_access > 0"
            " ORDER BY position, id LIMIT 50",
            [record.pk],
        ),
    )
    yield Step(
        "front page",
        _get(reader, "/"),
        _sql(
            f"{BRIEF} WHERE public_access = 2 AND level IN ('file', 'item')"
            " ORDER BY id DESC LIMIT 6"
        ),
    )


def _filters(made: Catalogue, archivist: Client) -> Iterator[Step]:
    decade = ["1960-01-01", "1969-12-31"]
    tagged = (
        f"{BRIEF} WHERE date_max >= %s AND date_min <= %s AND id IN (SELECT"
        " content_object_id FROM archive_taggedrecord JOIN taggit_tag"
        " ON taggit_tag.id = tag_id WHERE name = '演示标签007')"
        " ORDER BY reference_code LIMIT 50"
    )
    years = "years_min=1960&years_max=1969"
    yield Step(
        "list by tag and decade",
        _get(archivist, f"{reverse(LIST)}?tag=演示标签007&{years}"),
        _sql(tagged, decade),
    )
    yield Step(
        "list by decade",
        _get(archivist, f"{reverse(LIST)}?{years}"),
        _sql(
            f"{BRIEF} WHERE date_max >= %s AND date_min <= %s"
            " ORDER BY reference_code LIMIT 50",
            decade,
        ),
    )


def _one_record(made: Catalogue, archivist: Client) -> Iterator[Step]:
    drafts = Record.objects.filter(
        parent__reference_code=made.small_series, description_status="draft"
    )
    record = drafts.earliest("pk")
    address = reverse(EDIT, args=[record.pk])
    one = _sql("SELECT * FROM archive_record WHERE id = %s", [record.pk])
    yield Step("open the form", _get(archivist, address), one)
    data = _form_data(archivist, address)

    def save() -> None:
        answer = archivist.post(address, {**data, "note": "基准"})
        _require(answer.status_code == 302, address)

    yield Step(
        "save one record by the form",
        save,
        _sql(
            "UPDATE archive_record SET note = '基准', version = version + 1"
            " WHERE id = %s",
            [record.pk],
        ),
        writes=True,
    )
    big = Record.objects.get(reference_code=made.big_series)
    yield Step(
        "propose the next code",
        lambda: _require(propose(big, Level.FILE) != "", "proposal"),
        _sql(
            "SELECT reference_code FROM archive_record WHERE parent_id = %s"
            " ORDER BY position DESC, id DESC LIMIT 1",
            [big.pk],
        ),
    )
    first, second = big.children.order_by("position")[:2]

    yield Step(
        "insert before the second of all",
        lambda: tree.insert_before(big.children.latest("position"), second, None),
        _sql(
            "UPDATE archive_record SET position = position + 2"
            " WHERE parent_id = %s AND position >= %s",
            [big.pk, first.position],
        ),
        goal=None,
        writes=True,
    )


def _reports(made: Catalogue, archivist: Client) -> Iterator[Step]:
    big = Record.objects.get(reference_code=made.big_series)
    yield Step(
        "numbering report",
        _get(archivist, reverse("archive_numbering", args=[big.pk])),
        _sql(
            "SELECT reference_code FROM archive_record WHERE parent_id = %s"
            " ORDER BY position, id",
            [big.pk],
        ),
        goal=1000,
    )
    yield Step(
        "completeness report",
        _get(archivist, reverse("archive_completeness")),
        _sql("SELECT count(*) FROM archive_record WHERE title = '' OR level = ''"),
        goal=None,
    )
    yield Step(
        "duplicates report",
        _get(archivist, reverse("archive_duplicates")),
        _sql(
            "SELECT title, date_original, creators, count(*) FROM archive_record"
            " GROUP BY 1, 2, 3 HAVING count(*) > 1 LIMIT 200"
        ),
        goal=None,
    )
    yield Step(
        "my work",
        _get(archivist, reverse("archive_my_work")),
        _sql("SELECT count(*) FROM archive_review WHERE submitted_at IS NOT NULL"),
    )


def _many(made: Catalogue, by: User) -> Iterator[Step]:
    small = Record.objects.get(reference_code=made.small_series)
    target = Record.objects.get(reference_code=made.other_series)
    chosen = Record.objects.filter(parent__parent=small).order_by("pk")[:TAGGED]
    ids = [record.pk for record in chosen]
    operation = Operation("tags", Action.ADD_TAGS, "演示标签199；基准")

    yield Step(
        f"bulk tag {len(ids):,}",
        lambda: bulkedit.apply(chosen, operation, by),
        lambda: _tag_raw(ids),
        goal=None,
        writes=True,
    )
    table = _table(small.reference_code)
    yield Step(
        f"import {IMPORTED:,} rows",
        lambda: _require(import_table(Source(table, "表.csv"), by).created, "import"),
        lambda: _import_raw(table, small),
        goal=None,
        writes=True,
    )
    file = small.children.order_by("position")[0]
    yield Step(
        "move a file with 19 items",
        lambda: tree.move(Record.objects.get(pk=file.pk), target, by),
        _sql(
            "UPDATE archive_record SET path = '1/7/' || substr(path, %s)"
            " WHERE id IN (SELECT id FROM archive_record WHERE parent_id = %s)",
            [len(file.path), file.pk],
        ),
        goal=None,
        writes=True,
    )
    below = Record.objects.filter(path__startswith=file.path)
    with tempfile.NamedTemporaryFile(suffix=".csv", delete=False) as out:
        path = Path(out.name)
    yield Step(
        "export a file with 19 items",
        lambda: export(below, path, "csv"),
        _sql("SELECT * FROM archive_record WHERE parent_id = %s", [file.pk]),
    )
    path.unlink()
    table.unlink()


def _get(client: Client, address: str) -> Callable[[], None]:
    def get() -> None:
        _require(client.get(address).status_code == 200, address)

    return get


def _sql(statement: str, values: list[Any] | None = None) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or [])
            if cursor.description:
                cursor.fetchall()

    return run


def _form_data(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back from the form as it was shown."""
    setup_test_environment()  # else the client does not keep the context
    try:
        form = client.get(address).context["form"]
    finally:
        teardown_test_environment()
    data: dict[str, Any] = {}
    for bound in form:
        shown = bound.field.widget.format_value(bound.value())
        if isinstance(shown, dict):  # a chooser
            shown = shown.get("id")
        if isinstance(shown, list):
            shown = shown[0] if len(shown) == 1 else ""
        if shown not in (None, False):
            data[bound.html_name] = shown
    return data


def _tag_raw(ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO archive_taggedrecord (tag_id, content_object_id)"
            " SELECT id, %s FROM taggit_tag WHERE name = '演示标签199'"
            " AND NOT EXISTS (SELECT 1 FROM archive_taggedrecord"
            " WHERE tag_id = taggit_tag.id AND content_object_id = %s)",
            [(pk, pk) for pk in ids],
        )


def _table(parent: str) -> Path:
    """New files below ``parent``, as an archivist would send them."""
    with tempfile.NamedTemporaryFile(
        "w", suffix=".csv", delete=False, encoding="utf-8", newline=""
    ) as file:
        out = csv.writer(file)
        out.writerow(["档号", "上级档号", "著录层级", "题名", "日期", "责任者", "标签"])
        for number in range(IMPORTED):
            code, title = f"{parent}-N{number:06d}", f"演示导入第 {number} 号"
            day = f"196{number % 10}年{1 + number % 12}月5日"
            line = [code, parent, "案卷", title, day, "演示公社", "演示标签001"]
            out.writerow(line)
    return Path(file.name)


def _import_raw(table: Path, parent: Record) -> None:
    """The same rows without a check, a history or a word to the search index."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    records = [
        Record(
            parent=parent,
            reference_code=row["档号"],
            level=Level.FILE.value,
            title=row["题名"],
            date_original=row["日期"],
            creators=row["责任者"],
            code_components=json.loads("{}"),
        )
        for row in rows
    ]
    with transaction.atomic():
        Record.objects.bulk_create(records, batch_size=500)


def _require(held: object, what: str) -> None:
    if not held:
        raise RuntimeError(f"did not do what is measured: {what}")
