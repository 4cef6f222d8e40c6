"""Telling the search index: written in the transaction that changes things.

Every service that changes a record, its place, its folios or their text calls
``changed``, ``subtree_changed`` or ``removed`` here, inside its own transaction.
What is found beside records (pages of the site) is told of with ``others_changed``.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Max, Min, QuerySet

from archive import generation
from archive.models import Exclusion, OutboxRow, Record, Tombstone

_CHUNK = 500


def changed(record_ids: Iterable[int]) -> None:
    """These records' index documents are out of date."""
    ids = list(record_ids)
    with transaction.atomic():
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            Record.objects.filter(pk__in=chunk).update(version=F("version") + 1)
            OutboxRow.objects.bulk_create(OutboxRow(source_id=pk) for pk in chunk)


def subtree_changed(record: Record, *, exclude: Iterable[str] = ()) -> None:
    """The record and all below it are out of date.

    With ``exclude`` (paths as the index knows them: the old one after a move),
    every query leaves those subtrees out from this commit until the index has
    caught up: for changes that may make something less open.
    """
    with transaction.atomic():
        changed(
            Record.objects.filter(path__startswith=record.path)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        hide(list(exclude))


def removed(record: Record) -> None:
    """``record`` is about to be deleted; its code stays known for good."""
    with transaction.atomic():
        Tombstone.objects.create(
            record_id=record.pk,
            reference_code=record.reference_code,
            version=record.version + 1,
        )
        OutboxRow.objects.create(source_id=record.pk)
        hide([record.path])


def others_changed(source_ids: Iterable[int], *, hide: bool) -> None:
    """What is no record, by the negative ids that the index knows it under.

    With ``hide`` no query shows it from this commit until the index has caught up.
    """
    OutboxRow.objects.bulk_create(
        (OutboxRow(source_id=source_id, hides=hide) for source_id in source_ids),
        batch_size=_CHUNK,
    )


def hidden() -> frozenset[int]:
    """The sources that no query may show for now; subtrees: ``excluded_paths``."""
    rows = OutboxRow.objects.filter(hides=True, failed=False)
    return frozenset(rows.values_list("source_id", flat=True))


def hide(paths: list[str]) -> None:
    """Leave the subtrees out of every query until the rows written so far are done."""
    if not paths:
        return
    last = OutboxRow.objects.aggregate(last=Max("pk"))["last"] or 0
    Exclusion.objects.bulk_create(
        (Exclusion(path=path, last_row=last) for path in paths), batch_size=_CHUNK
    )


def excluded_paths() -> tuple[str, ...]:
    """The subtrees that no query may show for now."""
    return tuple(Exclusion.objects.values_list("path", flat=True).distinct())


def drained(row_ids: Iterable[int]) -> None:
    """The index has these rows' state; exclusions they waited for are lifted."""
    with transaction.atomic():
        _delete(OutboxRow.objects.filter(pk__in=list(row_ids)))
        # Read before the rows: one that comes later may wait for rows not seen here.
        exclusions = list(Exclusion.objects.values_list("pk", "last_row"))
        waiting = OutboxRow.objects.filter(failed=False)
        oldest = waiting.aggregate(oldest=Min("pk"))["oldest"]
        lifted = [pk for pk, last in exclusions if oldest is None or last < oldest]
        for start in range(0, len(lifted), _CHUNK):
            chunk = lifted[start : start + _CHUNK]
            Exclusion.objects.filter(pk__in=chunk).delete()


def forget_refused(rows: QuerySet[OutboxRow]) -> None:
    """Of ``rows``, those that the engine once refused need no more looking after."""
    with transaction.atomic():
        _delete(rows.filter(failed=True))


def _delete(rows: QuerySet[OutboxRow]) -> None:
    """The only way in which rows go: ``archive.generation`` counts them."""
    deleted, _by_model = rows.delete()
    if deleted:
        generation.renew(generation.RECORDS)
