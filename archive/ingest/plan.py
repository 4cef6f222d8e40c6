"""Which rows can be carried out, parents before their children."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from archive.models import FormerReferenceCode, Record, Tombstone

from .report import Report
from .rows import Row

_CHUNK = 500


def plan(rows: Iterable[Row], report: Report) -> list[Row]:
    """The rows in an order in which they can be carried out.

    Left out, with a problem: a code given twice or once given to another record,
    a new record without level or title, one whose parent is unknown or itself
    left out, and rows that are each other's ancestors.
    """
    unique = _unique(rows, report)
    known = _known([code for row in unique.values() for code in _codes(row)])
    taken = _taken([code for code in unique if code not in known])
    candidates = {
        row.reference_code: row
        for row in unique.values()
        if _complete(row, known, taken, report)
    }
    ordered: dict[str, Row] = {}
    waiting = dict(candidates)
    while waiting:
        ready = [
            row
            for row in waiting.values()
            if not row.parent_code
            or row.parent_code in ordered
            or (row.parent_code in known and row.parent_code not in waiting)
        ]
        if not ready:
            break
        for row in ready:
            ordered[row.reference_code] = waiting.pop(row.reference_code)
    for row in waiting.values():
        _without_parent(row, waiting, unique, report)
    return list(ordered.values())


def _codes(row: Row) -> list[str]:
    return [code for code in (row.reference_code, row.parent_code) if code]


def _unique(rows: Iterable[Row], report: Report) -> dict[str, Row]:
    unique: dict[str, Row] = {}
    for row in rows:
        first = unique.setdefault(row.reference_code, row)
        if first is not row:
            _problem(row, _doubled(row, first), report)
    return unique


def _doubled(row: Row, first: Row) -> str:
    if first.folder:
        message = _(
            "档号“%(code)s”与文件夹“%(folder)s”的档号相同；请合并为一个文件夹。"
        )
        return message % {"code": row.reference_code, "folder": first.folder}
    message = _("档号“%(code)s”与第 %(row)d 行重复；每个档号只能有一行。")
    return message % {"code": row.reference_code, "row": first.number}


def _problem(row: Row, message: str, report: Report) -> None:
    report.problem(row.number, row.head("reference_code"), message, row.folder)


def _known(codes: list[str]) -> set[str]:
    """Those of the codes that records have now."""
    known: set[str] = set()
    for start in range(0, len(codes), _CHUNK):
        records = Record.objects.filter(
            reference_code__in=codes[start : start + _CHUNK]
        )
        known.update(records.values_list("reference_code", flat=True))
    return known


def _taken(codes: list[str]) -> set[str]:
    """Those of the codes that were given up, by a change or with the record."""
    taken: set[str] = set()
    for start in range(0, len(codes), _CHUNK):
        chunk = codes[start : start + _CHUNK]
        former = FormerReferenceCode.objects.filter(code__in=chunk)
        deleted = Tombstone.objects.filter(reference_code__in=chunk)
        taken.update(former.values_list("code", flat=True))
        taken.update(deleted.values_list("reference_code", flat=True))
    return taken


def _complete(row: Row, known: set[str], taken: set[str], report: Report) -> bool:
    """Whether the row's record is there or can be made."""
    if row.reference_code in known:
        return True
    if row.reference_code in taken:
        message = _("档号“%(code)s”曾被使用，不得再用；请改用新的档号。")
        _problem(row, message % {"code": row.reference_code}, report)
        return False
    good = True
    for attribute, label in (("level", _("著录层级")), ("title", _("题名"))):
        if not row.fields.get(attribute):
            good = False
            message = _("缺少%(label)s；请填写。") % {"label": label}
            report.problem(row.number, row.head(attribute) or label, message)
    return good


def _without_parent(
    row: Row, waiting: dict[str, Row], unique: dict[str, Row], report: Report
) -> None:
    if row.parent_code in waiting:
        message = _("上级“%(code)s”没有导入，或上下级互相包含；请先改正上级。")
    elif row.parent_code in unique:
        message = _("上级“%(code)s”的那一行有问题，没有导入；请先改正。")
    else:
        message = _("没有上级“%(code)s”；请先建立上级，或在表中加上它的一行。")
    values = {"code": row.parent_code}
    report.problem(row.number, row.head("parent"), message % values)
