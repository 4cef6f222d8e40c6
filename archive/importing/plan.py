"""What becomes of each row: a new record, an update, or a problem."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from archive.description import CLAIMS, described
from archive.errors import ArchiveError
from archive.links import LINKS
from archive.models import FormerReferenceCode, Record, Tombstone
from archive.tables.problems import Problems

from .source import Wanted, Wishes

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """``created`` in an order in which it can be carried out, parents first;
    ``known`` are the records of the table and their parents, by code.
    """

    created: list[Wanted] = field(default_factory=list)
    updated: list[Wanted] = field(default_factory=list)
    known: dict[str, Record] = field(default_factory=dict)


def plan(wishes: Wishes, report: Problems) -> Plan:
    """The rows that can be carried out; the others are in the report."""
    planning = _Planning(wishes, report)
    unique = planning.unique()
    codes = {row.reference_code: None for row in unique}
    codes |= {row.parent: None for row in unique if row.parent}
    known = _known(list(codes))
    updated = [row for row in unique if row.reference_code in known]
    taken = _taken([row.reference_code for row in unique])
    complete = [
        row
        for row in unique
        if row.reference_code not in known and planning.is_complete(row, taken)
    ]
    created = planning.ordered(complete, known)
    there = {row.reference_code for row in created} | known.keys()
    updated = [row for row in updated if planning.has_parent(row, there)]
    return Plan(created, updated, known)


def changes_of(
    row: Wanted, held: Record, particulars: Mapping[str, str]
) -> dict[str, Any]:
    """The values of the row that the record does not have; links are left to the
    service. A date that follows from a changed one is thus renewed with it, though
    the table still has it as it was. ``particulars`` are those of now, as far as the
    row has any.
    """
    wanted = dict(row.fields)
    if "particulars" in wanted:
        # A column that the table does not have leaves its particular as it is.
        merged = {**particulars, **wanted["particulars"]}
        wanted["particulars"] = {name: text for name, text in merged.items() if text}
    return {
        name: value
        for name, value in wanted.items()
        if name not in CLAIMS and (name in LINKS or getattr(held, name) != value)
    }


class _Planning:
    def __init__(self, wishes: Wishes, report: Problems) -> None:
        self._wishes = wishes
        self._report = report
        self._codes = {row.reference_code for row in wishes.rows}

    def unique(self) -> list[Wanted]:
        rows: dict[str, Wanted] = {}
        for row in self._wishes.rows:
            first = rows.setdefault(row.reference_code, row)
            if first is not row:
                message = _("档号“%(code)s”与第 %(row)d 行重复；每个档号只能有一行。")
                values = {"code": row.reference_code, "row": first.number}
                self._problem(row, "reference_code", message % values)
        return list(rows.values())

    def is_complete(self, row: Wanted, taken: set[str]) -> bool:
        """Whether the row can be a new record, wherever its place is."""
        if row.reference_code in taken:
            message = _("档号“%(code)s”曾被使用，不得再用；请改用新的档号。")
            values = {"code": row.reference_code}
            self._problem(row, "reference_code", message % values)
            return False
        missing = [
            (attribute, label)
            for attribute, label in (("level", _("著录层级")), ("title", _("题名")))
            if not row.fields.get(attribute)
        ]
        for attribute, label in missing:
            message = _("缺少%(label)s；请填写。") % {"label": label}
            head = self._wishes.head(attribute) or label
            self._report.problem(row.number, head, message)
        if missing:
            return False
        try:
            described(_unlinked(row.fields), creating=True)
        except ArchiveError as error:
            self._problem(row, "reference_code", error)
            return False
        return True

    def ordered(
        self, rows: Sequence[Wanted], known: Mapping[str, Record]
    ) -> list[Wanted]:
        """New records, each after its parent."""
        below: defaultdict[str, list[Wanted]] = defaultdict(list)
        ready: deque[Wanted] = deque()
        for row in rows:
            if not row.parent or row.parent in known:
                ready.append(row)
            else:
                below[row.parent].append(row)
        ordered: list[Wanted] = []
        while ready:
            ordered.append(ready.popleft())
            ready.extend(below.pop(ordered[-1].reference_code, ()))
        for row in chain.from_iterable(below.values()):
            self._without_parent(row)
        return ordered

    def has_parent(self, row: Wanted, there: Iterable[str]) -> bool:
        if not row.parent or row.parent in there:
            return True
        self._without_parent(row)
        return False

    def _without_parent(self, row: Wanted) -> None:
        if row.parent in self._codes:
            message = _("上级“%(code)s”没有导入，或上下级互相包含；请先改正上级。")
        else:
            message = _("没有上级“%(code)s”；请先建立上级，或在表中加上它的一行。")
        self._problem(row, "parent", message % {"code": row.parent})

    def _problem(self, row: Wanted, attribute: str, message: object) -> None:
        self._report.problem(row.number, self._wishes.head(attribute), message)


def _unlinked(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in LINKS}


def _known(codes: Sequence[str]) -> dict[str, Record]:
    known: dict[str, Record] = {}
    for chunk in _chunks(codes):
        for record in Record.objects.filter(reference_code__in=chunk):
            known[record.reference_code] = record
    return known


def _taken(codes: Sequence[str]) -> set[str]:
    """Those of the codes that were given up, by a change or with the record."""
    taken: set[str] = set()
    for chunk in _chunks(codes):
        former = FormerReferenceCode.objects.filter(code__in=chunk)
        deleted = Tombstone.objects.filter(reference_code__in=chunk)
        taken.update(former.values_list("code", flat=True))
        taken.update(deleted.values_list("reference_code", flat=True))
    return taken


def _chunks(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(codes), _CHUNK):
        yield codes[start : start + _CHUNK]
