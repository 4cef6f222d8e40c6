"""The rows of a table, each with the values that it wants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from archive import codes, dates
from archive.description import CLAIMS
from archive.errors import ArchiveError
from archive.links import LINKS, from_cells
from archive.tables import cells
from archive.tables.columns import (
    attribute_of,
    choices,
    gathered,
    needs_decision,
    notice_dates,
    notice_of_openness,
    value_of,
)
from archive.tables.problems import Problems
from archive.tables.reading import Table, read_table

IGNORED = "-"
"""In a mapping: the column of this head is not imported."""
FORMER_CODES = "former_codes"
FORMER_CODES_HEAD = "曾用档号"
_FILES = "files"
_NEVER_EMPTY = frozenset(
    {"reference_code", "level", "title", "first_page", "last_page", *CLAIMS}
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be imported: ``name`` is what people call it, ``mapping`` gives the
    attribute of heads that do not name one themselves, or that mean another.
    """

    path: Path
    name: str
    sheet: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row: ``number`` as a spreadsheet counts, ``fields`` by attribute as
    ``archive.records.create`` takes them. ``parent`` is None where the row says
    nothing of it, "" for a place at the top.
    """

    number: int
    reference_code: str
    parent: str | None
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wishes:
    """The good rows of a table, the head of each attribute, and all heads."""

    rows: list[Wanted]
    heads: dict[str, str]
    all_heads: list[str] = field(default_factory=list)

    def head(self, attribute: str) -> str:
        return self.heads.get(attribute, "")


def read(source: Source, report: Problems, most: int | None = None) -> Wishes:
    """The rows that can be understood; the others are in the report.

    ``most``: see ``read_table``.
    """
    table = read_table(source.path, report, source.sheet, most)
    if not table.lines:
        return Wishes([], {})
    columns = _columns(table.lines[0], source.mapping, report)
    if "reference_code" not in columns:
        report.problem(1, "", _("缺少“档号”一列；第一行须为表头。"))
        return Wishes([], {})
    heads = {attribute: head for attribute, (_index, head) in columns.items()}
    linked = _linked(table, columns)
    rows = []
    for number, line in enumerate(table.lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        report.rows += 1
        row = _Row(number, line, table, columns, linked, report).read()
        if row is not None and number not in table.refused:
            rows.append(row)
    return Wishes(rows, heads, table.lines[0])


def _linked(
    table: Table, columns: Mapping[str, tuple[int, str]]
) -> dict[str, dict[str, list[Any] | ArchiveError]]:
    """By attribute and text, what the cells with links say: each looked up once."""
    found = {}
    for attribute, (index, _head) in columns.items():
        if attribute in LINKS:
            said = {line[index] for line in table.lines[1:] if index < len(line)}
            sound = (
                one for one in said if not cells.problem_of(one, typed=table.typed)
            )
            texts = (cells.unescaped(one) for one in sorted(sound))
            found[attribute] = from_cells(attribute, texts)
    return found


def attribute_for(head: str, mapping: Mapping[str, str]) -> str | None:
    """What the column of this head is imported as; ``IGNORED``, or None: unknown."""
    head = head.strip()
    if head in mapping:
        return mapping[head]
    if head in (FORMER_CODES, FORMER_CODES_HEAD):
        return FORMER_CODES
    return attribute_of(head)


def _columns(
    line: list[str], mapping: Mapping[str, str], report: Problems
) -> dict[str, tuple[int, str]]:
    """Index and head by attribute, of the columns that are imported."""
    columns: dict[str, tuple[int, str]] = {}
    for index, written in enumerate(line):
        head = written.strip()
        attribute = attribute_for(head, mapping)
        if not head or attribute == IGNORED:
            continue
        if attribute is None:
            message = _("不认识这一列，没有导入；请改用标准的著录项名称。")
            report.problem(1, head, message)
        elif attribute == _FILES:
            message = _("此列没有导入：扫描件请用 manage.py ingest 入库。")
            report.notice(1, head, message)
        elif attribute == FORMER_CODES:
            message = _("此列没有导入：曾用档号由系统在改档号时记下。")
            report.notice(1, head, message)
        elif needs_decision(attribute):
            report.notice(1, head, notice_of_openness(attribute))
        elif attribute in columns:
            report.problem(1, head, _("这一列重复，只采用第一列。"))
        else:
            columns[attribute] = (index, head)
    return columns


@dataclass(slots=True)
class _Row:
    """One line on its way to be a ``Wanted``."""

    number: int
    line: list[str]
    table: Table
    columns: dict[str, tuple[int, str]]
    linked: Mapping[str, Mapping[str, list[Any] | ArchiveError]]
    report: Problems
    good: bool = True

    def read(self) -> Wanted | None:
        """The row, or None if the report says why not."""
        if not self.table.typed:
            self._check_width()
        heads = {name: head for name, (_index, head) in self.columns.items()}
        fields = self._values()
        self._check_dates(fields, heads)
        if not self.good:
            return None
        code = str(fields.pop("reference_code", ""))
        parent: str | None = fields.pop("parent", None)
        notice_dates(self.number, fields, heads, self.report)
        return Wanted(self.number, code, parent, gathered(fields))

    def _values(self) -> dict[str, Any]:
        """By attribute, code and parent among them; what is refused is reported."""
        values: dict[str, Any] = {}
        for attribute, (index, head) in self.columns.items():
            cell = self.line[index] if index < len(self.line) else ""
            if not cell.strip() and attribute != "reference_code":
                continue
            try:
                value = self._value(attribute, head, cell)
            except ArchiveError as error:
                self._refuse(head, error)
                continue
            except ValueError:
                self._refuse(head, choices(attribute, cell))
                continue
            if value is not None:
                values[attribute] = value
        return values

    def _check_width(self) -> None:
        """More cells than heads are no table; blank ones at the end are often gone."""
        heads = len(self.table.lines[0])
        if any(cell.strip() for cell in self.line[heads:]):
            self._refuse("", _("这一行的列数多于表头；请检查逗号和引号。"))
        elif len(self.line) < heads:
            message = _(
                "这一行只有 %(n)d 格，表头有 %(heads)d 格；缺的按空白，请核对。"
            )
            values = {"n": len(self.line), "heads": heads}
            self.report.notice(self.number, "", message % values)

    def _check_dates(self, fields: dict[str, Any], heads: dict[str, str]) -> None:
        """A day that never was is a slip, unless the table says what is known of it.

        The column for EDTF, even a blank cell, says so: thus a date that a document
        really bears can be imported, and what was exported comes back.
        """
        edtf = fields.get("date_edtf", "")
        if edtf and not dates.read(edtf).edtf:
            message = _("“%(date)s”不是日期；请写如 1963-11、1963~、196X，或留空。")
            self._refuse(heads["date_edtf"], message % {"date": edtf[:40]})
        reading = dates.read(fields.get("date_original", ""))
        if reading.impossible and "date_edtf" not in heads:
            message = _("%(why)s原文确是这样的，请加“日期（EDTF）”一列，可以留空。")
            told = message % {"why": reading.problem}
            self._refuse(heads["date_original"], told)

    def _value(self, attribute: str, head: str, cell: str) -> Any:
        """A cell's value. Raises ``ArchiveError``; ``ValueError``: not a choice."""
        if not self._is_sound(head, cell):
            return None
        if cells.empties(cell):
            return self._emptied(attribute, head)
        text = cells.unescaped(cell)
        if attribute == "reference_code":
            return codes.normalise(text)
        if attribute == "parent":
            return codes.normalise(text) if text.strip() else ""
        if attribute in ("level", "is_demonstration", *CLAIMS):
            text = text.strip()
        if attribute in self.linked:
            return self._links(attribute, text)
        return value_of(attribute, text)

    def _links(self, attribute: str, text: str) -> list[Any] | None:
        read = self.linked[attribute][text]
        if isinstance(read, ArchiveError):
            raise read
        return read or None

    def _is_sound(self, head: str, cell: str) -> bool:
        message = cells.problem_of(cell, typed=self.table.typed)
        if message:
            self._refuse(head, message)
        return not message

    def _emptied(self, attribute: str, head: str) -> Any:
        if attribute in _NEVER_EMPTY:
            self._refuse(head, _("此项不能清空；请填写，或留空表示不改。"))
            return None
        if attribute == "is_demonstration":
            return False
        return [] if attribute in LINKS else ""

    def _refuse(self, head: str, message: object) -> None:
        self.good = False
        self.report.problem(self.number, head, message)
