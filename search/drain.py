"""From the outbox to the index: current state, then the rows are gone.

Replaying is harmless: documents carry the source's version, and the engine lets
an older one lose. A worker that dies between the two steps leaves its rows to
the next one.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
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
from search.stories import source_id, stories

log = logging.getLogger(__name__)

BATCH_SIZE = 100
# A record whose pages are being read is indexed about so often, and at the end.
_PATIENCE = timedelta(seconds=30)


def drain(limit: int = BATCH_SIZE) -> int:
    """Index the sources of the oldest ``limit`` rows; how many rows went.

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
    return _drain(rows.exclude(source_id__in=_unsettled(), pk__gt=urgent), BATCH_SIZE)


def _unsettled() -> set[int]:
    """Records being read at this moment that have not waited long enough."""
    reading = jobs.being_read()
    long_ago = timezone.now() - _PATIENCE
    waiting = OutboxRow.objects.filter(source_id__in=reading, failed=False)
    ripe = waiting.filter(created_at__lte=long_ago)
    return reading - set(ripe.values_list("source_id", flat=True))


def _drain(waiting: QuerySet[OutboxRow], limit: int) -> int:
    index = engine()
    if all_is_waiting():
        index.prepare()
    rows = list(waiting.order_by("pk").values_list("pk", "source_id")[:limit])
    if not rows:
        return 0
    source_ids = {one for _, one in rows}
    refused = _write(index, source_ids)
    failed = [pk for pk, one in rows if one in refused]
    OutboxRow.objects.filter(pk__in=failed).update(failed=True)
    outbox.drained(pk for pk, one in rows if one not in refused)
    _no_longer_refused(source_ids - refused)
    return len(rows)


def all_is_waiting() -> bool:
    """Whether nothing was ever indexed: each record has a row in the outbox."""
    waiting = OutboxRow.objects.filter(failed=False).values("source_id")
    untouched = Record.objects.exclude(pk__in=waiting)
    return not untouched.exists() and not stories().was_indexed()


class Rebuilt(NamedTuple):
    """How many sources were written, and the ids of those the engine refused."""

    written: int
    refused: set[int]


def rebuild(
    index: Engine, progress: Callable[[int], object] = lambda done: None
) -> Rebuilt:
    """Build ``index`` anew beside the live one and swap.

    Until the swap the old one answers, or nothing does. ``progress`` is called with
    the number of sources done since its last call.
    """
    generation = index.begin_rebuild()
    done = 0
    refused: set[int] = set()
    try:
        for chunk in _everything():
            refused |= _write(index, chunk, generation)
            done += len(chunk)
            progress(len(chunk))
        index.finish_rebuild(generation)
    except BaseException:
        index.abandon_rebuild(generation)
        raise
    outbox.forget_refused(OutboxRow.objects.exclude(source_id__in=refused))
    return Rebuilt(done - len(refused), refused)


def count_everything() -> int:
    """How many sources ``rebuild`` goes through."""
    return Record.objects.count() + stories().count()


def _everything() -> Iterator[list[int]]:
    """The ids of all sources, in batches."""
    ids = Record.objects.order_by("pk").values_list("pk", flat=True)
    last = 0
    while chunk := list(ids.filter(pk__gt=last)[:BATCH_SIZE]):
        yield chunk
        last = chunk[-1]
    last = 0
    while pages := stories().ids(last, BATCH_SIZE):
        yield [source_id(page_id) for page_id in pages]
        last = pages[-1]


def _no_longer_refused(source_ids: set[int]) -> None:
    outbox.forget_refused(OutboxRow.objects.filter(source_id__in=source_ids))


def _write(
    index: Engine, source_ids: Iterable[int], generation: str | None = None
) -> set[int]:
    """Write what the sources are now; the ids of those that the engine refused.

    One that is refused leaves the index altogether: better not found than
    found as it no longer is.
    """
    batch = batch_for(source_ids)
    try:
        _put(index, batch, generation)
    except WriteRejected:
        return {one for one in source_ids if not _write_one(index, one, generation)}
    return set()


def _write_one(index: Engine, one: int, generation: str | None) -> bool:
    batch = batch_for([one])
    try:
        _put(index, batch, generation)
    except WriteRejected:
        log.exception("source %s was refused by the search engine", one)
        if generation is None:
            versions = {document.version for document in batch.documents}
            index.delete_sources([(one, version) for version in versions])
        return False
    return True


def _put(index: Engine, batch: Batch, generation: str | None) -> None:
    index.write(batch.documents, batch.deletes, generation=generation)
    if batch.deleted and generation is None:
        index.delete_sources(batch.deleted)
