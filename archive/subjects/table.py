"""The thesaurus as a table: one concept a row, others by their preferred labels."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from archive.models import Subject
from archive.names import joined, split
from archive.subjects.bringing import Report, Wish, bring
from archive.subjects.editing import said
from archive.subjects.store import load
from archive.subjects.thesaurus import Thesaurus
from archive.tables import cells
from archive.tables.reading import Table, read_table
from archive.tables.writing import write_csv

HEADS: Final[Mapping[str, str]] = {
    "number": "编号",
    "label": "正式词",
    "label_en": "英文",
    "alternatives": "非正式词",
    "broader": "上位词",
    "related": "相关词",
    "scope_note": "范围注释",
    "source": "来源",
    "status": "状态",
}
"""Head by attribute, as in the standard GB/T 13190; the attribute is a head, too."""

_SEVERAL = ("alternatives", "related")
_STATUS = {
    "候选": Subject.Status.CANDIDATE,
    "正式": Subject.Status.APPROVED,
    "停用": Subject.Status.DEPRECATED,
}


def write(path: Path) -> int:
    """The whole thesaurus as CSV, the broader before the narrower; how many rows."""
    return write_csv(path, list(HEADS.values()), rows(load()))


def rows(thesaurus: Thesaurus) -> Iterable[list[str]]:
    words = {status: word for word, status in _STATUS.items()}
    for concept in thesaurus.in_order():
        told = {"number": concept.number, **said(thesaurus, concept.number)}
        told["status"] = words[Subject.Status(concept.status)]
        told["broader"] = _called(thesaurus, concept.broader)
        told["related"] = [
            _called(thesaurus, one) for one in thesaurus.related_to(concept.number)
        ]
        yield [
            joined(told[name]) if name in _SEVERAL else str(told[name])
            for name in HEADS
        ]


def read(path: Path, *, dry_run: bool = False) -> Report:
    """Bring a table (CSV, XLSX) in; see ``bringing.bring``.

    A cell that is empty changes nothing, one that holds ``（清空）`` empties the field.
    """
    report = Report(dry_run=dry_run)
    table = read_table(path, report)
    if report.problems:
        return report
    columns, heads = _columns(table, report)
    wishes = [
        wish
        for number, line in enumerate(table.lines[1:], start=2)
        if any(cell.strip() for cell in line)
        and (wish := _wish(number, line, table, columns, report)) is not None
    ]
    return bring(wishes, heads, report, dry_run=dry_run)


def _columns(table: Table, report: Report) -> tuple[dict[str, int], dict[str, str]]:
    """Index, and head as written, by attribute."""
    names = {head: name for name, head in HEADS.items()} | {
        name: name for name in HEADS
    }
    columns: dict[str, int] = {}
    heads: dict[str, str] = {}
    for index, written in enumerate(table.lines[0]):
        head = written.strip()
        name = names.get(head)
        if not head:
            continue
        if name is None:
            message = _("不认识这一列；可用的表头：%(heads)s。")
            known = "、".join(f"{one} {key}" for key, one in HEADS.items())
            report.problem(1, head, message % {"heads": known})
        elif name in columns:
            report.problem(1, head, _("这一列重复；请只保留一列。"))
        else:
            columns[name], heads[name] = index, head
    if "label" not in columns and "number" not in columns:
        report.problem(1, "", _("表中没有“正式词”或“编号”一列。"))
    return columns, heads


def _wish(
    row: int,
    line: list[str],
    table: Table,
    columns: Mapping[str, int],
    report: Report,
) -> Wish | None:
    if row in table.refused:
        return None
    if any(cell.strip() for cell in line[len(table.lines[0]) :]):
        report.problem(row, "", _("这一行的列数多于表头；请检查逗号和引号。"))
    fields: dict[str, Any] = {}
    for name, index in columns.items():
        cell = line[index] if index < len(line) else ""
        if not cell.strip():
            continue
        head = table.lines[0][index].strip()
        if problem := cells.problem_of(cell, typed=table.typed):
            report.problem(row, head, problem)
        elif cells.empties(cell) and name in ("number", "label", "status"):
            message = _("此项不能清空；请填写，或留空表示不改。")
            report.problem(row, head, message)
        else:
            text = "" if cells.empties(cell) else cells.unescaped(cell).strip()
            fields[name] = _value(name, text, row, head, report)
    return Wish(str(fields.pop("number", "")), fields, row=row)


def _value(name: str, text: str, row: int, head: str, report: Report) -> Any:
    if name in _SEVERAL:
        return tuple(split(text))
    if name != "status":
        return text
    if text not in _STATUS and text not in _STATUS.values():
        message = _("不接受“%(cell)s”；可填：%(words)s。")
        values = {"cell": text[:40], "words": "、".join(_STATUS)}
        report.problem(row, head, message % values)
        return Subject.Status.APPROVED.value
    return str(_STATUS.get(text, text))


def _called(thesaurus: Thesaurus, number: str) -> str:
    """The label, where it is not also some other concept's number."""
    if not number:
        return ""
    label = thesaurus.concepts[number].label
    return number if label in thesaurus.concepts else label
