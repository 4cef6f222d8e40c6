"""Names: which was in use when, and whom a name may mean."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Protocol

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from archive.models import Authority, AuthorityName
from archive.suggestions import MOST, Suggestion, found, key_of
from archive.vocabulary import AuthorityKind, NameKind

AGENTS = (AuthorityKind.PERSON.value, AuthorityKind.ORGANISATION.value)
PLACES = (AuthorityKind.PLACE.value,)
# Names of one authority lie beside each other: enough to fill a list after that.
_LOOKED_AT = MOST * 5
_CHUNK = 500


class HasRange(Protocol):
    """A name with the days between which it was in use."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def date_min(self) -> date | None: ...
    @property
    def date_max(self) -> date | None: ...


def name_at(names: Iterable[HasRange], day: date | None) -> str:
    """The preferred or former name that was in use on ``day``.

    The preferred one without a day, or where no dated name covers it; of several
    that do, the one that came into use last. An alias (异名) is never chosen.
    """
    proper = [name for name in names if name.kind != NameKind.VARIANT]
    preferred = next((n.name for n in proper if n.kind == NameKind.PREFERRED), "")
    if day is None:
        return preferred
    in_use = [
        name
        for name in proper
        if (name.date_min or name.date_max)
        and (name.date_min or date.min) <= day <= (name.date_max or date.max)
    ]
    latest = max(in_use, key=lambda name: name.date_min or date.min, default=None)
    return latest.name if latest is not None else preferred


def bearers(
    name: str, kinds: Collection[str] = AuthorityKind.values
) -> list[Authority]:
    """The authorities that are or were called exactly so, in any script.

    Those whose preferred name it is come first.
    """
    found = bearers_of([name]).get(key_of(name), [])
    return [one for one in found if one.kind in kinds]


def bearers_of(names: Iterable[str]) -> dict[str, list[Authority]]:
    """``bearers`` by the key of each name that has any; a query for 500 names."""
    keys = sorted({key_of(name) for name in names})
    found: dict[str, dict[int, Authority]] = {}
    for start in range(0, len(keys), _CHUNK):
        rows = AuthorityName.objects.filter(folded__in=keys[start : start + _CHUNK])
        named = rows.select_related("authority").order_by("authority__number", "pk")
        for row in sorted(named, key=lambda row: row.kind != NameKind.PREFERRED):
            found.setdefault(row.folded, {}).setdefault(row.authority_id, row.authority)
    return {key: list(each.values()) for key, each in found.items()}


def called(typed: str, authorities: QuerySet[Authority]) -> QuerySet[Authority]:
    """Those of ``authorities`` with a name that ``typed`` stands in, or a number."""
    names = found(AuthorityName.objects.all(), typed).order_by()
    asked = Q(number__iexact=typed.strip()) | Q(pk__in=names.values("authority"))
    return authorities.filter(asked)


def suggest(
    typed: str, kinds: Collection[str] = AuthorityKind.values
) -> list[Suggestion]:
    """At most ``MOST`` authorities with such a name; the value is the number."""
    rows = AuthorityName.objects.filter(authority__kind__in=kinds)
    names = found(rows, typed).select_related("authority__broader")[:_LOOKED_AT]
    best: dict[int, AuthorityName] = {}
    for name in names:
        first = best.setdefault(name.authority_id, name)
        # A former name is told where it is what was typed, or nothing else fits.
        if name.kind == NameKind.PREFERRED and first.folded != key_of(typed):
            best[name.authority_id] = name
    chosen = list(best.values())[:MOST]
    return [
        Suggestion(one.authority.number, one.name, _told_apart(one)) for one in chosen
    ]


def _told_apart(name: AuthorityName) -> str:
    """Kind, preferred name, dates and number: what namesakes differ in."""
    authority = name.authority
    parts = [authority.get_kind_display()]
    if name.name != authority.name:
        parts.append(_("今作%(name)s") % {"name": authority.name})
    if authority.broader is not None:
        parts.append(authority.broader.name)
    parts += [part for part in (authority.dates_original, authority.number) if part]
    return " · ".join(parts)


def names_of(authority: Authority) -> Sequence[AuthorityName]:
    """All its names, in their order."""
    return list(authority.names.order_by("position", "pk"))
