"""Records linked to authorities: in services, in tables, in the history."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from archive import exporting, records
from archive.authorities import relations
from archive.authorities.relations import from_cell, to_cell, to_cells
from archive.errors import (
    AmbiguousAuthority,
    ArchiveError,
    InvalidValue,
    NumberOfAnother,
    RoleUnfit,
    UnknownAuthority,
    UnknownRole,
)
from archive.importing import ImportReport, Source, import_table
from archive.links import LINKS
from archive.models import Authority, Change, Record, TypedName
from tests.factories import RecordFactory, UserFactory, authority, former

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Authority:
    return authority("样本县档案馆", former("样本县档案室"))


@pytest.fixture
def town() -> Authority:
    return authority("样本镇", kind="place")


def related(record: Any) -> list[list[str]]:
    return LINKS["authorities"].read([record.pk]).get(record.pk, [])


def imported(tmp_path: Path, cell: str) -> ImportReport:
    table = tmp_path / "表.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["档号", "著录层级", "题名", "关联规范记录"])
        writer.writerow(["Z1", "件", "题", cell])
    return import_table(Source(table, table.name))


def test_relations_are_created_edited_and_logged_like_a_field(
    office: Authority, town: Authority
) -> None:
    links = [[town.number, "place"], [office.number, "creator"]]
    record = RecordFactory.create(authorities=links)
    assert related(record) == [[office.number, "creator"], [town.number, "place"]]
    records.edit(record, {"authorities": [[town.number, "origin"]]}, None)
    change = Change.objects.filter(record=record).first()
    assert change is not None
    assert change.before == {"authorities": links[::-1]}
    assert change.after == {"authorities": [[town.number, "origin"]]}
    version = Record.objects.get(pk=record.pk).version
    records.edit(record, {"authorities": [[town.number, "origin"]] * 2}, None)
    assert Record.objects.get(pk=record.pk).version == version


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ([["G999999", "creator"]], UnknownAuthority),
        ([["G000001", "place"]], RoleUnfit),
        ([["G000002", "creator"]], RoleUnfit),
        ([["G000001", "owner"]], InvalidValue),
        (["G000001"], InvalidValue),
        ([["G000001"]], InvalidValue),
        ([[1, "creator"]], InvalidValue),
    ],
)
def test_what_is_no_relation_is_refused(
    office: Authority, town: Authority, value: Any, error: type[ArchiveError]
) -> None:
    with pytest.raises(error):
        RecordFactory.create(authorities=value)
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("样本县档案馆〔责任者·G000001〕", [["G000001", "creator"]]),
        ("樣本縣檔案館", [["G000001", "mentioned"]]),
        (
            "样本县档案室〔责任者〕; 样本镇",
            [["G000001", "creator"], ["G000002", "place"]],
        ),
        ("样本镇[origin]", [["G000002", "origin"]]),
        ("样本县档案馆〔Creator〕", [["G000001", "creator"]]),
        ("G000002", [["G000002", "place"]]),
        ("G000001〔收件者〕", [["G000001", "recipient"]]),
        ("〔收件者·g000001〕", [["G000001", "recipient"]]),
        ("", []),
    ],
)
def test_a_cell_is_read_as_a_person_writes_it(
    office: Authority, town: Authority, cell: str, value: list[list[str]]
) -> None:
    assert from_cell(cell) == value


def test_a_cell_is_written_in_the_language_of_the_reader_and_read_in_any(
    office: Authority, town: Authority
) -> None:
    value = [[office.number, "creator"], [town.number, "place"]]
    cell = to_cell(value)
    assert cell == "样本县档案馆〔责任者·G000001〕；样本镇〔地点·G000002〕"
    assert from_cell(cell) == value
    with override("en"):
        english = to_cell(value)
        assert from_cell(cell) == value
    assert english != cell
    assert from_cell(english) == value


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("无此机构", UnknownAuthority),
        ("G000009", UnknownAuthority),
        ("同名社", AmbiguousAuthority),
        ("样本县档案馆〔馆长〕", UnknownRole),
        ("样本镇〔地点·G000001〕", NumberOfAnother),
    ],
)
def test_a_cell_that_nobody_can_be_sure_of_names_row_column_and_remedy(
    office: Authority,
    town: Authority,
    tmp_path: Path,
    cell: str,
    error: type[ArchiveError],
) -> None:
    authority("同名社")
    authority("同名社")
    with pytest.raises(error):
        from_cell(cell)
    report = imported(tmp_path, cell)
    (problem,) = report.problems
    assert (problem.row, problem.column) == (2, "关联规范记录")
    assert any(word in problem.message for word in ("请", "可填"))
    assert not Record.objects.exists()


def test_an_export_is_imported_again_with_the_same_relations(
    office: Authority, town: Authority, tmp_path: Path
) -> None:
    value = [[office.number, "creator"], [town.number, "place"]]
    RecordFactory.create(reference_code="Z1", authorities=value)
    RecordFactory.create(reference_code="Z2")
    path = tmp_path / "out.csv"
    with override("en"):
        exporting.export(Record.objects.all(), path, "csv")
    assert "样本县档案馆〔责任者·G000001〕" in path.read_text("utf-8-sig")
    unchanged = import_table(Source(path, "out.csv"))
    assert (unchanged.updated, unchanged.problems) == (0, [])
    Record.objects.all().delete()
    again = import_table(Source(path, "out.csv"))
    assert (again.created, again.problems) == (2, [])
    assert related(Record.objects.get(reference_code="Z1")) == value


def test_many_cells_take_no_more_queries_than_one(
    office: Authority,
    town: Authority,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    value = [[office.number, "creator"], [town.number, "place"]]
    with django_assert_num_queries(1):
        to_cells([value] * 200)


def test_rows_with_other_authorities_in_each_take_no_more_queries(
    office: Authority, town: Authority, tmp_path: Path
) -> None:
    others = [authority(f"样本社{n}") for n in range(40)]

    def queries(prefix: str, named: Sequence[Authority]) -> int:
        table = tmp_path / f"{prefix}.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["档号", "著录层级", "题名", "关联规范记录"])
            for number, one in enumerate(named):
                cell = f"{one.name}〔责任者〕；样本镇；{one.number}〔收件者〕"
                writer.writerow([f"{prefix}-{number}", "件", "题", cell])
        with CaptureQueriesContext(connection) as captured:
            report = import_table(Source(table, table.name))
        assert (report.created, report.problems) == (len(named), [])
        return len(captured)

    same = queries("Z1", others[:1] * 40)
    assert queries("Z2", others) == same
    held = relations.read(list(Record.objects.values_list("pk", flat=True)))
    assert len(held) == 80
    assert all(len(pairs) == 3 for pairs in held.values())


def test_one_cell_that_cannot_be_read_leaves_the_others(
    office: Authority, town: Authority, tmp_path: Path
) -> None:
    table = tmp_path / "表.csv"
    cells = ["样本县档案馆", "样本镇〔责任者〕", "无此机构", "样本镇"]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["档号", "著录层级", "题名", "关联规范记录"])
        writer.writerows([f"Z{n}", "件", "题", cell] for n, cell in enumerate(cells))
    report = import_table(Source(table, table.name))
    assert report.created == 2
    assert [one.row for one in report.problems] == [3, 4]


def test_an_english_or_chinese_person_may_empty_the_cell(
    office: Authority, tmp_path: Path
) -> None:
    record = RecordFactory.create(
        reference_code="Z1", authorities=[[office.number, "creator"]]
    )
    assert imported(tmp_path, "（清空）").updated == 1
    assert related(record) == []


def test_a_deleted_record_lets_its_authorities_go(office: Authority) -> None:
    record = RecordFactory.create(authorities=[[office.number, "creator"]])
    pk = record.pk
    records.delete(record, UserFactory.create())
    assert not office.relations.exists()
    deleted = Change.objects.filter(record_id=pk).first()
    assert deleted is not None
    assert deleted.before["authorities"] == [[office.number, "creator"]]


def test_the_names_as_typed_can_be_counted() -> None:
    record = RecordFactory.create(creators="甲社；乙社；甲社", person_names="张某")

    def typed() -> list[tuple[str, str]]:
        rows = TypedName.objects.filter(record=record).order_by("pk")
        return list(rows.values_list("element", "name"))

    assert typed() == [
        ("creators", "甲社"),
        ("creators", "乙社"),
        ("person_names", "张某"),
    ]
    records.edit(record, {"creators": "丙社"}, None)
    assert typed() == [("person_names", "张某"), ("creators", "丙社")]
    records.edit(record, {"title": "另题"}, None)
    assert len(typed()) == 2
    records.edit(record, {"creators": "", "person_names": ""}, None)
    assert typed() == []
