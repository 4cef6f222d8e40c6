"""XLSX tables as people make them: typed cells, formulas, merged cells, bad files."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from archive.tables import xlsx_file
from archive.tables.problems import Problems
from archive.tables.reading import read_table


def book(path: Path, *rows: list[Any], **formats: str) -> Path:
    """A file with these rows; ``formats`` gives number formats by cell."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for place, number_format in formats.items():
        sheet[place].number_format = number_format
    workbook.save(path)
    return path


def test_a_file_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    """An upload is kept under a name of ours."""
    path = book(tmp_path / "t.xlsx", ["档号"], ["Z1"]).rename(tmp_path / "t")
    report = Problems()
    assert read_table(path, report).lines == [["档号"], ["Z1"]]
    assert report.problems == []


def test_typed_cells_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    row = [1963.0, 2.5, date(1963, 11, 20), datetime(1963, 11, 20), True, 7, " 甲 "]
    path = book(tmp_path / "t.xlsx", ["档号"], row, F2="0000")
    report = Problems()
    lines = read_table(path, report).lines
    assert report.problems == []
    assert lines[1] == [
        "1963",
        "2.5",
        "1963-11-20",
        "1963-11-20",
        "TRUE",
        "0007",
        " 甲 ",
    ]


def test_a_formula_is_named_and_never_computed(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ["档号", "题名"], ["Z1", "=1+1"])
    report = Problems()
    assert read_table(path, report).refused == {2}
    assert [(one.row, one.column) for one in report.problems] == [(2, "题名")]


def test_merged_cells_are_a_problem_and_hidden_rows_are_told(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["档号"], ["Z1"], ["Z2"], ["Z3"]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet.row_dimensions[2].hidden = True
    workbook.save(tmp_path / "t.xlsx")
    report = Problems()
    assert read_table(tmp_path / "t.xlsx", report).refused == {3}
    assert "A3:A4" in report.problems[0].message
    assert "2" in report.notices[0].message


def test_another_sheet_is_read_by_its_name(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.create_sheet("乙").append(["档号"])
    workbook.save(tmp_path / "t.xlsx")
    report = Problems()
    assert read_table(tmp_path / "t.xlsx", report, "乙").lines == [["档号"]]
    assert read_table(tmp_path / "t.xlsx", report, "丙").lines == []
    assert "丙" in report.problems[0].message


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "XLSX"),
        (b"PK\x03\x04 broken", "另存为"),
        (b"", "表是空的"),
    ],
)
def test_what_is_no_table_is_said_with_the_remedy(
    tmp_path: Path, content: bytes, remedy: str
) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    report = Problems()
    assert read_table(path, report).lines == []
    assert remedy in report.problems[0].message


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as parts:
        parts.writestr("a.txt", "a")
    report = Problems()
    assert read_table(tmp_path / "t.xlsx", report).lines == []
    assert report.problems


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "t.xlsx", ["档号"], ["甲" * 10_000])
    monkeypatch.setattr(xlsx_file, "MAX_UNPACKED", 5_000)
    report = Problems()
    assert read_table(path, report).lines == []
    assert "过大" in report.problems[0].message
