"""The thesaurus in the database: read as a value, written as a difference.

What is written tells the outbox of every record whose index document changes by it:
those that bear a name which leads elsewhere now, or whose concept, or one above it, is
called otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from archive import generation, outbox
from archive.models import FormerSubjectNumber, RecordTerm, Subject, Term
from archive.models.subjects import PATH_STEP
from archive.subjects.names import new_term
from archive.subjects.signals import thesaurus_changed
from archive.subjects.thesaurus import Concept, Thesaurus, canonical, faults

_CHUNK = 500
_PLAIN = ("label", "label_en", "scope_note", "source", "status")


@dataclass(frozen=True, slots=True)
class Written:
    """Numbers by what was done to them; how many ``records`` are indexed anew."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    records: int


def load() -> Thesaurus:
    """All of it, in four queries."""
    concepts: dict[str, Concept] = {}
    names: dict[int, list[str]] = {}
    for owner, text in Term.objects.filter(subject__isnull=False).values_list(
        "subject_id", "text"
    ):
        names.setdefault(owner, []).append(text)
    numbers: dict[int, str] = {}
    for row in Subject.objects.order_by("path").values(
        "pk", "number", "broader_id", *_PLAIN
    ):
        pk, number, broader = row.pop("pk"), row["number"], row.pop("broader_id")
        numbers[pk] = number
        concepts[number] = canonical(
            Concept(
                **row,
                broader=numbers[broader] if broader else "",
                alternatives=tuple(names.get(pk, ())),
            )
        )
    pairs = Subject.related.through.objects.values_list(
        "from_subject_id", "to_subject_id"
    )
    former = FormerSubjectNumber.objects.values_list("number", "subject_id")
    return Thesaurus(
        concepts,
        {frozenset((numbers[one], numbers[other])) for one, other in pairs},
        {number: numbers.get(owner or 0, "") for number, owner in former},
    )


@contextmanager
def changing() -> Iterator["Change"]:
    """One transaction that holds the thesaurus: change ``after``, then ``write``."""
    with transaction.atomic():
        # Whoever changes it holds its first row; readers do not wait.
        Subject.objects.select_for_update().order_by("pk").first()
        before = load()
        yield Change(before, before.copy())


@dataclass(slots=True)
class Change:
    """The thesaurus as it is, and as it shall be."""

    before: Thesaurus
    after: Thesaurus

    def touched(self) -> list[str]:
        """Numbers of concepts that are new or differ in anything."""
        pairs = self.before.related ^ self.after.related
        related = {number for pair in pairs for number in pair}
        return [
            number
            for number, concept in self.after.concepts.items()
            if concept != self.before.concepts.get(number) or number in related
        ]

    def write(self) -> Written:
        """Raises the first of ``faults``; then nothing is written."""
        touched = self.touched()
        for fault in faults(self.after, touched):
            raise fault.error
        return _write(self.before, self.after, touched)


def _write(before: Thesaurus, after: Thesaurus, touched: Sequence[str]) -> Written:
    removed = tuple(before.concepts.keys() - after.concepts.keys())
    ids = _write_concepts(after, touched)
    keys = _write_names(before, after, ids)
    _write_related(before, after, ids)
    _remove(removed, before, after, ids)
    if touched or removed:
        thesaurus_changed.send(sender=Thesaurus)
    return Written(
        created=tuple(one for one in touched if one not in before.concepts),
        changed=tuple(one for one in touched if one in before.concepts),
        removed=removed,
        records=_told(keys),
    )


def _write_concepts(after: Thesaurus, touched: Sequence[str]) -> dict[str, int]:
    """New and changed rows, and all paths that follow; ids by number."""
    held: dict[str, Subject] = {row.number: row for row in Subject.objects.all()}
    new = [
        Subject(number=one.number, **{name: getattr(one, name) for name in _PLAIN})
        for one in after.in_order()
        if one.number not in held
    ]
    Subject.objects.bulk_create(new, batch_size=_CHUNK)
    held |= {row.number: row for row in new}
    differing = {number: held[number] for number in touched} | _placed(after, held)
    for number in touched:
        for name in _PLAIN:
            setattr(held[number], name, getattr(after.concepts[number], name))
    _update(Subject, differing.values(), [*_PLAIN, "broader", "path"])
    return {number: row.pk for number, row in held.items()}


def _placed(after: Thesaurus, held: dict[str, Subject]) -> dict[str, Subject]:
    """Gives the rows the places of ``after``; those that had others, by number."""
    moved = {}
    paths = {"": ""}
    for concept in after.in_order():
        row = held[concept.number]
        broader = held[concept.broader].pk if concept.broader else None
        path = f"{paths[concept.broader]}{row.pk:0{PATH_STEP}d}"
        paths[concept.number] = path
        if (row.path, row.broader_id) != (path, broader):
            row.path, row.broader_id = path, broader
            moved[row.number] = row
    return moved


def _update(model: Any, rows: Iterable[Any], fields: Sequence[str]) -> None:
    """An upsert, of rows that are all there: far quicker than ``bulk_update``."""
    model.objects.bulk_create(
        list(rows),
        batch_size=_CHUNK,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(fields),
    )


def _write_names(before: Thesaurus, after: Thesaurus, ids: dict[str, int]) -> set[str]:
    """Which names lead where; the keys of those for which the index changes."""
    was, now = _names(before), _names(after)
    differing = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
    given = {key: now[key] for key in differing if key in now}
    for chunk in _chunks(sorted(differing)):
        # Also waits for a record that is being given one of these names just now.
        rows = {
            row.folded: row
            for row in Term.objects.select_for_update().filter(folded__in=chunk)
        }
        new = []
        for key in chunk:
            text, number = given.get(key, ("", ""))
            row = rows.get(key)
            if row is None:
                row = new_term(key, text)
                new.append(row)
            row.subject_id = ids[number] if number else None
            row.text = text or row.text
        Term.objects.bulk_create(new)
        _update(Term, rows.values(), ["subject", "text"])
        gone = [key for key in chunk if key not in given]
        Term.objects.filter(folded__in=gone, bearers=None).delete()
    return _reindexed(before, after, was, now)


_Names = dict[str, tuple[str, str]]


def _names(thesaurus: Thesaurus) -> _Names:
    """Text and number by key."""
    return {
        key: (name, number)
        for number, concept in thesaurus.concepts.items()
        for key, name in concept.names.items()
    }


def _reindexed(
    before: Thesaurus, after: Thesaurus, was: _Names, now: _Names
) -> set[str]:
    """Keys of the names whose concept, or what lies above it, is called otherwise."""

    def found_under(thesaurus: Thesaurus) -> dict[str, tuple[str, ...]]:
        return {one: thesaurus.labels_down_to(one) for one in thesaurus.concepts}

    old, new = found_under(before), found_under(after)
    return {
        key
        for key in was.keys() | now.keys()
        if old.get(was.get(key, ("", ""))[1]) != new.get(now.get(key, ("", ""))[1])
    }


def _write_related(before: Thesaurus, after: Thesaurus, ids: dict[str, int]) -> None:
    table: Any = Subject.related.through

    def ends(pairs: Iterable[frozenset[str]]) -> Iterator[tuple[int, int]]:
        for pair in pairs:
            one, other = sorted(pair)
            yield from ((ids[one], ids[other]), (ids[other], ids[one]))

    gone = list(ends(before.related - after.related))
    for chunk in _chunks(gone):
        wanted = Q()
        for one, other in chunk:
            wanted |= Q(from_subject=one, to_subject=other)
        table.objects.filter(wanted).delete()
    table.objects.bulk_create(
        (
            table(from_subject_id=one, to_subject_id=other)
            for one, other in ends(after.related - before.related)
        ),
        batch_size=_CHUNK,
    )


def _remove(
    removed: Sequence[str], before: Thesaurus, after: Thesaurus, ids: dict[str, int]
) -> None:
    """The concepts go; their numbers stay, leading to what ``after`` says."""
    for number in after.former:
        heir = ids.get(after.former[number])
        if after.former[number] != before.former.get(number):
            FormerSubjectNumber.objects.update_or_create(
                number=number, defaults={"subject_id": heir}
            )
    # The narrower first: what lies above a concept is protected.
    for row in Subject.objects.filter(number__in=removed).order_by("-path"):
        row.delete()


def _told(keys: Iterable[str]) -> int:
    # Records or none: pages that list the subjects have changed.
    generation.renew(generation.RECORDS)
    return _tell(keys)


def _tell(keys: Iterable[str]) -> int:
    """The outbox, of all who bear these names; how many times."""
    told = 0
    for chunk in _chunks(sorted(keys)):
        bearers = RecordTerm.objects.filter(term__folded__in=chunk)
        for records in bearing(bearers):
            outbox.changed(records)
            told += len(records)
    return told


def bearing(rows: Any, column: str = "record_id") -> Iterator[list[int]]:
    """The distinct record ids of ``rows``, in order, a chunk at a time."""
    last = 0
    ids = rows.order_by(column).values_list(column, flat=True).distinct()
    while found := list(ids.filter(**{f"{column}__gt": last})[:_CHUNK]):
        yield found
        last = found[-1]


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
