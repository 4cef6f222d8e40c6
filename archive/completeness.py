"""Whether a description says what DA/T 18-2022 requires at its level."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from archive.elements import BY_NAME, ELEMENTS, Element, Obligation
from archive.models import Record
from archive.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Completeness:
    """Names of elements: required and ``missing``; ``conditional``, to be given
    where the document has them; ``misplaced``, not used at this level and yet given.

    ``score`` is the share of the required elements that are there, in per cent,
    rounded down, so that 100 means that none is missing.
    """

    score: int
    missing: tuple[str, ...]
    conditional: tuple[str, ...]
    misplaced: tuple[str, ...]


def check(record: Record, above: Iterable[Record]) -> Completeness:
    """``record`` under what lies above it, which counts for what is inherited."""
    above = list(above)
    required = [one for one in ELEMENTS if _asked(one, record, Obligation.REQUIRED)]
    missing = [one.name for one in required if not _said(one, record, above)]
    conditional = [
        one.name
        for one in ELEMENTS
        if _asked(one, record, Obligation.CONDITIONAL) and not _own(one, record)
    ]
    misplaced = [
        one.name
        for one in ELEMENTS
        if one.obligation(record.level) is Obligation.NOT_USED
        and not one.decided
        and _own(one, record)
    ]
    score = 100 * (len(required) - len(missing)) // len(required) if required else 100
    return Completeness(score, tuple(missing), tuple(conditional), tuple(misplaced))


def check_many(records: Sequence[Record]) -> dict[int, Completeness]:
    """By id; one query for all that lies above them."""
    ids = {pk for record in records for pk in record.ancestor_ids}
    above: Mapping[int, Record] = Record.objects.in_bulk(list(ids)) if ids else {}
    return {
        record.pk: check(
            record, (above[pk] for pk in record.ancestor_ids if pk in above)
        )
        for record in records
    }


def missing(element: str, depth: int = 4) -> Q:
    """The records that lack a required element, as a condition of the database.

    ``depth``: how many levels above are asked for what is inherited.
    """
    wanted = BY_NAME[element]
    levels = [
        level
        for level in Level.values
        if wanted.obligation(level) is Obligation.REQUIRED
    ]
    condition = Q(level__in=levels) & _blank(wanted, "")
    prefix = "parent__"
    for _level in range(depth if wanted.inherited else 0):
        none_above = Q(**{f"{prefix.removesuffix('__')}__isnull": True})
        condition &= none_above | _blank(wanted, prefix)
        prefix += "parent__"
    return condition


CHECKED = tuple(
    one.name
    for one in ELEMENTS
    if "M" in one.obligations
    and not one.decided
    and one.name not in ("level", "reference_code")
)
"""Required elements that can be missing: no record is made without the others."""


def _blank(element: Element, prefix: str) -> Q:
    return Q(**{f"{prefix}{field}": "" for field in element.said_by})


def _asked(element: Element, record: Record, obligation: Obligation) -> bool:
    return not element.decided and element.obligation(record.level) is obligation


def _said(element: Element, record: Record, above: Iterable[Record]) -> bool:
    return _own(element, record) or (
        element.inherited and any(_own(element, one) for one in above)
    )


def _own(element: Element, record: Record) -> bool:
    values: list[Any] = [getattr(record, field) for field in element.said_by]
    return any(str(value).strip() for value in values)
