"""The table: a CSV file into rows."""

from pathlib import Path

from django.utils.translation import gettext as _

from archive import codes
from archive.errors import ArchiveError
from archive.tables.columns import (
    attribute_of,
    needs_decision,
    notice_of_openness,
    read_cells,
)
from archive.tables.csv_file import read_csv

from .files import FilesOfTable
from .report import Report
from .rows import Row


def rows_from_csv(table: Path, root: Path, report: Report) -> list[Row]:
    """The good rows of a table; the others are in the report.

    UTF-8 (with or without a byte order mark), UTF-16 with one, or GB18030.
    ``files`` cells are patterns below ``root``.
    """
    lines = read_csv(table, report)
    if not lines:
        return []
    heads = _heads(lines[0], report)
    if "reference_code" not in heads:
        report.problem(1, "", _("缺少“档号”一列；第一行须为表头。"))
        return []
    files = FilesOfTable(root, ignore=table)
    rows: list[Row] = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        report.rows += 1
        row = _row(number, cells, heads, files, report)
        if row is not None:
            rows.append(row)
    files.notice_left_over(report)
    return rows


def _heads(line: list[str], report: Report) -> dict[str, tuple[int, str]]:
    """Index and head by attribute."""
    heads: dict[str, tuple[int, str]] = {}
    for index, head in enumerate(line):
        if not head.strip():
            continue
        attribute = attribute_of(head)
        if attribute is None:
            report.problem(
                1, head, _("不认识这一列，没有导入；请改用标准的著录项名称。")
            )
        elif attribute in heads:
            report.problem(1, head, _("这一列重复，只采用第一列。"))
        else:
            heads[attribute] = (index, head.strip())
            if needs_decision(attribute):
                report.notice(1, head, notice_of_openness(attribute))
    return heads


def _row(
    number: int,
    line: list[str],
    columns: dict[str, tuple[int, str]],
    files: FilesOfTable,
    report: Report,
) -> Row | None:
    """The row, or None if the report says why not."""
    problems = len(report.problems)
    width = 1 + max(index for index, _head in columns.values())
    if any(cell.strip() for cell in line[width:]):
        report.problem(number, "", _("这一行的列数多于表头；请检查逗号和引号。"))
    cells = {
        attribute: line[index] if index < len(line) else ""
        for attribute, (index, _head) in columns.items()
    }
    heads = {attribute: head for attribute, (_index, head) in columns.items()}
    fields = read_cells(number, cells, heads, report)
    code = _code(number, heads["reference_code"], cells["reference_code"], report)
    parent = ""
    if cells.get("parent", "").strip():
        parent = _code(number, heads["parent"], cells["parent"], report)
    paths = files.expand(number, heads.get("files", ""), cells.get("files", ""), report)
    if len(report.problems) > problems and not _only_about_files(report, problems):
        return None
    return Row(number, code, parent, fields or {}, heads, paths)


def _code(number: int, head: str, cell: str, report: Report) -> str:
    try:
        return codes.normalise(cell)
    except ArchiveError as error:
        report.problem(number, head, error)
        return ""


def _only_about_files(report: Report, start: int) -> bool:
    """Whether all problems since ``start`` name a file, so that the row can go on."""
    return all(problem.file for problem in report.problems[start:])
