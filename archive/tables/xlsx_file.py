"""XLSX files: one sheet into lines of cells, as a person sees them."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .problems import Problems

MAX_FILE = 100_000_000
MAX_UNPACKED = 500_000_000
MAX_CELLS = 10_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+(\d+):[A-Z]+\d+)"')
_ROW = re.compile(rb"<(?:\w+:)?row [^>]*>")
_HIDDEN = re.compile(rb'hidden="(?:1|true)"')
_NUMBER = re.compile(rb' r="(\d+)"')
_LEADING_ZEROS = re.compile(r"0+")
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_SOUND = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    OSError,
)


def read_xlsx(
    table: Path, report: Problems, sheet: str = "", most: int | None = None
) -> tuple[list[list[str]], set[int]]:
    """The lines of a sheet (the first, or the one named), and the numbers of those
    that may not be used; nothing where the report says why not.

    Formulas are never computed: such a cell is a problem.
    """
    try:
        if not _bearable(table, report):
            return [], set()
        # By its content: openpyxl refuses names that do not end in .xlsx.
        with table.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False)
            try:
                return _sheet(book, table, sheet, report, most)
            finally:
                book.close()
    except _NOT_SOUND:
        message = _("不是完好的 XLSX 文件；请在表格软件中打开，另存为 XLSX 或 CSV。")
        report.problem(0, "", message, table.name)
        return [], set()


def _bearable(table: Path, report: Problems) -> bool:
    with zipfile.ZipFile(table) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    if table.stat().st_size <= MAX_FILE and unpacked <= MAX_UNPACKED:
        return True
    message = _("文件过大（展开后 %(size)d MB）；请分成几个文件，或另存为 CSV。")
    report.problem(0, "", message % {"size": unpacked // 1_000_000}, table.name)
    return False


def _sheet(
    book: Any, table: Path, name: str, report: Problems, most: int | None
) -> tuple[list[list[str]], set[int]]:
    names = [one.title for one in book.worksheets]
    if not names or (name and name not in names):
        message = _("没有工作表“%(sheet)s”；这个文件有：%(names)s。")
        values = {"sheet": name, "names": "、".join(names)}
        report.problem(0, "", message % values, table.name)
        return [], set()
    sheet = book[name or names[0]]
    lines: list[list[str]] = []
    refused: set[int] = set()
    count = filled = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        count += len(row)
        if count > MAX_CELLS:
            message = _("单元格超过 %(n)d 个；请分成几个文件。")
            report.problem(0, "", message % {"n": MAX_CELLS}, table.name)
            return [], set()
        heads = lines[0] if lines else []
        for index, message in _not_text(row):
            head = heads[index] if index < len(heads) else ""
            report.problem(number, head or row[index].column_letter, message)
            refused.add(number)
        lines.append(_without_tail([_text(cell) for cell in row]))
        filled += bool(lines[-1])
        if most is not None and filled > most + 1:
            break
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        message = _("表是空的；第一行须为表头，以下每行一条档案。")
        report.problem(1, "", message, table.name)
    _report_layout(table, sheet, refused, report)
    return lines, refused


def _not_text(row: Iterable[Any]) -> Iterator[tuple[int, str]]:
    for index, cell in enumerate(row):
        if cell.data_type == "f":
            yield (
                index,
                _("这是公式，没有计算；请在表格软件中“复制—选择性粘贴—数值”。"),
            )
        elif cell.data_type == "e":
            yield (
                index,
                _("这是出错的单元格（%(text)s）；请改正。") % {"text": cell.value},
            )


def _text(cell: Any) -> str:
    """A typed cell as the spreadsheet shows it: 1963, not 1963.0."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _CODE.sub(lambda code: chr(int(code[1], 16)), value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    number = int(value) if float(value).is_integer() else value
    if _LEADING_ZEROS.fullmatch(cell.number_format or ""):
        return str(number).zfill(len(cell.number_format))
    return str(number)


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _report_layout(
    table: Path, sheet: Any, refused: set[int], report: Problems
) -> None:
    """Merged cells are problems: whose value is it? Hidden rows are told.

    openpyxl does not know of either in a sheet that it only reads.
    """
    merged, hidden = _layout(table, sheet._worksheet_path)
    for place, number in merged:
        refused.add(number)
        message = _("单元格 %(cells)s 是合并的；请取消合并，并在每一格填写。")
        report.problem(number, "", message % {"cells": place})
    if hidden:
        shown = "、".join(map(str, hidden[:10])) + ("……" if len(hidden) > 10 else "")
        message = _("有 %(n)d 行是隐藏的，也照样读入：第 %(rows)s 行。")
        report.notice(0, "", message % {"n": len(hidden), "rows": shown}, table.name)


def _layout(table: Path, part: str) -> tuple[list[tuple[str, int]], list[int]]:
    merged: dict[str, int] = {}
    hidden: dict[int, None] = {}
    with zipfile.ZipFile(table) as parts, parts.open(part) as xml:
        before = b""
        while chunk := xml.read(1 << 20):
            text = before + chunk
            for cells, number in _MERGED.findall(text):
                merged[cells.decode()] = int(number)
            for row in _ROW.findall(text):
                number_of = _NUMBER.search(row)
                if number_of and _HIDDEN.search(row):
                    hidden[int(number_of[1])] = None
            before = text[-500:]
    return list(merged.items()), list(hidden)
