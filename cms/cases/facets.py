"""What the list of cases is narrowed by: kind, method, place, concept, year.

Cases are some hundreds at most: their values are read once, and counted here. A
count says how many cases are left when the value is chosen beside the others.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from archive.models import Subject
from cms.knowledge.articles import in_english

NAMES: Final = ("type", "method", "place", "subject", "year")


@dataclass(frozen=True, slots=True)
class Row:
    """A case as the facets know it. ``dispute``: id, label, position.

    ``methods``: pairs of method and kind of mediation ("" for none); ``subjects``: its
    concepts and those above them.
    """

    pk: int
    key: str
    dispute: tuple[int, str, int]
    methods: tuple[tuple[str, str], ...]
    place: str
    year: int | None
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """``url`` is the query string with the value chosen, or no longer chosen."""

    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a facet before it is counted; ``order`` sorts it in the list."""

    value: str
    label: str
    order: tuple[Any, ...]


def _types(row: Row) -> Iterable[Term]:
    pk, label, position = row.dispute
    yield Term(str(pk), label, (position, pk))


def _methods(row: Row) -> Iterable[Term]:
    """The methods, and the kinds of mediation below theirs."""
    from cms.models import CaseMethod

    ways, kinds = list(CaseMethod.Method), list(CaseMethod.Mediation)
    for method, mediation in row.methods:
        if method in ways:
            way = CaseMethod.Method(method)
            yield Term(way.value, str(way.label), (ways.index(way), -1))
            if mediation in kinds:
                kind = CaseMethod.Mediation(mediation)
                order = (ways.index(way), kinds.index(kind))
                yield Term(kind.value, str(kind.label), order)


def _places(row: Row) -> Iterable[Term]:
    if row.place:
        yield Term(row.place, row.place, (row.place,))


def _subjects(row: Row) -> Iterable[Term]:
    for one in row.subjects:
        label = (one.label_en if in_english() else "") or one.label
        yield Term(one.number, label, (one.path,))


def _years(row: Row) -> Iterable[Term]:
    if row.year:
        yield Term(str(row.year), str(row.year), (-row.year,))


_TERMS: Final[Mapping[str, Callable[[Row], Iterable[Term]]]] = {
    "type": _types,
    "method": _methods,
    "place": _places,
    "subject": _subjects,
    "year": _years,
}


def narrowed(rows: Iterable[Row], chosen: Mapping[str, str]) -> list[Row]:
    """The rows that have every chosen value."""
    return [
        row
        for row in rows
        if all(
            any(term.value == value for term in _TERMS[name](row))
            for name, value in chosen.items()
        )
    ]


def choice(rows: Iterable[Row], asked: Mapping[str, str]) -> dict[str, str]:
    """What was asked for of these facets, without what no row has."""
    all_rows = list(rows)
    return {
        name: value
        for name in NAMES
        if (value := asked.get(name, "")) and narrowed(all_rows, {name: value})
    }


def facets_of(
    rows: list[Row], found: list[Row], chosen: Mapping[str, str], q: str = ""
) -> tuple[Facet, ...]:
    """Those with anything to choose, in the order of ``NAMES``; no queries.

    ``found`` are those of ``rows`` that answer ``q``. A chosen value is listed also
    where nothing is left of it.
    """
    facets = (_facet(name, rows, found, chosen, q) for name in NAMES)
    return tuple(facet for facet in facets if facet.values)


def _facet(
    name: str, rows: list[Row], found: list[Row], chosen: Mapping[str, str], q: str
) -> Facet:
    others = {one: value for one, value in chosen.items() if one != name}
    left = Counter(
        term for row in narrowed(found, others) for term in set(_TERMS[name](row))
    )
    terms = {term for row in rows for term in _TERMS[name](row)}
    values = [
        Value(
            term.value,
            term.label,
            left[term],
            chosen.get(name) == term.value,
            _address(name, term.value, chosen, q),
        )
        for term in sorted(terms, key=lambda one: one.order)
        if left[term] or chosen.get(name) == term.value
    ]
    return Facet(name, _labels()[name], tuple(values))


def _address(name: str, value: str, chosen: Mapping[str, str], q: str) -> str:
    pairs = [("q", q)] if q else []
    kept = {one: each for one, each in chosen.items() if one != name}
    if chosen.get(name) != value:
        kept[name] = value
    pairs += [(one, kept[one]) for one in NAMES if one in kept]
    return f"?{urlencode(pairs)}"


def _labels() -> dict[str, str]:
    return {
        "type": _("纠纷类型"),
        "method": _("方法"),
        "place": _("地点"),
        "subject": _("主题"),
        "year": _("年份"),
    }
