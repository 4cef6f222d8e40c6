"""Creating, describing, merging and deleting concepts: each one transaction.

Records keep the words that they were described with. A name that a concept gives up as
its preferred label, and every name of a concept that is merged, goes on leading to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive.models import RecordTerm, Subject
from archive.subjects.errors import MergeRefused, NumberTaken, SubjectInUse
from archive.subjects.store import Written, changing
from archive.subjects.thesaurus import Concept, Thesaurus

FIELDS = (
    "label",
    "label_en",
    "alternatives",
    "broader",
    "related",
    "scope_note",
    "source",
    "status",
)
"""What ``edit`` accepts: ``broader`` and ``related`` as numbers or names."""


def create(number: str = "", **fields: Any) -> Subject:
    """A new concept; without a number it gets the next one.

    Raises what ``errors`` names, ``ValueTooLong`` and ``InvalidValue``.
    """
    with changing() as change:
        number = number.strip() or change.after.next_number()
        if number in change.after.concepts:
            raise NumberTaken(number)
        change.after.put(Concept(number, ""))
        _apply(change.after, number, fields)
        change.write()
        return Subject.objects.get(number=number)


def edit(subject: Subject, fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Change these fields; returns those that differ, before and after, as words."""
    number = subject.number
    with changing() as change:
        _apply(change.after, number, fields)
        change.write()
        subject.refresh_from_db()
        was, now = (said(one, number) for one in (change.before, change.after))
    return {name: (was[name], now[name]) for name in now if was[name] != now[name]}


def add_name(subject: Subject, name: str) -> None:
    """Have a name lead to the concept; raises ``LabelTaken``."""
    with changing() as change:
        concept = change.after.concepts[subject.number]
        names = (*concept.alternatives, name)
        change.after.put(replace(concept, alternatives=names))
        change.write()


def said(thesaurus: Thesaurus, number: str) -> dict[str, Any]:
    """A concept by ``FIELDS``, others by their preferred labels."""
    concept = thesaurus.concepts[number]
    broader = thesaurus.concepts.get(concept.broader)
    related = thesaurus.related_to(number)
    return {
        "label": concept.label,
        "label_en": concept.label_en,
        "alternatives": list(concept.alternatives),
        "broader": broader.label if broader else "",
        "related": [thesaurus.concepts[other].label for other in related],
        "scope_note": concept.scope_note,
        "source": concept.source,
        "status": concept.status,
    }


def merge(subjects: Iterable[Subject], into: Subject) -> Written:
    """Let ``into`` take the place of the others: names, narrower and related concepts,
    numbers and, with the names, records. Nothing leads nowhere afterwards.
    """
    numbers = [one.number for one in subjects]
    if not numbers or into.number in numbers:
        raise MergeRefused
    with changing() as change:
        for number in numbers:
            _merge(change.after, number, into.number)
        return change.write()


@dataclass(frozen=True, slots=True)
class Use:
    """How many records bear a name of the concept itself, and concepts below it."""

    records: int
    narrower: int


def use_of(subject: Subject) -> Use:
    bearers = RecordTerm.objects.filter(term__subject=subject)
    return Use(bearers.values("record").distinct().count(), subject.narrower.count())


def delete(subject: Subject) -> Written:
    """Delete a concept that nothing hangs on (``SubjectInUse``); see ``merge``."""
    with changing() as change:
        use = use_of(subject)
        if use.records or use.narrower:
            raise SubjectInUse(subject.label, use.records, use.narrower)
        number = subject.number
        del change.after.concepts[number]
        change.after.relate(number, ())
        change.after.former = {
            one: "" if heir == number else heir
            for one, heir in change.after.former.items()
        } | {number: ""}
        return change.write()


def _apply(thesaurus: Thesaurus, number: str, fields: Mapping[str, Any]) -> None:
    given = dict(fields)
    related: Iterable[str] | None = given.pop("related", None)
    unknown = given.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"no such fields: {unknown}")
    if given.get("broader"):
        given["broader"] = thesaurus.find(given["broader"])
    if "alternatives" in given:
        given["alternatives"] = tuple(given["alternatives"])
    concept = replace(thesaurus.concepts[number], **given)
    if related is not None:
        thesaurus.relate(number, [thesaurus.find(name) for name in related])
    thesaurus.put(concept)


def _merge(thesaurus: Thesaurus, number: str, into: str) -> None:
    gone = thesaurus.concepts[number]
    if number in thesaurus.above(into):
        _rehang(thesaurus, into, gone.broader)
    for concept in list(thesaurus.concepts.values()):
        if concept.broader == number:
            _rehang(thesaurus, concept.number, into)
    related = {*thesaurus.related_to(number), *thesaurus.related_to(into)}
    thesaurus.relate(number, ())
    del thesaurus.concepts[number]
    survivor = thesaurus.concepts[into]
    names = (*survivor.alternatives, *gone.names.values())
    thesaurus.put(replace(survivor, alternatives=names))
    thesaurus.relate(into, related - {number, into})
    thesaurus.related = {one for one in thesaurus.related if not _kin(thesaurus, *one)}
    leads = {one: into if to == number else to for one, to in thesaurus.former.items()}
    thesaurus.former = {**leads, number: into}


def _kin(thesaurus: Thesaurus, one: str, other: str) -> bool:
    return one in thesaurus.above(other) or other in thesaurus.above(one)


def _rehang(thesaurus: Thesaurus, number: str, broader: str) -> None:
    concept = thesaurus.concepts[number]
    thesaurus.concepts[number] = replace(concept, broader=broader)
