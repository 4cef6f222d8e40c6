"""Making, editing and deleting authorities; each in one transaction.

Whoever calls logs who did it.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from archive import dates, generation, outbox
from archive.authorities.numbers import next_number
from archive.errors import (
    AuthorityInUse,
    BroaderRefused,
    InvalidName,
    InvalidValue,
    RoleUnfit,
    UnknownField,
    ValueTooLong,
)
from archive.models import Authority, AuthorityName, FormerNumber, Relation
from archive.models.authorities import NAME_LENGTH
from archive.pinyin import initials
from archive.suggestions import INITIALS_LENGTH, key_of
from archive.vocabulary import FITTING, AuthorityKind, NameKind

logger = logging.getLogger(__name__)

FIELDS = frozenset(
    {
        "kind",
        "dates_original",
        "history",
        "broader",
        "sources",
        "note",
        "is_demonstration",
    }
)
# They part names in a cell and in the form of a record.
REFUSED = "；;〔〕"
_MAX_DEPTH = 20

Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be kept; ``dates_original`` says when it was in use, as written."""

    name: str
    kind: str = NameKind.PREFERRED.value
    language: str = ""
    dates_original: str = ""


def create(kind: str, names: Sequence[Name], **fields: Any) -> Authority:
    """A new authority under the next number.

    Exactly one of ``names`` is the preferred one. Raises ``InvalidName``,
    ``InvalidValue``, ``ValueTooLong``, ``UnknownField``, ``BroaderRefused``.
    """
    names = _checked_names(names)
    _check({"kind": kind, **fields})
    with transaction.atomic():
        authority = Authority(kind=kind, name=_preferred(names), **fields)
        check_broader(authority)
        authority.number = next_number()
        authority.save()
        write_names(authority, names)
    logger.info("authority %s made", authority.number)
    return authority


def edit(
    authority: Authority, names: Sequence[Name] | None = None, **fields: Any
) -> Changes:
    """Change fields and, where given, all the names; what differed, as it was and is.

    The records concerned are indexed anew where names change. Raises as ``create``,
    and ``RoleUnfit`` where a relation does not fit another kind.
    """
    _check(fields)
    wanted = _checked_names(names) if names is not None else None
    with transaction.atomic():
        held = Authority.objects.select_for_update().get(pk=authority.pk)
        changes: Changes = {
            name: (getattr(held, name), value)
            for name, value in fields.items()
            if getattr(held, name) != value
        }
        for name, (_before, value) in changes.items():
            setattr(held, name, value)
        check_broader(held)
        _check_roles(held)
        if wanted is not None:
            now = kept_names(held)
            if now != wanted:
                changes["names"] = (now, wanted)
                held.name = _preferred(wanted)
                write_names(held, wanted)
        if changes:
            held.save()
            generation.renew(generation.RECORDS)
        if changes.keys() & {"names", "kind"}:
            outbox.changed(records_of([held.pk]))
    authority.refresh_from_db()
    return changes


def delete(authority: Authority) -> None:
    """Only what nothing refers to, else ``AuthorityInUse``; its number stays given."""
    with transaction.atomic():
        held = Authority.objects.select_for_update().get(pk=authority.pk)
        records = Relation.objects.filter(authority=held).count()
        below = held.narrower.count()
        if records or below:
            raise AuthorityInUse(str(held), records, below)
        FormerNumber.objects.create(number=held.number, was=held.pk)
        held.delete()
        generation.renew(generation.RECORDS)
    logger.info("authority %s deleted", authority.number)


def kept_names(authority: Authority) -> list[Name]:
    """The names as ``edit`` takes them."""
    rows = authority.names.order_by("position", "pk")
    return [Name(row.name, row.kind, row.language, row.dates_original) for row in rows]


def records_of(authorities: Iterable[int]) -> list[int]:
    """The ids of the records related to them, each once."""
    related = Relation.objects.filter(authority__in=list(authorities))
    ids = related.order_by("record").values_list("record", flat=True)
    return list(ids.distinct())


def _checked_names(names: Sequence[Name]) -> list[Name]:
    """The names, each once, the preferred one first."""
    limits = {"name": NAME_LENGTH, "language": 40, "dates_original": 200}
    kept: dict[tuple[str, str], Name] = {}
    for one in names:
        plain = Name(
            " ".join(one.name.split()),
            one.kind,
            one.language.strip(),
            one.dates_original.strip(),
        )
        _check_name(plain, limits)
        kept.setdefault((plain.name, plain.dates_original), plain)
    ordered = sorted(kept.values(), key=lambda one: one.kind != NameKind.PREFERRED)
    if [one.kind for one in ordered].count(NameKind.PREFERRED) != 1:
        raise InvalidName.without_preferred()
    return ordered


def _check_name(one: Name, limits: Mapping[str, int]) -> None:
    if not one.name:
        raise InvalidName.blank()
    if any(char in one.name for char in REFUSED) or "\x00" in one.name:
        raise InvalidName.with_marks(one.name, REFUSED)
    if one.kind not in NameKind.values:
        raise InvalidValue(_label("kind", AuthorityName), one.kind)
    for field, limit in limits.items():
        if len(getattr(one, field)) > limit:
            raise ValueTooLong(_label(field, AuthorityName), limit)


def _preferred(names: Sequence[Name]) -> str:
    return next(one.name for one in names if one.kind == NameKind.PREFERRED)


def write_names(authority: Authority, names: Sequence[Name]) -> None:
    """Replace the names; the caller has checked them and is in a transaction."""
    authority.names.all().delete()
    AuthorityName.objects.bulk_create(
        _row(authority, position, one) for position, one in enumerate(names)
    )


def _row(authority: Authority, position: int, one: Name) -> AuthorityName:
    reading = dates.read(one.dates_original)
    return AuthorityName(
        authority=authority,
        position=position,
        name=one.name,
        kind=one.kind,
        language=one.language,
        dates_original=one.dates_original,
        date_min=reading.earliest,
        date_max=reading.latest,
        folded=key_of(one.name),
        initials=initials(one.name)[:INITIALS_LENGTH],
    )


def _check(fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name not in FIELDS:
            raise UnknownField(name)
        if name == "kind" and value not in AuthorityKind.values:
            raise InvalidValue(_label(name), value)
        if isinstance(value, str):
            limit = getattr(Authority._meta.get_field(name), "max_length", None)
            if limit is not None and len(value) > limit:
                raise ValueTooLong(_label(name), limit)
            if "\x00" in value:
                raise InvalidValue(_label(name), value.replace("\x00", "␀"))


def check_broader(authority: Authority) -> None:
    """A place lies in a place, never in itself, and whatever has one is a place."""
    is_place = authority.kind == AuthorityKind.PLACE
    if not is_place and authority.pk and authority.narrower.exists():
        raise BroaderRefused.not_a_place(authority.name)
    above: Authority | None = authority.broader
    if above is None:
        return
    if not is_place or above.kind != AuthorityKind.PLACE:
        raise BroaderRefused.not_a_place(above.name if is_place else authority.name)
    for _depth in range(_MAX_DEPTH):
        if above is None:
            return
        if above.pk == authority.pk:
            raise BroaderRefused.within_itself(authority.name)
        above = above.broader
    raise BroaderRefused.too_deep(_MAX_DEPTH)


def _check_roles(authority: Authority) -> None:
    roles = authority.relations.order_by().values_list("role", flat=True).distinct()
    for role in roles:
        if authority.kind not in FITTING[role]:
            raise RoleUnfit(role, authority.name, authority.get_kind_display())


def _label(name: str, model: Any = Authority) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))
