"""What the records of the benchmark are described with, and all that follows from it.

Which words a record has follows from its id alone, so that every table can be written
in a pass of its own. Authorities, tags and keywords are made by the services; the rows
of names, terms, relations, tags and history are those that the services would keep.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import timezone
from taggit.models import Tag

from archive.authorities import registry
from archive.authorities.registry import Name
from archive.models import Authority, Subject, Term
from archive.names import joined
from archive.subjects.names import keyed, new_term
from archive.suggestions import key_of
from archive.vocabulary import AuthorityKind, NameKind, Role

TAGS = 200
AUTHORITIES = 3_000
UNKNOWN = 5_000
"""Names that no authority bears."""
KEYWORDS = 3_000
BEARERS = 1_000
"""Of the one authority that is merged, and of the one tag."""
HEAVY = 3
"""Organisations that a fifth of the records come from."""
MERGED, TAG = "演示撤并机构", "演示改称标签"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """``persons`` and the others are authorities by id and preferred name."""

    organisations: Sequence[tuple[int, str]]
    persons: Sequence[tuple[int, str]]
    places: Sequence[tuple[int, str]]
    merged: int
    tag: int
    concepts: Sequence[str]
    terms: dict[str, int]
    every: int

    def place(self, pk: int) -> tuple[int, str]:
        return self.places[_mixed(pk, 1) % len(self.places)]

    def creators(self, pk: int) -> list[tuple[int, str]]:
        """Names in the order of the text; 0 for one without an authority."""
        which, chosen = _mixed(pk, 2) % 5, _mixed(pk, 3)
        one = self.organisations[chosen % len(self.organisations)]
        match which:
            case 0:
                return []
            case 1:
                return [self.organisations[chosen % HEAVY]]
            case 2:
                return [one]
            case 3:
                return [one, self.persons[chosen % len(self.persons)]]
        return [(0, f"演示某单位{chosen % UNKNOWN:04d}")]

    def persons_named(self, pk: int) -> list[tuple[int, str]]:
        which, chosen = _mixed(pk, 4) % 4, _mixed(pk, 5)
        if which == 0:
            return [self.persons[chosen % len(self.persons)]]
        return [(0, f"演示某人{chosen % UNKNOWN:04d}")] if which == 1 else []

    def subjects(self, pk: int) -> list[str]:
        which, chosen = _mixed(pk, 6) % 4, _mixed(pk, 7)
        one = self.concepts[chosen % len(self.concepts)]
        other = self.concepts[_mixed(pk, 8) % len(self.concepts)]
        keyword = f"演示关键词{chosen % KEYWORDS:04d}"
        return [[], [one], [one, keyword], [one, other]][which]

    def texts(self, pk: int) -> dict[str, str]:
        """The elements of the record that its names and terms are read from."""
        return {
            "creators": joined(name for _pk, name in self.creators(pk)),
            "person_names": joined(name for _pk, name in self.persons_named(pk)),
            "subjects": joined(self.subjects(pk)),
        }

    def typed_names(self, records: range) -> Iterator[Row]:
        made = 0
        for pk in records:
            named = {
                "creators": self.creators(pk),
                "person_names": self.persons_named(pk),
            }
            for element, names in named.items():
                for _authority, name in names:
                    made += 1
                    yield {
                        "id": made,
                        "record_id": pk,
                        "element": element,
                        "name": name,
                        "folded": _key(name),
                    }

    def record_terms(self, records: range) -> Iterator[Row]:
        made = 0
        for pk in records:
            for key in dict.fromkeys(map(_key, self.subjects(pk))):
                made += 1
                yield {"id": made, "record_id": pk, "term_id": self.terms[key]}

    def relations(self, records: range) -> Iterator[Row]:
        """Of two records in three those named are linked, of half the place."""
        made = 0
        for pk in records:
            for authority, role in dict.fromkeys(self._related(pk)):
                made += 1
                yield {
                    "id": made,
                    "record_id": pk,
                    "authority_id": authority,
                    "role": role,
                }

    def _related(self, pk: int) -> Iterator[tuple[int, str]]:
        if pk % 3:
            for authority, _name in self.creators(pk):
                if authority:
                    yield authority, Role.CREATOR.value
            for authority, _name in self.persons_named(pk):
                if authority:
                    yield authority, Role.MENTIONED.value
        if pk % 2:
            yield self.place(pk)[0], Role.PLACE.value
        if pk % self.every == 0:
            yield self.merged, Role.RECIPIENT.value

    def tagged(self, records: range, tags: Sequence[int]) -> Iterator[Row]:
        """A tag for every record, and a second one for every second."""
        made = 0
        half = len(tags) // 2
        for pk in records:
            chosen = {tags[_mixed(pk, 9) % half]}
            if pk % 2:
                chosen.add(tags[half + _mixed(pk, 10) % half])
            if pk % self.every == 0:
                chosen.add(self.tag)
            for tag in sorted(chosen):
                made += 1
                yield {"id": made, "tag_id": tag, "content_object_id": pk}


def changes(statuses: Sequence[int], mine: int, others: int) -> Iterator[Row]:
    """Of every record that it was made (a tenth by ``mine``), of some the submission.

    ``statuses``: 1 where the record of that id waits for review.
    """
    now, made = timezone.now(), 0
    for pk in range(1, len(statuses)):
        by = mine if pk % 10 == 1 else others
        steps = ["create"] + ["submit"] * statuses[pk]
        for action in steps:
            made += 1
            yield {
                "id": made,
                "record_id": pk,
                "action": action,
                "before": {},
                "after": {},
                "by_id": by,
                "at": now,
            }


def reviews(statuses: Sequence[int], mine: int, others: int) -> Iterator[Row]:
    """Of the records that wait for review."""
    now, made = timezone.now(), 0
    for pk in range(1, len(statuses)):
        if statuses[pk]:
            made += 1
            yield {
                "id": made,
                "record_id": pk,
                "saved_at": now,
                "submitted_at": now,
                "submitted_by_id": mine if pk % 10 == 1 else others,
            }


def words(records: int) -> Words:
    """Authorities, tags and terms for a catalogue of ``records``."""
    count = min(AUTHORITIES, records // 10)
    organisations = _authorities(AuthorityKind.ORGANISATION, "演示机构", count // 2)
    persons = _authorities(AuthorityKind.PERSON, "演示人物", count // 3)
    places = _authorities(AuthorityKind.PLACE, "演示地点", count // 6)
    merged = registry.create(AuthorityKind.ORGANISATION.value, [Name(MERGED)])
    tag = Tag.objects.create(name=TAG)
    names = [f"演示关键词{n:04d}" for n in range(KEYWORDS)]
    keys = {key: name for each in names for key, name in keyed(each).items()}
    Term.objects.bulk_create(new_term(key, name) for key, name in keys.items())
    known = Term.objects.filter(subject__isnull=False).order_by("folded")
    return Words(
        organisations,
        persons,
        places,
        merged.pk,
        tag.pk,
        list(known.values_list("text", flat=True)),
        dict(Term.objects.values_list("folded", "pk")),
        records // min(BEARERS, records // 10),
    )


def broadest() -> str:
    """The concept with the most narrower ones."""
    rows = Subject.objects.filter(broader=None)
    below = {
        one.label: Subject.objects.filter(path__startswith=one.path).count()
        for one in rows
    }
    return max(below, key=lambda label: below[label])


def _authorities(kind: AuthorityKind, name: str, count: int) -> list[tuple[int, str]]:
    """Every third had another name before; places lie in the first place."""
    made: list[tuple[int, str]] = []
    first: Authority | None = None
    for n in range(max(count, HEAVY)):
        names = [Name(f"{name}{n:04d}")]
        if n % 3 == 0:
            former = NameKind.FORMER.value
            names.append(Name(f"旧{name}{n:04d}", former, "", "1958–1983"))
        place = kind == AuthorityKind.PLACE
        fields = {"broader": first} if place and first is not None else {}
        one = registry.create(kind.value, names, is_demonstration=True, **fields)
        first = first or one
        made.append((one.pk, one.name))
    return made


_key = cache(key_of)
"""There are few names beside a million records."""


def _mixed(pk: int, salt: int) -> int:
    """A number that looks drawn by lot, always the same one."""
    value = (pk * 0x9E3779B97F4A7C15 + salt * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    value ^= value >> 31
    return (value * 0x94D049BB133111EB & (2**64 - 1)) >> 33
