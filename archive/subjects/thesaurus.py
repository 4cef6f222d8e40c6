"""The whole thesaurus as a value: what it must hold to, worked out without writing.

A thesaurus is thousands of concepts, not millions: every change is made to the whole
in memory and then written by ``store`` as the difference. So an edit, a merge and an
import keep the same rules in the same place.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from archive.errors import ArchiveError, InvalidValue, ValueTooLong
from archive.models import Subject
from archive.models.subjects import MAX_DEPTH
from archive.subjects.errors import (
    BroaderCycle,
    InvalidNumber,
    LabelMissing,
    LabelTaken,
    NumberTaken,
    RelatedRefused,
    SubjectTooDeep,
    UnknownSubject,
)
from archive.subjects.names import tidy
from archive.suggestions import key_of
from archive.tables.cells import control_character

LIMITS: Final[Mapping[str, int]] = {
    "label": 100,
    "label_en": 200,
    "alternatives": 200,
    "source": 500,
    "scope_note": 10_000,
}
"""The longest value of each field, in code points; of alternatives, each name."""

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_GIVEN = re.compile(r"S(\d{6,})")
_LINES = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept; ``broader`` is a number or "", ``alternatives`` (skos:altLabel)
    are in the order of their keys, none of them a spelling of the preferred labels.
    """

    number: str
    label: str
    label_en: str = ""
    alternatives: tuple[str, ...] = ()
    broader: str = ""
    scope_note: str = ""
    source: str = ""
    status: str = Subject.Status.APPROVED.value

    @property
    def names(self) -> dict[str, str]:
        """Every name by its key; the preferred label wins."""
        written = (*self.alternatives, self.label_en, self.label)
        return {key: name for name in written if (key := key_of(name))}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field (an attribute, or ``related``) of a concept."""

    number: str
    field: str
    error: ArchiveError


def is_number(text: str) -> bool:
    """Letters, digits and ``. - _``, at most 40; the first a letter or a digit."""
    return _NUMBER.fullmatch(text) is not None


def canonical(concept: Concept) -> Concept:
    """White space tidied, names each once: the form in which concepts compare."""
    label, label_en = tidy(concept.label), tidy(concept.label_en)
    own = {key_of(label), key_of(label_en), ""}
    others: dict[str, str] = {}
    for name in map(tidy, concept.alternatives):
        if (key := key_of(name)) not in own:
            others.setdefault(key, name)
    return replace(
        concept,
        label=label,
        label_en=label_en,
        alternatives=tuple(others[key] for key in sorted(others)),
        scope_note=_LINES.sub("\n", concept.scope_note).strip(),
        source=tidy(concept.source),
    )


Pair = frozenset[str]


@dataclass(slots=True)
class Thesaurus:
    """Concepts by number, pairs of related numbers, and numbers no longer in use with
    the number that they lead to ("": deleted).
    """

    concepts: dict[str, Concept] = field(default_factory=dict)
    related: set[Pair] = field(default_factory=set)
    former: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Thesaurus":
        return Thesaurus(dict(self.concepts), set(self.related), dict(self.former))

    def put(self, concept: Concept) -> None:
        """Add or replace; a preferred label that is given up stays a name of it."""
        before = self.concepts.get(concept.number)
        if before is not None:
            kept = [
                was
                for was, now in (
                    (before.label, concept.label),
                    (before.label_en, concept.label_en),
                )
                if was and tidy(was) != tidy(now)
            ]
            names = (*concept.alternatives, *kept)
            concept = replace(concept, alternatives=names)
        self.concepts[concept.number] = canonical(concept)

    def relate(self, number: str, others: Iterable[str]) -> None:
        """Have these, and no others, related to the concept."""
        self.related = {pair for pair in self.related if number not in pair}
        self.related |= {frozenset((number, other)) for other in others}

    def related_to(self, number: str) -> list[str]:
        return sorted(
            other
            for pair in self.related
            if number in pair
            for other in pair
            if other != number
        )

    def owners(self, last: Collection[str] = ()) -> dict[str, str]:
        """Number by key; of a name that several have, the first counts, and these
        numbers come ``last``.
        """
        found: dict[str, str] = {}
        for number in (*(one for one in self.concepts if one not in last), *last):
            for key in self.concepts[number].names:
                found.setdefault(key, number)
        return found

    def above(self, number: str) -> Iterator[str]:
        """The broader concepts, nearest first; ends where it would go in a circle."""
        seen = {number}
        broader = self.concepts[number].broader
        while broader in self.concepts and broader not in seen:
            yield broader
            seen.add(broader)
            broader = self.concepts[broader].broader

    def labels_down_to(self, number: str) -> tuple[str, ...]:
        """Preferred labels from the top to the concept itself."""
        chain = [number, *self.above(number)]
        return tuple(self.concepts[one].label for one in reversed(chain))

    def next_number(self) -> str:
        """``S`` and at least six digits, after the highest ever given."""
        used = (
            int(match[1])
            for number in (*self.concepts, *self.former)
            if (match := _GIVEN.fullmatch(number))
        )
        return f"S{max(used, default=0) + 1:06d}"

    def find(self, name: str, owners: Mapping[str, str] | None = None) -> str:
        """The number of the concept with this number or name.

        Raises ``UnknownSubject``. ``owners`` spares working them out again.
        """
        wanted = tidy(name)
        if wanted in self.concepts:
            return wanted
        found = (self.owners() if owners is None else owners).get(key_of(wanted))
        if found is None:
            found = self.former.get(wanted, "")
        if not found:
            raise UnknownSubject(name)
        return found

    def in_order(self) -> list[Concept]:
        """Each concept after its broader one, branches together."""
        below: dict[str, list[Concept]] = {}
        for concept in self.concepts.values():
            below.setdefault(concept.broader, []).append(concept)
        ordered: list[Concept] = []
        waiting = list(reversed(below.get("", [])))
        while waiting:
            concept = waiting.pop()
            ordered.append(concept)
            waiting += reversed(below.get(concept.number, []))
        return ordered


def faults(thesaurus: Thesaurus, touched: Iterable[str]) -> list[Fault]:
    """What is wrong with the concepts of these numbers."""
    numbers = dict.fromkeys(touched)
    owners = thesaurus.owners(numbers)
    found: list[Fault] = []
    for number in numbers:
        concept = thesaurus.concepts[number]
        found += _of_number(thesaurus, number)
        found += _of_text(concept)
        found += _of_names(thesaurus, concept, owners)
        found += _of_place(thesaurus, concept)
        found += _of_related(thesaurus, concept)
    return found


def _of_number(thesaurus: Thesaurus, number: str) -> Iterator[Fault]:
    if not is_number(number):
        yield Fault(number, "number", InvalidNumber(number))
    if number in thesaurus.former:
        yield Fault(number, "number", NumberTaken(number))


def _of_text(concept: Concept) -> Iterator[Fault]:
    if not key_of(concept.label):
        yield Fault(concept.number, "label", LabelMissing())
    if concept.status not in Subject.Status.values:
        error: ArchiveError = InvalidValue("status", concept.status)
        yield Fault(concept.number, "status", error)
    for name, limit in LIMITS.items():
        value = getattr(concept, name)
        for text in (value,) if isinstance(value, str) else value:
            if len(text) > limit:
                label = str(_label(name))
                yield Fault(concept.number, name, ValueTooLong(label, limit))
            elif bad := control_character(text) or _surrogate(text):
                yield Fault(concept.number, name, InvalidValue(_label(name), bad))


def _surrogate(text: str) -> str:
    return next((f"U+{ord(one):04X}" for one in text if "\ud800" <= one < "\ue000"), "")


def _label(name: str) -> str:
    if name == "alternatives":
        name = "label"
    return str(Subject._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _of_names(
    thesaurus: Thesaurus, concept: Concept, owners: Mapping[str, str]
) -> Iterator[Fault]:
    for key, name in concept.names.items():
        owner = owners[key]
        if owner == concept.number:
            continue
        error = LabelTaken(name, owner, thesaurus.concepts[owner].label)
        preferred = {
            key_of(concept.label): "label",
            key_of(concept.label_en): "label_en",
        }
        yield Fault(concept.number, preferred.get(key, "alternatives"), error)


def _of_place(thesaurus: Thesaurus, concept: Concept) -> Iterator[Fault]:
    if not concept.broader:
        return
    if concept.broader not in thesaurus.concepts:
        error: ArchiveError = UnknownSubject(concept.broader)
        yield Fault(concept.number, "broader", error)
        return
    above = list(thesaurus.above(concept.number))
    top = thesaurus.concepts[above[-1]] if above else concept
    if top.broader:
        label = thesaurus.concepts[concept.broader].label
        error = BroaderCycle(concept.label, label)
        yield Fault(concept.number, "broader", error)
    elif len(above) >= MAX_DEPTH:
        yield Fault(concept.number, "broader", SubjectTooDeep(concept.label))


def _of_related(thesaurus: Thesaurus, concept: Concept) -> Iterator[Fault]:
    number = concept.number
    if frozenset((number,)) in thesaurus.related:
        error: ArchiveError = RelatedRefused(concept.label, concept.label)
        yield Fault(number, "related", error)
    above = set(thesaurus.above(number))
    for other in thesaurus.related_to(number):
        if other not in thesaurus.concepts:
            yield Fault(number, "related", UnknownSubject(other))
            continue
        if other in above or number in thesaurus.above(other):
            label = thesaurus.concepts[other].label
            yield Fault(number, "related", RelatedRefused(concept.label, label))
