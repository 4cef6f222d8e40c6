"""Leases on recognition jobs: any number of workers, each page once in effect.

The database holds the truth: a ``Job`` row is work to do, and it goes in the very
transaction that stores its result. Recognition itself runs in no transaction.
"""

import logging
import threading
import uuid
from datetime import datetime, timedelta
from types import TracebackType
from typing import NamedTuple, Self

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.models import Folio, Job, Transcript

logger = logging.getLogger(__name__)

# A page that ended this many workers is taken to be the reason.
MAX_LOST = 10
_FIRST_DELAY = timedelta(seconds=30)
_MACHINE_DELAY = timedelta(minutes=5)
_CHUNK = 500


class Lease(NamedTuple):
    """The right to commit the result of one folio's job."""

    folio_id: int
    token: uuid.UUID


def claim(limit: int) -> list[Lease]:
    """Take up to ``limit`` jobs that nobody holds, for JOB_LEASE_SECONDS.

    Those that failed before come after the others, and those that have ended
    workers last, so that they cannot hold up anything.
    """
    with transaction.atomic():
        free = _free().select_for_update(skip_locked=True, of=("self",))
        untried = free.filter(lost=0, lease_until=None).order_by("pk")
        again = free.order_by("lost", "lease_until", "pk")
        jobs = list(untried[:limit]) or list(again[:limit])
        leases = [Lease(job.folio_id, uuid.uuid4()) for job in jobs]
        until = _lease_end()
        for job, lease in zip(jobs, leases, strict=True):
            job.token, job.lease_until = lease.token, until
        Job.objects.bulk_update(jobs, ["token", "lease_until"])
    return leases


def renew(lease: Lease) -> bool:
    """Prolong a lease; False if it is no longer ours."""
    return _held(lease).update(lease_until=_lease_end()) == 1


def finish(lease: Lease) -> bool:
    """Remove the job, if the lease is still ours.

    Belongs into the transaction that stores the result; False means: store nothing.
    """
    return _held(lease).delete()[0] == 1


def fail(lease: Lease, error: str, *, for_good: bool, counts: bool = True) -> None:
    """Give the job back with the reason, to be tried again later, or for good.

    With ``counts`` False the page is not to blame: it waits for five minutes, and
    is never given up.
    """
    with transaction.atomic():
        job = _held(lease).select_for_update().first()
        if job is None:
            return
        job.attempts += counts
        job.error = error
        job.failed = for_good or job.attempts >= settings.JOB_MAX_ATTEMPTS
        job.token = None
        delay = _FIRST_DELAY * 4 ** (job.attempts - 1) if counts else _MACHINE_DELAY
        job.lease_until = None if job.failed else timezone.now() + delay
        job.save()


def reap() -> int:
    """Free the jobs of workers that fell silent; how many there were."""
    expired = Job.objects.filter(token__isnull=False, lease_until__lte=timezone.now())
    freed = expired.update(
        token=None, lease_until=None, lost=F("lost") + 1, error=_("处理程序中断。")
    )
    if freed:
        logger.warning("%d leases had run out", freed)
    given_up = Job.objects.filter(failed=False, lost__gte=MAX_LOST, token=None).update(
        failed=True, error=_("处理程序在这一页上多次中断，已放弃。")
    )
    if given_up:
        logger.error("%d pages ended too many workers", given_up)
    return freed


def reconcile(wanted_key: str | None = None) -> int:
    """Make jobs for pages that lack one and lack what it would give; how many.

    That is a text under ``wanted_key``, or any recognised text if None. Pages
    with a correction in force are left alone.
    """
    texts = Transcript.objects.filter(folio=OuterRef("pk"))
    texts = texts.filter(key=wanted_key) if wanted_key else texts.exclude(key="")
    lacking = Folio.objects.filter(
        ~Exists(texts),
        ~Exists(Job.objects.filter(folio=OuterRef("pk"))),
        ~Q(transcript__key=""),
    )
    made = 0
    while ids := list(lacking.order_by("pk").values_list("pk", flat=True)[:_CHUNK]):
        jobs = (Job(folio_id=pk) for pk in ids)
        made += len(Job.objects.bulk_create(jobs, ignore_conflicts=True))
    return made


def retry(jobs: QuerySet[Job]) -> int:
    """Let jobs that were given up be tried again, from the beginning."""
    return jobs.filter(failed=True).update(
        failed=False, attempts=0, lost=0, error="", token=None, lease_until=None
    )


def given_up() -> QuerySet[Job]:
    """Jobs that nobody tries any more; ``error`` says why."""
    return Job.objects.filter(failed=True)


def failures() -> dict[str, int]:
    """How many pages each error has stopped, for good or until the next attempt."""
    jobs = Job.objects.exclude(error="").filter(token=None).order_by("error")
    return dict(jobs.values_list("error").annotate(n=Count("pk")))


def being_read() -> set[int]:
    """The records of which a worker holds a page at this moment."""
    held = Job.objects.filter(token__isnull=False, lease_until__gt=timezone.now())
    return set(held.values_list("folio__record_id", flat=True))


def unfinished() -> QuerySet[Job]:
    """Jobs that are still to be done, whoever holds them."""
    return Job.objects.filter(failed=False)


def active() -> QuerySet[Job]:
    """Those that a worker holds or could take now; not those that wait for a retry."""
    return unfinished().filter(Q(token__isnull=False) | _due())


class Heartbeat:
    """Renews a lease from a thread while its block runs.

    A database that fails to answer is asked again at the next beat.
    """

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stop.wait(settings.JOB_LEASE_SECONDS / 3):
                if not self._renewed():
                    return
        finally:
            connection.close()

    def _renewed(self) -> bool:
        """Whether the lease is ours, as far as can be known."""
        try:
            return renew(self._lease)
        except DatabaseError as error:
            logger.warning("folio %d: no heartbeat: %s", self._lease.folio_id, error)
            connection.close()
            return True


def _free() -> QuerySet[Job]:
    return unfinished().filter(_due(), token=None)


def _due() -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=timezone.now())


def _held(lease: Lease) -> QuerySet[Job]:
    return Job.objects.filter(folio_id=lease.folio_id, token=lease.token)


def _lease_end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
