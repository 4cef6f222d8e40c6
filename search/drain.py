"""From the outbox to the index: current state, then the rows are gone.

Replaying is harmless: documents carry the record's version, and the engine lets
an older one lose. A worker that dies between the two steps leaves its rows to
the next one.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Max, QuerySet
from django.utils import timezone

from archive import jobs, outbox
from archive.models import Exclusion, OutboxRow, Record
from search.documents import Batch, batch_for
from search.engines.base import Engine
from search.errors import WriteRejected
from search.index import engine

log = logging.getLogger(__name__)

BATCH_SIZE = 100
# A record whose pages are being read is indexed about so often, and at the end.
_PATIENCE = timedelta(seconds=30)


def drain(limit: int = BATCH_SIZE) -> int:
    """Index the records of the oldest ``limit`` rows; how many rows went.

    Raises ``SearchUnavailable`` and leaves all rows when the engine is down, or has
    lost its index: an empty one made in its place would answer that nothing was
    found. Only where all there is still waits, as in a new installation, is it made.
    """
    return _drain(OutboxRow.objects.filter(failed=False), limit)


def drain_settled() -> int:
    """``drain`` for a worker: a record that is being read may wait, but not long.

    Every page that is read asks for its whole record to be indexed anew; a volume
    of a thousand would keep a processor busy with nothing else. What an exclusion
    stands for (a closing) waits for nobody.
    """
    urgent = Exclusion.objects.aggregate(last=Max("last_row"))["last"] or 0
    rows = OutboxRow.objects.filter(failed=False)
    return _drain(rows.exclude(record_id__in=_unsettled(), pk__gt=urgent), BATCH_SIZE)


def _unsettled() -> set[int]:
    """Records being read at this moment that have not waited long enough."""
    reading = jobs.being_read()
    long_ago = timezone.now() - _PATIENCE
    waiting = OutboxRow.objects.filter(record_id__in=reading, failed=False)
    ripe = waiting.filter(created_at__lte=long_ago)
    return reading - set(ripe.values_list("record_id", flat=True))


def _drain(waiting: QuerySet[OutboxRow], limit: int) -> int:
    index = engine()
    if all_is_waiting():
        index.prepare()
    rows = list(waiting.order_by("pk").values_list("pk", "record_id")[:limit])
    if not rows:
        return 0
    record_ids = {record_id for _, record_id in rows}
    refused = _write(index, record_ids)
    failed = [pk for pk, record_id in rows if record_id in refused]
    OutboxRow.objects.filter(pk__in=failed).update(failed=True)
    outbox.drained(pk for pk, record_id in rows if record_id not in refused)
    _no_longer_refused(record_ids - refused)
    return len(rows)


def all_is_waiting() -> bool:
    """Whether no record was ever indexed: each has a row in the outbox."""
    waiting = OutboxRow.objects.filter(failed=False).values("record_id")
    return not Record.objects.exclude(pk__in=waiting).exists()


class Rebuilt(NamedTuple):
    """How many records were written, and the ids of those the engine refused."""

    written: int
    refused: set[int]


def rebuild(
    index: Engine, progress: Callable[[int], object] = lambda done: None
) -> Rebuilt:
    """Build ``index`` anew beside the live one and swap.

    Until the swap the old one answers, or nothing does. ``progress`` is called with
    the number of records done since its last call.
    """
    generation = index.begin_rebuild()
    done = 0
    refused: set[int] = set()
    ids = Record.objects.order_by("pk").values_list("pk", flat=True)
    last = 0
    try:
        while chunk := list(ids.filter(pk__gt=last)[:BATCH_SIZE]):
            refused |= _write(index, chunk, generation)
            last = chunk[-1]
            done += len(chunk)
            progress(len(chunk))
        index.finish_rebuild(generation)
    except BaseException:
        index.abandon_rebuild(generation)
        raise
    OutboxRow.objects.filter(failed=True).exclude(record_id__in=refused).delete()
    return Rebuilt(done - len(refused), refused)


def _no_longer_refused(record_ids: set[int]) -> None:
    OutboxRow.objects.filter(failed=True, record_id__in=record_ids).delete()


def _write(
    index: Engine, record_ids: Iterable[int], generation: str | None = None
) -> set[int]:
    """Write what the records are now; the ids of those that the engine refused.

    A record that is refused leaves the index altogether: better not found than
    found as it no longer is.
    """
    batch = batch_for(record_ids)
    try:
        _put(index, batch, generation)
    except WriteRejected:
        return {
            record_id
            for record_id in record_ids
            if not _write_one(index, record_id, generation)
        }
    return set()


def _write_one(index: Engine, record_id: int, generation: str | None) -> bool:
    batch = batch_for([record_id])
    try:
        _put(index, batch, generation)
    except WriteRejected:
        log.exception("record %s was refused by the search engine", record_id)
        if generation is None:
            versions = {document.version for document in batch.documents}
            index.delete_records([(record_id, version) for version in versions])
        return False
    return True


def _put(index: Engine, batch: Batch, generation: str | None) -> None:
    index.write(batch.documents, batch.deletes, generation=generation)
    if batch.deleted_records and generation is None:
        index.delete_records(batch.deleted_records)
