"""Records linked to authorities, as values: ``[number, role]``, in the order of roles.

In a cell: ``诸暨县档案馆〔责任者·G000012〕；枫桥镇〔地点·G000003〕``. Read again, the
number alone counts; without one a name must be that of a single authority, and
without a role it is 地点 for a place and 涉及 for anybody else.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.authorities.naming import bearers_of
from archive.authorities.numbers import NUMBER, resolve
from archive.errors import (
    AmbiguousAuthority,
    ArchiveError,
    InvalidValue,
    NumberOfAnother,
    RoleUnfit,
    UnknownAuthority,
    UnknownRole,
)
from archive.models import Authority, Relation
from archive.names import split
from archive.suggestions import key_of
from archive.vocabulary import FITTING, AuthorityKind, Role

_CHUNK = 500
_ORDER = {role: place for place, role in enumerate(Role.values)}
_BRACKETED = re.compile(r"(.*)[〔\[]([^〔〕\[\]]*)[〕\]]\s*")
_USUAL = {
    AuthorityKind.PERSON.value: Role.MENTIONED.value,
    AuthorityKind.ORGANISATION.value: Role.MENTIONED.value,
    AuthorityKind.PLACE.value: Role.PLACE.value,
}

Pair = list[str]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one entry of a cell says; "" where it does not."""

    name: str
    role: str
    number: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Authorities by the numbers and, under the keys, the names that cells give."""

    numbered: Mapping[str, Authority]
    bearers: Mapping[str, Sequence[Authority]]


def checked(value: Any) -> list[Pair]:
    """Canonical: each pair once, numbers of merged authorities made the survivors'.

    Raises ``InvalidValue``, ``UnknownAuthority``, ``RoleUnfit``.
    """
    return checked_all([value])[0]


def checked_all(values: Sequence[Any]) -> list[list[Pair]]:
    """``checked`` of each; at most two queries for 500 numbers."""
    pairs = [[_pair(one) for one in value] for value in values]
    found = resolve(number for each in pairs for number, _role in each)
    return [_canonical(each, found) for each in pairs]


def _canonical(
    pairs: Iterable[tuple[str, str]], found: Mapping[str, Authority]
) -> list[Pair]:
    kept: dict[tuple[str, str], None] = {}
    for number, role in pairs:
        authority = found.get(number)
        if authority is None:
            raise UnknownAuthority(number)
        if authority.kind not in FITTING[role]:
            kind = authority.get_kind_display()
            raise RoleUnfit(role, authority.name, kind)
        kept[(authority.number, role)] = None
    return _ordered(kept)


def read(record_ids: Sequence[int]) -> dict[int, list[Pair]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for start in range(0, len(record_ids), _CHUNK):
        rows = Relation.objects.filter(record__in=record_ids[start : start + _CHUNK])
        values = rows.values_list("record_id", "authority__number", "role")
        for record_id, number, role in values:
            found.setdefault(record_id, []).append((number, role))
    return {record_id: _ordered(pairs) for record_id, pairs in found.items()}


def write(wanted: Mapping[int, list[Pair]]) -> None:
    """Replace the relations of each record; the values are canonical."""
    numbers = {number for pairs in wanted.values() for number, _role in pairs}
    found = resolve(numbers)
    ids = list(wanted)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        Relation.objects.filter(record__in=chunk).delete()
        Relation.objects.bulk_create(
            Relation(record_id=record_id, authority=found[number], role=role)
            for record_id in chunk
            for number, role in wanted[record_id]
        )


def today(values: Sequence[Any]) -> list[Any]:
    """Values out of the history with the numbers that lead on since then."""
    numbers = {number for value in values for number, _role in value}
    found = resolve(numbers)
    return [
        _ordered(
            (found[number].number if number in found else number, role)
            for number, role in value
        )
        for value in values
    ]


def to_cells(values: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """Each value as a person reads it, in the language in force; two queries."""
    found = resolve(number for value in values for number, _role in value)
    return [
        "；".join(_entry(found.get(number), number, role) for number, role in value)
        for value in values
    ]


def to_cell(value: Sequence[Sequence[str]]) -> str:
    return to_cells([value])[0]


def from_cell(cell: str) -> list[Pair]:
    """What a person typed. Raises ``UnknownAuthority``, ``AmbiguousAuthority``,
    ``UnknownRole``, ``NumberOfAnother``.
    """
    read = from_cells([cell])[cell]
    if isinstance(read, ArchiveError):
        raise read
    return read


def from_cells(cells: Iterable[str]) -> dict[str, list[Pair] | ArchiveError]:
    """Each of the cells read, or the error of ``from_cell``; few queries for all."""
    said = {cell: _all_said(cell) for cell in cells}
    entries = [
        one
        for each in said.values()
        if not isinstance(each, ArchiveError)
        for one in each
    ]
    known = _Known(
        resolve(one.number for one in entries if one.number),
        bearers_of({one.name for one in entries if one.name}),
    )
    return {cell: _all_meant(each, known) for cell, each in said.items()}


def _all_said(cell: str) -> list[_Said] | ArchiveError:
    try:
        return [_said(entry) for entry in split(cell)]
    except ArchiveError as error:
        return error


def _all_meant(
    said: list[_Said] | ArchiveError, known: "_Known"
) -> list[Pair] | ArchiveError:
    if isinstance(said, ArchiveError):
        return said
    try:
        return [_meant(one, known) for one in said]
    except ArchiveError as error:
        return error


def role_label(role: str) -> str:
    return str(Role(role).label) if role in Role.values else role


def _entry(authority: Authority | None, number: str, role: str) -> str:
    """With the number that it has today; without a name where it was deleted."""
    name = authority.name if authority is not None else ""
    current = authority.number if authority is not None else number
    return f"{name}〔{role_label(role)}·{current}〕"


def _said(entry: str) -> _Said:
    bracketed = _BRACKETED.fullmatch(entry)
    if bracketed is None:
        plain = entry.strip()
        return _Said("", "", plain) if NUMBER.fullmatch(plain) else _Said(plain, "", "")
    name, told = bracketed[1].strip(), bracketed[2]
    number, role = "", ""
    for part in re.split(r"[·•・]", told):
        if NUMBER.fullmatch(part.strip().upper()):
            number = part.strip().upper()
        else:
            role = _role(part.strip())
    if NUMBER.fullmatch(name) and not number:
        name, number = "", name
    return _Said(name, role, number)


def _role(word: str) -> str:
    if not word:
        return ""
    role = _roles().get(word.lower())
    if role is None:
        raise UnknownRole(word)
    return role


@cache
def _roles() -> dict[str, str]:
    """Role by its own name and by its label in either language."""
    words = {role: role for role in Role.values}
    for language in ("zh-hans", "en"):
        with override(language):
            words |= {str(role.label).lower(): role.value for role in Role}
    return words


def _meant(said: _Said, known: _Known) -> Pair:
    authority = _by_number(said, known) if said.number else _by_name(said, known)
    return [authority.number, said.role or _USUAL[authority.kind]]


def _by_number(said: _Said, known: _Known) -> Authority:
    authority = known.numbered.get(said.number)
    if authority is None:
        raise UnknownAuthority(said.number)
    if said.name and authority not in known.bearers.get(key_of(said.name), ()):
        raise NumberOfAnother(said.number, authority.name, said.name)
    return authority


def _by_name(said: _Said, known: _Known) -> Authority:
    kinds = FITTING[said.role] if said.role else AuthorityKind.values
    named = known.bearers.get(key_of(said.name), ())
    found = [one for one in named if one.kind in kinds]
    if not found:
        raise UnknownAuthority(said.name)
    if len(found) > 1:
        raise AmbiguousAuthority(said.name, [str(one) for one in found])
    return found[0]


def _pair(value: Any) -> tuple[str, str]:
    match value:
        case [str(number), str(role)] if role in _ORDER:
            return number, role
    raise InvalidValue(_("关联规范记录"), value)


def _ordered(pairs: Iterable[tuple[str, str]]) -> list[Pair]:
    distinct = set(pairs)
    ordered = sorted(distinct, key=lambda one: (_ORDER.get(one[1], 99), one[0]))
    return [list(pair) for pair in ordered]
