"""The people, organisations and places of records, named as at their dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from archive.authorities.naming import name_at
from archive.models import Record, Relation
from archive.vocabulary import Role

_ROLES = list(Role.values)


class _Key(NamedTuple):
    """A relation: of which record, in which role, to whom."""

    record_id: int
    role: str
    number: str
    kind: str
    today: str


@dataclass(frozen=True, slots=True)
class RelationView:
    """A person, organisation or place that has to do with a record.

    ``name`` was in use at the record's date, ``today`` is the preferred one, and
    ``names`` are all of them.
    """

    number: str
    kind: str
    role: str
    name: str
    today: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _UsedName:
    """A name of an authority, with the days between which it was in use."""

    name: str
    kind: str
    date_min: date | None
    date_max: date | None


def related(records: Sequence[Record]) -> dict[int, tuple[RelationView, ...]]:
    """By record, in the order of roles, then by name; always one query."""
    days = {record.pk: record.date_min for record in records}
    found: dict[int, list[RelationView]] = {}
    for key, names in _names_by_relation(list(days)).items():
        view = _view(key, names, days[key.record_id])
        found.setdefault(key.record_id, []).append(view)
    return {pk: tuple(sorted(views, key=_order)) for pk, views in found.items()}


def _names_by_relation(record_ids: Sequence[int]) -> dict[_Key, list[_UsedName]]:
    rows = Relation.objects.filter(record__in=record_ids)
    names: dict[_Key, list[_UsedName]] = {}
    for row in rows.order_by("pk", "authority__names__position").values_list(
        "record_id",
        "role",
        "authority__number",
        "authority__kind",
        "authority__name",
        "authority__names__name",
        "authority__names__kind",
        "authority__names__date_min",
        "authority__names__date_max",
    ):
        names.setdefault(_Key(*row[:5]), []).append(_UsedName(*row[5:]))
    return names


def _order(one: RelationView) -> tuple[int, str]:
    return _ROLES.index(one.role), one.name


def _view(key: _Key, names: Sequence[_UsedName], day: date | None) -> RelationView:
    return RelationView(
        number=key.number,
        kind=key.kind,
        role=key.role,
        name=name_at(names, day) or key.today,
        today=key.today,
        names=tuple(one.name for one in names),
    )
