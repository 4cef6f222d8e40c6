"""Bringing many concepts in at once: all of them or, where anything is wrong, none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from archive.errors import ArchiveError
from archive.subjects.errors import NumberTaken
from archive.subjects.store import Change, Written, changing
from archive.subjects.thesaurus import Concept, Thesaurus, faults
from archive.suggestions import key_of
from archive.tables.problems import Problem, Problems

MAX_CONCEPTS = 50_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a row or a node says of a concept; what it does not say stays.

    ``fields`` are ``editing.FIELDS``: texts, tuples of names. ``reference`` is what
    others call it by (a URI); ``row`` and ``place`` say where it stands.
    """

    number: str
    fields: Mapping[str, Any]
    reference: str = ""
    row: int = 0
    place: str = ""


@dataclass(slots=True)
class Report(Problems):
    """How many concepts there were, and what became (or would become) of them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    dry_run: bool = False
    written: Written | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "dry_run": self.dry_run,
            "problems": [_shown(one) for one in self.problems],
            "notices": [_shown(one) for one in self.notices],
        }


def _shown(problem: Problem) -> dict[str, Any]:
    shown = {"row": problem.row, "column": problem.column, "message": problem.message}
    return {**shown, "file": problem.file}


def bring(
    wishes: Sequence[Wish],
    heads: Mapping[str, str],
    report: Report,
    *,
    dry_run: bool = False,
) -> Report:
    """Carry out what the wishes say, in one transaction; fills and returns ``report``.

    ``heads`` gives the fields their column or property for the report. Nothing is
    written where the report has problems, or with ``dry_run``.
    """
    report.rows, report.dry_run = len(wishes), dry_run
    if len(wishes) > MAX_CONCEPTS:
        message = _("一次至多 %(n)d 个主题词；请分成几个文件。") % {"n": MAX_CONCEPTS}
        report.problem(0, "", message)
    if report.problems:
        return report
    with changing() as change:
        _Bringing(change, heads, report).run(wishes)
        if not report.problems and not dry_run:
            report.written = change.write()
    return report


@dataclass(slots=True)
class _Bringing:
    change: Change
    heads: Mapping[str, str]
    report: Report
    wish_of: dict[str, Wish] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def run(self, wishes: Sequence[Wish]) -> None:
        after = self.change.after
        for number, wish in self._numbered(wishes):
            self.wish_of[number] = wish
            if wish.reference:
                self.numbers[wish.reference] = number
            plain = {
                name: value
                for name, value in wish.fields.items()
                if name not in ("broader", "related")
            }
            concept = after.concepts.get(number) or Concept(number, "")
            after.put(replace(concept, **plain))
        self._relations(after.owners())
        touched = self.change.touched()
        for fault in faults(after, touched):
            self._refuse(self.wish_of.get(fault.number), fault.field, fault.error)
        new = sum(number not in self.change.before.concepts for number in touched)
        self.report.created = new
        self.report.updated = len(touched) - new
        self.report.unchanged = len(self.wish_of.keys() - set(touched))

    def _numbered(self, wishes: Sequence[Wish]) -> Iterator[tuple[str, Wish]]:
        """Which concept each means: by its number, else by its name, else a new one."""
        before = self.change.before
        owners = before.owners()  # grows: a second row of the same name is found, too
        following = self.change.after.next_number()
        used = {wish.number for wish in wishes}
        seen: dict[str, Wish] = {}
        for wish in wishes:
            number = wish.number
            if number in before.former:
                self._refuse(wish, "number", NumberTaken(number))
                continue
            key = key_of(wish.fields.get("label", ""))
            if key and not number:
                number = owners.get(key, "")
            if not number:
                while following in used or following in seen:
                    following = _after(following)
                number = following
            if number in seen:
                message = _("与第 %(row)d 行是同一个主题词；请只保留一行。")
                first = seen[number]
                if not first.row:
                    message = _("与“%(place)s”是同一个主题词；请只保留一个。")
                values = {"row": first.row, "place": first.place}
                column = "number" if wish.number else "label"
                self._refuse(wish, column, message % values)
                continue
            seen[number] = wish
            if key:
                owners.setdefault(key, number)
            yield number, wish

    def _relations(self, owners: Mapping[str, str]) -> None:
        """A pair is related when either says so."""
        after = self.change.after
        said = [(n, w) for n, w in self.wish_of.items() if "related" in w.fields]
        for number, _wish in said:
            after.relate(number, ())
        for number, wish in said:
            for name in wish.fields["related"]:
                other = self._find(after, wish, "related", name, owners)
                if other:
                    after.related.add(frozenset((number, other)))
        for number, wish in self.wish_of.items():
            if "broader" in wish.fields:
                name = wish.fields["broader"]
                broader = name and self._find(after, wish, "broader", name, owners)
                concept = after.concepts[number]
                after.concepts[number] = replace(concept, broader=broader)

    def _find(
        self,
        after: Thesaurus,
        wish: Wish,
        column: str,
        name: str,
        owners: Mapping[str, str],
    ) -> str:
        if name in self.numbers:
            return self.numbers[name]
        try:
            return after.find(name, owners)
        except ArchiveError as error:
            self._refuse(wish, column, error)
            return ""

    def _refuse(self, wish: Wish | None, column: str, error: object) -> None:
        row, place = (wish.row, wish.place) if wish else (0, "")
        self.report.problem(row, self.heads.get(column, column), error, place)


def _after(number: str) -> str:
    return f"S{int(number[1:]) + 1:06d}"
