"""Several authorities that are one: names, numbers and relations go to one of them."""

import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from archive import generation, outbox
from archive.authorities.registry import (
    Name,
    check_broader,
    kept_names,
    records_of,
    write_names,
)
from archive.errors import CannotMerge
from archive.models import Authority, FormerNumber, Relation
from archive.vocabulary import NameKind

logger = logging.getLogger(__name__)

# What the survivor does not say it takes over from the first that says it.
TAKEN_OVER = ("dates_original", "history", "broader", "sources", "note")


def merge(survivor: Authority, others: Iterable[Authority]) -> Authority:
    """Make ``survivor`` of all of them, and return it as it then is.

    The others' preferred names become variants. Their numbers and addresses lead to
    the survivor; no record is related to it twice in one role. Raises
    ``CannotMerge``.
    """
    with transaction.atomic():
        kept, merged = _held(survivor, others)
        gone = [one.pk for one in merged]
        concerned = records_of([kept.pk, *gone])
        names = kept_names(kept)
        for one in merged:
            names += [_lesser(name) for name in kept_names(one)]
            for field in TAKEN_OVER:
                if not getattr(kept, field):
                    setattr(kept, field, getattr(one, field))
            _take_relations(kept, one)
        Authority.objects.filter(broader__in=gone).exclude(pk=kept.pk).update(
            broader=kept
        )
        if kept.broader_id in (*gone, kept.pk):
            kept.broader = None
        check_broader(kept)
        kept.save()
        write_names(kept, _distinct(names))
        FormerNumber.objects.filter(authority__in=gone).update(authority=kept)
        FormerNumber.objects.bulk_create(
            FormerNumber(number=one.number, was=one.pk, authority=kept)
            for one in merged
        )
        Authority.objects.filter(pk__in=gone).delete()
        outbox.changed(concerned)
        generation.renew(generation.RECORDS)
    logger.info("merged %s into %s", [one.number for one in merged], kept.number)
    return kept


def _held(
    survivor: Authority, others: Iterable[Authority]
) -> tuple[Authority, list[Authority]]:
    """All of them as they are, locked in one order."""
    ids = {one.pk for one in others} - {survivor.pk}
    if not ids:
        raise CannotMerge.too_few()
    rows = Authority.objects.select_for_update().order_by("pk")
    held = rows.in_bulk([survivor.pk, *ids])
    if len(held) != len(ids) + 1:
        raise CannotMerge.gone()
    if len({one.kind for one in held.values()}) > 1:
        raise CannotMerge.of_kinds()
    kept = held.pop(survivor.pk)
    return kept, sorted(held.values(), key=lambda one: one.number)


def _take_relations(kept: Authority, merged: Authority) -> None:
    """Those that ``kept`` has already go, the others become its own."""
    theirs = Relation.objects.filter(authority=merged)
    same = Relation.objects.filter(
        authority=kept, record=OuterRef("record"), role=OuterRef("role")
    )
    theirs.filter(Exists(same)).delete()
    theirs.update(authority=kept)


def _lesser(name: Name) -> Name:
    """A preferred name of one that was merged is one more name of the other."""
    if name.kind != NameKind.PREFERRED:
        return name
    return Name(name.name, NameKind.VARIANT.value, name.language, name.dates_original)


def _distinct(names: Iterable[Name]) -> list[Name]:
    """Each name once: an undated one adds nothing to the same with dates."""
    kept: dict[tuple[str, str], Name] = {}
    for one in names:
        kept.setdefault((one.name, one.dates_original), one)
    dated = {one.name for one in kept.values() if one.dates_original}
    return [
        one
        for one in kept.values()
        if one.dates_original or one.kind == NameKind.PREFERRED or one.name not in dated
    ]
