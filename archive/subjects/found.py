"""What the names of a text lead to: for the index, for lists, while somebody types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from archive.models import Record, RecordTerm, Subject, Term
from archive.names import joined, split
from archive.subjects.names import keyed, of_keys, tidy
from archive.suggestions import MOST, Suggestion, found, key_of

Status = Subject.Status


@dataclass(frozen=True, slots=True)
class Said:
    """A name as written, and its concept: preferred label, the labels from the top
    down, number; all empty for a free keyword.
    """

    name: str
    label: str = ""
    path: tuple[str, ...] = ()
    number: str = ""


def read(text: str) -> list[Said]:
    """The names of an element's text, in their order; two queries."""
    names = [tidy(name) for name in split(text)]
    terms = of_keys(map(key_of, names))
    concepts = [term.subject for term in terms.values() if term.subject]
    labels = _labels_above(concepts)
    said = []
    for name in names:
        term = terms.get(key_of(name))
        one = term.subject if term else None
        if one is None:
            said.append(Said(name))
        else:
            said.append(Said(name, one.label, _path(one, labels), one.number))
    return said


def index_values(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By text: the preferred labels of its concepts and of all above them, and free
    keywords as written; each once. A constant number of queries.
    """
    names = {text: keyed(text) for text in texts if text}
    terms = of_keys({key for each in names.values() for key in each})
    concepts = [term.subject for term in terms.values() if term.subject]
    labels = _labels_above(concepts)
    values = {}
    for text, keys in names.items():
        told: dict[str, None] = {}
        for key, name in keys.items():
            term = terms.get(key)
            one = term.subject if term else None
            told.update(dict.fromkeys(_path(one, labels) if one else (name,)))
        values[text] = tuple(told)
    return values


def preferred(names: Iterable[str]) -> dict[str, str]:
    """Each of these names → the preferred label of its concept, else itself."""
    wanted = {name: key_of(tidy(name)) for name in names}
    terms = of_keys(wanted.values())
    labels = {key: one.subject.label for key, one in terms.items() if one.subject}
    return {name: labels.get(key, name) for name, key in wanted.items()}


def called(name: str) -> Subject | None:
    """The concept with this number (or one that leads to it) or this name."""
    wanted = tidy(name)
    by_number = Subject.objects.filter(number=wanted).first()
    if by_number is not None:
        return by_number
    term = of_keys([key_of(wanted)]).get(key_of(wanted))
    if term is not None and term.subject is not None:
        return term.subject
    return Subject.objects.filter(former_numbers__number=wanted).first()


def labels_in_english(labels: Iterable[str]) -> dict[str, str]:
    """The English labels of concepts, as far as they have one."""
    rows = Subject.objects.filter(label__in=list(labels)).exclude(label_en="")
    return dict(rows.values_list("label", "label_en"))


def matching(typed: str) -> QuerySet[Subject]:
    """Concepts that have what was typed in any of their names, or as their number."""
    terms = found(Term.objects.filter(subject__isnull=False), typed).order_by()
    by_number = Q(number__istartswith=typed.strip())
    return Subject.objects.filter(by_number | Q(pk__in=terms.values("subject")))


def bearers(subject: Subject) -> QuerySet[Record]:
    """The records about the concept or about what is narrower, each once."""
    names = RecordTerm.objects.filter(term__subject__path__startswith=subject.path)
    return Record.objects.filter(pk__in=names.values("record"))


def counts(subjects: Iterable[Subject]) -> dict[int, int]:
    """How many records bear a name of each concept itself, by its id; one query."""
    rows = RecordTerm.objects.filter(term__subject__in=list(subjects))
    counted = rows.values_list("term__subject").annotate(
        records=Count("record", distinct=True)
    )
    return {pk: records for pk, records in counted if pk is not None}


def paths(subjects: Iterable[Subject]) -> dict[int, tuple[str, ...]]:
    """By id, the preferred labels from the top down to each; one query."""
    concepts = list(subjects)
    labels = _labels_above(concepts)
    return {one.pk: _path(one, labels) for one in concepts}


def suggest(typed: str) -> list[Suggestion]:
    """Concepts by any of their names, each once; the note tells where each stands,
    and the name that was found where that is not the preferred one.
    """
    rows = found(Term.objects.select_related("subject"), typed)
    living = rows.filter(subject__isnull=False)
    terms = list(living.exclude(subject__status=Status.DEPRECATED)[: MOST * 3])
    labels = _labels_above([term.subject for term in terms if term.subject])
    offered: dict[int, Suggestion] = {}
    for term in terms:
        one = term.subject
        if one is not None and len(offered) < MOST:
            note = _note(one, term.text, _path(one, labels))
            value = joined([one.label])
            offered.setdefault(one.pk, Suggestion(value, value, note))
    return list(offered.values())


def named(typed: str) -> dict[str, str]:
    """Preferred labels of concepts that have what was typed in any of their names →
    the name that it was; likeliest first, at most ``MOST``. One query.
    """
    rows = found(Term.objects.select_related("subject"), typed)
    living = rows.filter(subject__isnull=False)
    labels: dict[str, str] = {}
    for term in living.exclude(subject__status=Status.DEPRECATED)[: MOST * 3]:
        if term.subject is not None and len(labels) < MOST:
            labels.setdefault(term.subject.label, term.text)
    return labels


def _note(concept: Subject, name: str, path: tuple[str, ...]) -> str:
    parts = [" › ".join(path[:-1])] if len(path) > 1 else []
    if name != concept.label:
        parts.append(_("即“%(name)s”") % {"name": name})
    if concept.status == Status.CANDIDATE:
        parts.append(str(Status.CANDIDATE.label))
    return " · ".join(parts)


def _labels_above(concepts: Iterable[Subject]) -> dict[int, str]:
    ids = {pk for one in concepts for pk in one.ancestor_ids}
    return dict(Subject.objects.filter(pk__in=ids).values_list("pk", "label"))


def _path(concept: Subject, labels: Mapping[int, str]) -> tuple[str, ...]:
    above = (labels[pk] for pk in concept.ancestor_ids if pk in labels)
    return (*above, concept.label)
