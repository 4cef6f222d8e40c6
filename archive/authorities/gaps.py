"""What is still to be done: names without an authority, and likely duplicates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from archive import links, workflow
from archive.authorities.registry import Name, create
from archive.models import (
    Authority,
    AuthorityName,
    Batch,
    Record,
    Relation,
    Review,
    TypedName,
)
from archive.suggestions import key_of
from archive.vocabulary import FITTING, Role

MOST_LINKED = 5_000
"""As many records are linked in one go."""

ROLE_OF: dict[str, str] = {
    "creators": Role.CREATOR.value,
    "person_names": Role.MENTIONED.value,
}
"""Element in which a name is typed → the role in which it is linked."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An authority and how many records are related to it."""

    authority: Authority
    records: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Authorities of one kind that share a name, in whatever script."""

    name: str
    authorities: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """``batch`` is None where nothing was to be linked; ``left`` are too many."""

    batch: Batch | None
    records: int
    left: int


def without_authority() -> QuerySet[TypedName, Any]:
    """Names that nobody bears, by their keys: ``folded`` and ``times``, how often
    records are described with each; the most used first.
    """
    known = AuthorityName.objects.filter(folded=OuterRef("folded"))
    return (
        TypedName.objects.filter(~Exists(known))
        .values("folded")
        .annotate(times=Count("pk"))
        .order_by("-times", "folded")
    )


def counted(keys: Iterable[str]) -> list[dict[str, Any]]:
    """Of each key ``name``, ``folded``, and in how many records it is, as
    ``creators``, as ``person_names`` and together (``records``); in their order, one
    query.
    """
    wanted = list(keys)
    elements = {one: Count("record", filter=Q(element=one)) for one in ROLE_OF}
    rows = (
        TypedName.objects.filter(folded__in=wanted)
        .values("folded")
        .annotate(name=Min("name"), records=Count("record", distinct=True), **elements)
        .order_by()
    )
    found: dict[str, dict[str, Any]] = {row["folded"]: dict(row) for row in rows}
    return [found[key] for key in wanted if key in found]


def shared_names() -> QuerySet[AuthorityName, Any]:
    """``kind`` and ``folded`` of each name that several of a kind bear."""
    return (
        AuthorityName.objects.values("authority__kind", "folded")
        .annotate(times=Count("authority", distinct=True))
        .filter(times__gt=1)
        .order_by("-times", "authority__kind", "folded")
    )


def alike(shared: Iterable[Mapping[str, Any]]) -> list[Alike]:
    """Rows of ``shared_names`` with those who bear the names: two queries."""
    groups: dict[tuple[str, str], list[int]] = {
        (row["authority__kind"], row["folded"]): [] for row in shared
    }
    names: dict[tuple[str, str], str] = {}
    rows = AuthorityName.objects.filter(folded__in=[key for _kind, key in groups])
    values = ("authority__kind", "folded", "name", "authority")
    for kind, folded, name, pk in rows.order_by("authority").values_list(*values):
        if (kind, folded) in groups:
            names.setdefault((kind, folded), name)
            groups[(kind, folded)].append(pk)
    wanted = {pk for ids in groups.values() for pk in ids}
    counted = Authority.objects.annotate(
        records=Count("relations__record", distinct=True)
    ).in_bulk(wanted)
    return [
        Alike(
            names[group],
            tuple(
                Counted(counted[pk], counted[pk].records) for pk in dict.fromkeys(ids)
            ),
        )
        for group, ids in groups.items()
        if ids
    ]


def unlinked(authority: Authority) -> QuerySet[TypedName]:
    """Where records name the authority, and nobody else, without being linked."""
    mine = authority.names.values_list("folded", flat=True)
    others = AuthorityName.objects.filter(folded=OuterRef("folded"))
    ours = Q()
    for element, role in ROLE_OF.items():
        if authority.kind in FITTING[role]:
            has = Relation.objects.filter(
                record=OuterRef("record"), authority=authority, role=role
            )
            ours |= Q(~Exists(has), element=element)
    if not ours:
        return TypedName.objects.none()
    return TypedName.objects.filter(
        ours,
        ~Exists(others.exclude(authority=authority)),
        folded__in=list(mine),
    )


def link(authority: Authority, by: AbstractBaseUser) -> Linked:
    """Link the records of ``unlinked``, at most ``MOST_LINKED``, as one batch.

    What is published waits for review (``archive.workflow``).
    """
    with transaction.atomic():
        rows = unlinked(authority).order_by("record").values_list("record", "element")
        wanted: dict[int, set[str]] = {}
        for record_id, element in rows:
            wanted.setdefault(record_id, set()).add(ROLE_OF[element])
        chosen = sorted(wanted)[:MOST_LINKED]
        if not chosen:
            return Linked(None, 0, 0)
        batch = Batch.objects.create(
            kind=Batch.Kind.EDIT,
            label=_("关联“%(name)s”") % {"name": authority.name},
            details={"authority": authority.number},
            by_id=by.pk,
        )
        now = _now(chosen)
        records = Record.objects.in_bulk(chosen)
        edits = [
            (records[pk], {"authorities": [*now[pk], *_pairs(authority, wanted[pk])]})
            for pk in chosen
        ]
        changed = workflow.edit_many(edits, by, batch)
        if not batch.changes.exists():
            batch.delete()
            return Linked(None, changed, len(wanted) - len(chosen))
    return Linked(batch, changed, len(wanted) - len(chosen))


def make_and_link(
    name: str, kind: str, by: AbstractBaseUser
) -> tuple[Authority, Linked]:
    """An authority of a name that records are described with, linked to them.

    Other spellings of it in the records become its variants. Raises as ``create``.
    """
    with transaction.atomic():
        spelled = TypedName.objects.filter(folded=key_of(name)).order_by("name")
        others = spelled.values_list("name", flat=True).distinct()[:20]
        variants = [Name(other, "variant") for other in others if other != name]
        authority = create(kind, [Name(name), *variants])
        return authority, link(authority, by)


def _pairs(authority: Authority, roles: Iterable[str]) -> list[list[str]]:
    return [[authority.number, role] for role in roles]


def _now(ids: Sequence[int]) -> dict[int, list[list[str]]]:
    """The relations of each record; where changes wait for review, theirs."""
    live = links.LINKS["authorities"].read(ids)
    found = {pk: live.get(pk, []) for pk in ids}
    for start in range(0, len(ids), 500):
        waiting = Review.objects.filter(record__in=ids[start : start + 500])
        for review in waiting.filter(values__has_key="authorities"):
            found[review.record_id] = review.values["authorities"]
    return found
