"""A liaison's list: an XLSX file to fill in, and what somebody has filled in."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from cms.registration.people import Person, is_contact, reduced

MOST_PEOPLE = 200
NAME, UNIT, CONTACT = "姓名", "单位", "电话或电子邮箱"
HEADS = (NAME, UNIT, CONTACT)
"""The same in every language: the file goes from hand to hand."""

_IGNORED = frozenset({"", "序号"})
_LENGTHS = {NAME: 60, UNIT: 100, CONTACT: 200}
_COLUMNS = 20
_MOST_UNPACKED = 20_000_000
_NOT_SOUND = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """``row`` as the spreadsheet numbers it, 0 for the whole file."""

    row: int
    column: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Either people, or problems."""

    people: tuple[Person, ...]
    problems: tuple[Problem, ...]


def template() -> bytes:
    """The file to fill in. Its cells are text: telephones keep their first zero."""
    book = Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(list(HEADS))
    for column, width in zip("ABC", (16, 30, 30), strict=True):
        sheet.column_dimensions[column].width = width
        sheet[f"{column}1"].font = Font(bold=True)
        for row in range(2, MOST_PEOPLE + 2):
            sheet[f"{column}{row}"].number_format = "@"
    sheet.freeze_panes = "A2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(content: bytes) -> Listed:
    """The people of a list, or everything that is wrong with it.

    The first sheet counts. Formulas are never computed. Never raises for what is in
    the file.
    """
    try:
        if _unpacked(content) > _MOST_UNPACKED:
            return _wrong(0, "", _("文件展开后过大。"), _("请只留名单一张表。"))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        try:
            rows = _cells(book.worksheets[0])
        finally:
            book.close()
    except _NOT_SOUND:
        return _wrong(
            0,
            "",
            _("不是完好的 XLSX 文件。"),
            _("请在表格软件中打开名单，另存为 XLSX。"),
        )
    return _listed(rows)


def _unpacked(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return sum(part.file_size for part in parts.infolist())


def _cells(sheet: Any) -> list[Sequence[Any]]:
    """One row more than is allowed, so that too many are seen; never the million."""
    sheet.reset_dimensions()
    return list(sheet.iter_rows(max_row=MOST_PEOPLE + 2, max_col=_COLUMNS))


def _listed(rows: list[Sequence[Any]]) -> Listed:
    heads = [_text(cell) for cell in rows[0]] if rows else []
    problems = _head_problems(heads)
    if problems:
        return Listed((), tuple(problems))
    people: dict[tuple[str, str], int] = {}
    found: list[Person] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(_text(cell) for cell in row):
            continue
        if number > MOST_PEOPLE + 1:
            problems.append(_too_many(number))
            break
        person, wrong = _person(number, dict(zip(heads, row, strict=False)))
        problems += wrong
        found.append(person)
        known = (person.name, reduced(person.contact))
        if known in people and not wrong:
            problems.append(_twice(number, people[known]))
        people.setdefault(known, number)
    if not found and not problems:
        return _wrong(
            2, "", _("名单上没有人。"), _("请从第二行起，每行填一个人，再上传。")
        )
    return Listed(() if problems else tuple(found), tuple(problems))


def _head_problems(heads: list[str]) -> list[Problem]:
    problems = [
        Problem(1, head, _("缺少这一列。"), _("请照名单样本，在第一行写上这个表头。"))
        for head in HEADS
        if head not in heads
    ]
    problems += [
        Problem(1, head, _("表头重复。"), _("请只留一列。"))
        for head in HEADS
        if heads.count(head) > 1
    ]
    problems += [
        Problem(1, head[:40], _("不需要这一列。"), _("请删去，以免多交个人信息。"))
        for head in heads
        if head not in HEADS and head not in _IGNORED
    ]
    return problems


def _person(number: int, cells: dict[str, Any]) -> tuple[Person, list[Problem]]:
    problems = []
    told = {}
    for head in HEADS:
        cell = cells.get(head)
        told[head] = _text(cell)
        problem = _cell_problem(head, cell, told[head])
        if problem is not None:
            problems.append(Problem(number, head, *problem))
    person = Person(told[NAME], told[UNIT], told[CONTACT]).tidied()
    return person, problems


def _cell_problem(head: str, cell: Any, text: str) -> tuple[str, str] | None:
    """What is wrong with a cell, and what to do."""
    kind = getattr(cell, "data_type", "")
    if kind == "f":
        return _("这是公式，没有计算。"), _("请复制后选择性粘贴为“数值”。")
    if kind == "e":
        return _("这是出错的单元格。"), _("请改正这一格。")
    if not text:
        missing = _("没有填写。"), _("请填写；没有这个人的，删去整行。")
        return missing if head != UNIT else None
    if len(text) > _LENGTHS[head]:
        message = _("超过 %(n)d 字。") % {"n": _LENGTHS[head]}
        return message, _("请写短一些。")
    if head == CONTACT and not is_contact(text):
        return (
            _("看不出是电话还是电子邮箱。"),
            _("请写一个电话号码或一个电子邮箱。"),
        )
    return None


def _text(cell: Any) -> str:
    """As the spreadsheet shows it: a telephone typed as a number has no fraction."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def _too_many(number: int) -> Problem:
    message = _("一份名单至多 %(n)d 人。") % {"n": MOST_PEOPLE}
    return Problem(number, "", message, _("请分成几份，分别上传。"))


def _twice(number: int, first: int) -> Problem:
    message = _("与第 %(row)d 行是同一个人。") % {"row": first}
    return Problem(number, NAME, message, _("请删去其中一行。"))


def _wrong(row: int, column: str, message: str, remedy: str) -> Listed:
    return Listed((), (Problem(row, column, message, remedy),))
