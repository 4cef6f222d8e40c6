"""From the outbox to the index: current state, then the rows are gone.

Replaying is harmless: documents carry the record's version, and the engine lets
an older one lose. A worker that dies between the two steps leaves its rows to
the next one.
"""

import logging
from collections.abc import Callable, Iterable

from archive import outbox
from archive.models import OutboxRow, Record
from search.documents import Batch, batch_for
from search.engines.base import Engine
from search.errors import WriteRejected
from search.index import engine

log = logging.getLogger(__name__)

BATCH_SIZE = 100


def drain(limit: int = BATCH_SIZE) -> int:
    """Index the records of the oldest ``limit`` rows; how many rows went.

    Makes the index where there is none. Raises ``SearchUnavailable`` and leaves
    all rows when the engine is down.
    """
    index = engine()
    index.prepare()
    rows = list(
        OutboxRow.objects.filter(failed=False)
        .order_by("pk")
        .values_list("pk", "record_id")[:limit]
    )
    if not rows:
        return 0
    refused = _write(index, {record_id for _, record_id in rows})
    failed = [pk for pk, record_id in rows if record_id in refused]
    OutboxRow.objects.filter(pk__in=failed).update(failed=True)
    outbox.drained(pk for pk, record_id in rows if record_id not in refused)
    return len(rows)


def rebuild(
    index: Engine, progress: Callable[[int], object] = lambda done: None
) -> int:
    """Build ``index`` anew beside the live one and swap; how many records.

    ``progress`` is called with the number of records written since its last call.
    """
    index.prepare()
    generation = index.begin_rebuild()
    total = 0
    ids = Record.objects.order_by("pk").values_list("pk", flat=True)
    last = 0
    try:
        while chunk := list(ids.filter(pk__gt=last)[:BATCH_SIZE]):
            batch = batch_for(chunk)
            index.write(batch.documents, batch.deletes, generation=generation)
            last = chunk[-1]
            total += len(chunk)
            progress(len(chunk))
        index.finish_rebuild(generation)
    except BaseException:
        index.abandon_rebuild(generation)
        raise
    return total


def _write(index: Engine, record_ids: Iterable[int]) -> set[int]:
    """Write what the records are now; the ids of those that the engine refused.

    A record that is refused leaves the index altogether: better not found than
    found as it no longer is.
    """
    batch = batch_for(record_ids)
    try:
        _put(index, batch)
    except WriteRejected:
        return {
            record_id for record_id in record_ids if not _write_one(index, record_id)
        }
    return set()


def _write_one(index: Engine, record_id: int) -> bool:
    batch = batch_for([record_id])
    try:
        _put(index, batch)
    except WriteRejected:
        log.exception("record %s was refused by the search engine", record_id)
        index.delete_records(
            [(record_id, version) for version in {d.version for d in batch.documents}]
        )
        return False
    return True


def _put(index: Engine, batch: Batch) -> None:
    index.write(batch.documents, batch.deletes)
    if batch.deleted_records:
        index.delete_records(batch.deleted_records)
