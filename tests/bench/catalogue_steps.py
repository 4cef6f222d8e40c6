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
from taggit.models import Tag

from archive import bulkedit, tagging, tree
from archive.authorities.merging import merge as merge_authorities
from archive.bulkedit import Action, Operation
from archive.codes.proposals import propose
from archive.exporting import export
from archive.importing import Source, import_table
from archive.models import Authority, Record, TaggedRecord
from archive.models.prefixes import after
from archive.subjects.found import called
from archive.vocabulary import AuthorityKind, Level
from cms.catalogue import CHILDREN_A_PAGE
from cms.models import User
from tests.bench.catalogue_records import Catalogue
from tests.bench.catalogue_words import MERGED, TAG

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
    yield from _names(archivist, by)
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
    within = "WHERE date_max >= %s AND date_min <= %s"
    years = "years_min=1960&years_max=1969"
    concept = called(made.subject)
    _require(concept is not None and concept.narrower.exists(), made.subject)
    path = concept.path if concept is not None else ""
    yield Step(
        "list by subject and decade",
        _get(archivist, f"{reverse(LIST)}?subject={made.subject}&{years}"),
        _sql(
            f"{BRIEF} {within} AND id IN (SELECT record_id FROM archive_recordterm"
            " JOIN archive_term ON archive_term.id = term_id JOIN archive_subject"
            " ON archive_subject.id = subject_id WHERE path >= %s AND path < %s)"
            " ORDER BY reference_code LIMIT 50",
            [*decade, path, after(path)],
        ),
    )
    yield Step(
        "list by decade",
        _get(archivist, f"{reverse(LIST)}?{years}"),
        _sql(f"{BRIEF} {within} ORDER BY reference_code LIMIT 50", decade),
    )


def _names(archivist: Client, by: User) -> Iterator[Step]:
    """Suggestions, the report, and what goes through a thousand records."""
    for kind, typed, table in (
        ("agent", "机构01", "archive_authorityname"),
        ("subject", "矛盾", "archive_term"),
        ("tag", "标签1", "archive_tagspelling"),
    ):
        yield Step(
            f"suggest: {kind}",
            _get(archivist, f"{reverse('archive_suggest', args=[kind])}?q={typed}"),
            _sql(
                f"SELECT * FROM {table} WHERE folded LIKE %s LIMIT 20", [f"%{typed}%"]
            ),
        )
    yield Step(
        "names without authority",
        _get(archivist, reverse("archive_authorities_unlinked")),
        _sql(
            "SELECT folded, count(*) FROM archive_typedname WHERE folded NOT IN"
            " (SELECT folded FROM archive_authorityname)"
            " GROUP BY folded ORDER BY 2 DESC LIMIT 50"
        ),
        goal=None,
    )
    merged = Authority.objects.get(name=MERGED)
    kind = AuthorityKind.ORGANISATION.value
    survivor = Authority.objects.filter(kind=kind).exclude(pk=merged.pk).latest("pk")
    yield Step(
        f"merge an authority of {merged.relations.count():,} records",
        lambda: merge_authorities(survivor, [merged]),
        _sql(
            "UPDATE archive_relation SET authority_id = %s WHERE authority_id = %s",
            [survivor.pk, merged.pk],
        ),
        goal=None,
        writes=True,
    )
    tag = Tag.objects.get(name=TAG)
    bearers = TaggedRecord.objects.filter(tag=tag).count()
    other = Tag.objects.get(name="演示标签199")
    yield Step(
        f"merge a tag of {bearers:,} records",
        lambda: tagging.merge([tag], other.name, by),
        _sql(
            "UPDATE archive_taggedrecord SET tag_id = %s WHERE tag_id = %s AND"
            " content_object_id NOT IN (SELECT content_object_id FROM"
            " archive_taggedrecord WHERE tag_id = %s)",
            [other.pk, tag.pk, other.pk],
        ),
        goal=None,
        writes=True,
    )
    yield Step(
        f"promote a tag of {bearers:,} records",
        lambda: tagging.promote(tag, None, by),
        _sql(
            "UPDATE archive_record SET subjects = subjects || '；' || %s WHERE id IN"
            " (SELECT content_object_id FROM archive_taggedrecord WHERE tag_id = %s)",
            [TAG, tag.pk],
        ),
        goal=None,
        writes=True,
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
    described = {"note": "基准", "creators": "演示机构0001；演示某单位0001"}
    described["subjects"] = f"{made.subject}；演示关键词0001"

    def save() -> None:
        answer = archivist.post(address, {**data, **described})
        _require(answer.status_code == 302, address)

    yield Step(
        "save one record by the form",
        save,
        _sql(
            "UPDATE archive_record SET note = '基准', creators = %s, subjects = %s,"
            " version = version + 1 WHERE id = %s",
            [described["creators"], described["subjects"], record.pk],
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
        f"bulk tag up to {TAGGED:,}",
        lambda: bulkedit.apply(chosen, operation, by),
        lambda: _tag_raw(ids),
        goal=None,
        writes=True,
    )
    table = _table(small.reference_code, made.subject)
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


def _table(parent: str, subject: str) -> Path:
    """New files below ``parent``, as an archivist would send them."""
    with tempfile.NamedTemporaryFile(
        "w", suffix=".csv", delete=False, encoding="utf-8", newline=""
    ) as file:
        out = csv.writer(file)
        heads = ["档号", "上级档号", "著录层级", "题名", "日期", "责任者", "标签"]
        out.writerow([*heads, "主题词或关键词", "关联规范记录"])
        for number in range(IMPORTED):
            code, title = f"{parent}-N{number:06d}", f"演示导入第 {number} 号"
            day = f"196{number % 10}年{1 + number % 12}月5日"
            line = [code, parent, "案卷", title, day, *_described(number, subject)]
            out.writerow(line)
    return Path(file.name)


def _described(number: int, subject: str) -> list[str]:
    """Creators, tag, subjects and, for a third of the rows, relations."""
    organisation = f"演示机构{number % 300:04d}"
    place = f"演示地点{number % 100:04d}"
    related = "" if number % 3 else f"{organisation}〔责任者〕；{place}"
    creators = f"{organisation}；演示某单位{number % 500:04d}"
    keywords = f"{subject}；演示关键词{number % 200:04d}"
    return [creators, "演示标签001", keywords, related]


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
            subjects=row["主题词或关键词"],
            code_components=json.loads("{}"),
        )
        for row in rows
    ]
    with transaction.atomic():
        Record.objects.bulk_create(records, batch_size=500)


def _require(held: object, what: str) -> None:
    if not held:
        raise RuntimeError(f"did not do what is measured: {what}")
