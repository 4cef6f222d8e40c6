"""Importing descriptions: what becomes of each row, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from archive import records, workflow
from archive.importing import ImportReport, Source, import_table
from archive.models import Batch, Change, Record
from tests.factories import RecordFactory, UserFactory, published

pytestmark = pytest.mark.django_db

HEAD = "档号,上级档号,著录层级,题名,日期（原文）,标签,附注"


def imported(
    tmp_path: Path,
    *lines: str,
    head: str = HEAD,
    encoding: str = "utf-8",
    dry_run: bool = False,
    atomic: bool = False,
) -> ImportReport:
    table = tmp_path / "表.csv"
    table.write_bytes("\n".join((head, *lines)).encode(encoding))
    return import_table(Source(table, table.name), dry_run=dry_run, atomic=atomic)


def said(report: ImportReport) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in report.problems]


def held(code: str) -> Record:
    return Record.objects.get(reference_code=code)


def test_new_codes_become_records_below_their_parents_in_the_files_order(
    tmp_path: Path,
) -> None:
    report = imported(
        tmp_path,
        "Z1-2,Z1,案卷,乙,1963,调解；自治,附注",
        "Z1,,全宗,甲,,,",
        "Z1-1,Z1,案卷,丙,,,",
    )
    assert (report.rows, report.created, report.problems) == (3, 3, [])
    record = held("Z1-2")
    assert (record.title, record.date_edtf, record.note) == ("乙", "1963", "附注")
    assert sorted(record.tags.names()) == ["自治", "调解"]
    children = Record.objects.filter(parent__reference_code="Z1").order_by("position")
    assert [child.reference_code for child in children] == ["Z1-2", "Z1-1"]
    assert held("Z1-1").path.startswith(held("Z1").path)


def test_known_codes_are_updated_in_what_their_cells_say(tmp_path: Path) -> None:
    RecordFactory.create(reference_code="Z1", title="甲", note="旧", creators="某")
    report = imported(
        tmp_path, "Z1,,乙,（清空）,", head="档号,著录层级,题名,附注,责任者"
    )
    assert (report.created, report.updated, report.problems) == (0, 1, [])
    record = held("Z1")
    assert (record.title, record.note, record.creators) == ("乙", "", "某")


def test_a_row_that_says_what_is_there_leaves_no_trace(tmp_path: Path) -> None:
    RecordFactory.create(reference_code="Z1", title="甲")
    changes = Change.objects.count()
    report = imported(tmp_path, "Z1,甲", head="档号,题名")
    assert (report.updated, report.unchanged, report.batch) == (0, 1, None)
    assert Change.objects.count() == changes
    assert not Batch.objects.exists()


def test_another_parent_moves_the_record(tmp_path: Path) -> None:
    old = RecordFactory.create(reference_code="Z1")
    RecordFactory.create(reference_code="Z2")
    RecordFactory.create(reference_code="Z1-1", parent=old)
    report = imported(tmp_path, "Z1-1,Z2", head="档号,上级档号")
    assert (report.updated, report.problems) == (1, [])
    assert held("Z1-1").parent == held("Z2")
    assert held("Z1-1").path.startswith(held("Z2").path)


def test_a_changed_date_renews_what_followed_from_the_old_one(tmp_path: Path) -> None:
    RecordFactory.create(reference_code="Z1", date_original="1963")
    imported(tmp_path, "Z1,1964,1963", head="档号,日期（原文）,日期（EDTF）")
    assert held("Z1").date_edtf == "1964"


def test_every_change_carries_the_batch_which_says_what_happened(
    tmp_path: Path,
) -> None:
    person = UserFactory.create()
    RecordFactory.create(reference_code="Z1", title="甲")
    table = tmp_path / "t.csv"
    table.write_text("档号,著录层级,题名\nZ1,,乙\nZ2,件,丙\nZ3,,丁\n")
    report = import_table(Source(table, "著录.csv"), person)
    assert report.batch is not None
    batch = Batch.objects.get(pk=report.batch)
    assert (batch.kind, batch.label, batch.by_id) == ("import", "著录.csv", person.pk)
    assert {change.action for change in batch.changes.all()} == {"create", "edit"}
    assert (batch.details["created"], batch.details["updated"]) == (1, 1)
    assert batch.details["problem_count"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_tables_are_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    report = imported(tmp_path, "Z1,,全宗,𠮷甲,,,", encoding=encoding)
    assert report.problems == []
    assert held("Z1").title == "𠮷甲"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    head = HEAD.replace(",", delimiter)
    line = delimiter.join(["Z1", "", "全宗", '"甲,乙"', "", "", ""])
    assert imported(tmp_path, line, head=head).problems == []
    assert held("Z1").title == "甲,乙"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (f"Z1,,全宗,{'长' * 400_000},,,", (2, "题名")),
        ("Z1,,全宗,响\x07铃,,,", (2, "题名")),
        ("Z1,,全宗,空\x00,,,", (2, "题名")),
        ("a/b,,全宗,甲,,,", (2, "档号")),
        (",,全宗,甲,,,", (2, "档号")),
        ("Z1,,卷宗,甲,,,", (2, "著录层级")),
        ("Z1,,,甲,,,", (2, "著录层级")),
        ("Z1,,全宗,,,,", (2, "题名")),
        ("Z1,Z9,全宗,甲,,,", (2, "上级档号")),
        ("Z1,Z1,全宗,甲,,,", (2, "上级档号")),
        ("Z1,,全宗,=SUM(A1),,,", (2, "题名")),
        ("Z1,,全宗,=cmd|' /C calc'!A0,,,", (2, "题名")),
        ("Z1,,全宗,+a|b,,,", (2, "题名")),
        ("Z1,,全宗,@SUM(1),,,", (2, "题名")),
        ("Z1,,全宗,=1+1,,,", (2, "题名")),
        ("Z1,,全宗,甲,,,,多", (2, "")),
        ("Z1,,[空],甲,,,", (2, "著录层级")),
        (f"Z1,,全宗,甲,,{'签' * 101},", (2, "标签")),
        (f"Z1,,全宗,{'题' * 501},,,", (2, "题名")),
    ],
    ids=str,
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_bad_row_is_named_and_not_imported(
    tmp_path: Path, line: str, place: tuple[int, str], dry_run: bool
) -> None:
    report = imported(tmp_path, line, dry_run=dry_run)
    assert place in said(report)
    assert not Record.objects.exists()


def test_a_classified_marking_is_refused(tmp_path: Path) -> None:
    report = imported(tmp_path, "Z1,件,甲,机密", head="档号,著录层级,题名,密级")
    assert said(report) == [(2, "密级")]
    assert "国家秘密" in report.problems[0].message


def test_a_code_given_twice_is_a_problem_of_the_second_row(tmp_path: Path) -> None:
    report = imported(tmp_path, "Z1,,全宗,甲,,,", "Z1,,全宗,乙,,,")
    assert said(report) == [(3, "档号")]
    assert held("Z1").title == "甲"


def test_a_code_that_was_given_up_is_refused(tmp_path: Path) -> None:
    record = RecordFactory.create(reference_code="Z1")
    records.set_reference_code(record, "Z2")
    assert said(imported(tmp_path, "Z1,,全宗,甲,,,")) == [(2, "档号")]


def test_plain_signs_are_text(tmp_path: Path) -> None:
    imported(tmp_path, "Z1,,全宗,-5,,,=", "Z2,,全宗,+（见附件）,,,@某")
    assert (held("Z1").title, held("Z1").note) == ("-5", "=")
    assert (held("Z2").title, held("Z2").note) == ("+（见附件）", "@某")


def test_a_date_that_cannot_be_read_is_kept_and_noticed(tmp_path: Path) -> None:
    report = imported(tmp_path, "Z1,,全宗,甲,昨天,,")
    assert report.problems == []
    assert [(one.row, one.column) for one in report.notices] == [(2, "日期（原文）")]
    assert held("Z1").date_original == "昨天"


def test_a_dry_run_reports_everything_and_writes_nothing(tmp_path: Path) -> None:
    top = RecordFactory.create(reference_code="Z1", title="甲")
    RecordFactory.create(reference_code="Z1-1", parent=top)
    changes = Change.objects.count()
    report = imported(
        tmp_path,
        "Z1,Z1-1,,乙,,,",  # below itself
        "Z1-1,,,丙,,,",
        "Z2,,全宗,丁,,,",
        "Z3,,,戊,,,",
        dry_run=True,
    )
    assert said(report) == [(2, "上级档号"), (5, "著录层级")]
    assert (report.created, report.updated, report.batch) == (1, 1, None)
    assert [one.after for one in report.previews] == [{"title": "丙"}]
    assert Change.objects.count() == changes
    assert not Batch.objects.exists()
    assert set(Record.objects.values_list("title", flat=True)) != {"丙"}


def test_all_or_nothing_leaves_nothing(tmp_path: Path) -> None:
    report = imported(tmp_path, "Z1,,全宗,甲,,,", "Z2,Z9,案卷,乙,,,", atomic=True)
    assert said(report) == [(3, "上级档号")]
    assert (report.created, report.batch) == (0, None)
    assert not Record.objects.exists()
    assert not Batch.objects.exists()


def test_openness_is_never_imported(tmp_path: Path) -> None:
    report = imported(
        tmp_path, "Z1,件,甲,公开,开放", head="档号,著录层级,题名,密级,开放标识"
    )
    assert [(one.row, one.column) for one in report.notices] == [(1, "开放标识")]
    assert (held("Z1").open_status, held("Z1").secrecy) == ("unreviewed", "public")
    report = imported(tmp_path, "Z1,内部", head="档号,密级")
    assert [(one.row, one.column) for one in report.notices] == [(2, "密级")]
    assert held("Z1").secrecy == "public"


def test_unknown_heads_are_mapped_or_ignored(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("编号,名称,层次,柜\nZ1,甲,件,乙\n")
    mapping = {"编号": "reference_code", "名称": "title", "层次": "level", "柜": "-"}
    report = import_table(Source(table, "t.csv", mapping=mapping))
    assert (report.created, report.problems) == (1, [])
    assert held("Z1").title == "甲"


def test_a_column_of_one_particular_leaves_another_that_waits_for_review(
    tmp_path: Path,
) -> None:
    record = RecordFactory.create(
        reference_code="Z1",
        title="照片",
        date_original="1963",
        creators="甲村",
        retention_code="永久",
        material="photograph",
    )
    published([record])
    workflow.edit(record, {"particulars": {"event": "待审"}}, UserFactory.create())
    report = imported(tmp_path, "Z1,样本村", head="档号,地点")
    assert report.problems == []
    kept = {"event": "待审", "place": "样本村"}
    assert workflow.pending(record) == {"particulars": kept}


def test_rows_that_the_database_gave_up_together_are_tried_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deadlock cannot be had at will; the database's word for it can."""
    for code in ("Z1", "Z2", "Z3"):
        RecordFactory.create(reference_code=code, title="旧")
    real = workflow.edit_many

    def busy(edits: Any, *args: Any) -> int:
        wanted = list(edits)
        if len(wanted) > 1 or wanted[0][0].reference_code == "Z2":
            raise OperationalError("deadlock detected")
        return real(wanted, *args)

    monkeypatch.setattr(workflow, "edit_many", busy)
    report = imported(tmp_path, "Z1,新", "Z2,新", "Z3,新", head="档号,题名")
    assert (report.updated, said(report)) == (2, [(3, "档号")])
    assert "数据库正忙" in report.problems[0].message
    assert [held(code).title for code in ("Z1", "Z2", "Z3")] == ["新", "旧", "新"]
