"""Which authorities the public may know of.

An authority record says who stands in closed records, too, so its existence can be a
secret. Everyone may know of one that a record open in full names as its creator: the
search lists it among its creators. It stays so only as long as the record is open.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from archive.models import Authority, AuthorityName, Record, Relation
from archive.openness import Access
from archive.readers import ANONYMOUS
from archive.seen import visible
from archive.suggestions import MOST, Suggestion, found
from archive.vocabulary import AuthorityKind, NameKind, Role

_KINDS = (AuthorityKind.PERSON, AuthorityKind.ORGANISATION)


def known() -> QuerySet[Authority]:
    """People and organisations that made a record which everyone may read."""
    records = visible(ANONYMOUS, Record.objects.filter(public_access=Access.FULL))
    made = Relation.objects.filter(role=Role.CREATOR, record__in=records)
    return Authority.objects.filter(kind__in=_KINDS, pk__in=made.values("authority"))


def known_among(ids: Iterable[int | None]) -> dict[int, Authority]:
    """Those of ``ids`` that are ``known``; one query."""
    wanted = [pk for pk in ids if pk is not None]
    return {one.pk: one for one in known().filter(pk__in=wanted)} if wanted else {}


def suggest(typed: str) -> list[Suggestion]:
    """By preferred names only: another may come from a closed record."""
    names = AuthorityName.objects.filter(kind=NameKind.PREFERRED, authority__in=known())
    rows = found(names, typed).select_related("authority")[:MOST]
    return [
        Suggestion(one.authority.number, one.name, one.authority.get_kind_display())
        for one in rows
    ]


def records_url(authority: Authority) -> str:
    """The search for what it made."""
    return f"{reverse('search')}?{urlencode({'creator': authority.name})}"
