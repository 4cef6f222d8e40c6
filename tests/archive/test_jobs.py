"""Leases: each page is claimed by one worker, and none is lost."""

import itertools
import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django import Settings

from archive import jobs
from archive.corrections import correct
from archive.models import Job
from tests.factories import FolioFactory, TranscriptFactory, UserFactory


def let_leases_run_out() -> None:
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(lease_until__isnull=False).update(lease_until=past)


@pytest.mark.django_db
def test_a_claimed_page_is_not_claimed_again() -> None:
    FolioFactory.create_batch(3)
    first = jobs.claim(2)
    second = jobs.claim(2)
    assert (len(first), len(second)) == (2, 1)
    assert len({lease.folio_id for lease in first + second}) == 3
    assert jobs.claim(1) == []


@pytest.mark.django_db
def test_a_finished_job_is_gone_and_finishes_once() -> None:
    FolioFactory.create()
    (lease,) = jobs.claim(1)
    assert jobs.finish(lease)
    assert not jobs.finish(lease)
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_lease_that_ran_out_goes_to_another_and_the_first_may_not_commit() -> None:
    FolioFactory.create()
    (lost,) = jobs.claim(1)
    assert jobs.reap() == 0
    let_leases_run_out()
    assert jobs.reap() == 1
    (taken,) = jobs.claim(1)
    assert not jobs.renew(lost)
    assert not jobs.finish(lost)
    assert jobs.finish(taken)


@pytest.mark.django_db
def test_a_renewed_lease_does_not_run_out() -> None:
    FolioFactory.create()
    (lease,) = jobs.claim(1)
    let_leases_run_out()
    assert jobs.renew(lease)
    assert jobs.reap() == 0


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_then_given_up(
    settings: Settings,
) -> None:
    settings.JOB_MAX_ATTEMPTS = 2
    FolioFactory.create()
    (lease,) = jobs.claim(1)
    jobs.fail(lease, "第一次", for_good=False)
    assert jobs.claim(1) == []
    assert jobs.reap() == 0
    job = Job.objects.get()
    assert (job.attempts, job.error, job.failed, job.lost) == (1, "第一次", False, 0)
    let_leases_run_out()
    (lease,) = jobs.claim(1)
    jobs.fail(lease, "第二次", for_good=False)
    job = jobs.given_up().get()
    assert (job.attempts, job.error) == (2, "第二次")
    assert jobs.claim(1) == []
    assert jobs.retry(jobs.given_up()) == 1
    assert len(jobs.claim(1)) == 1


@pytest.mark.django_db
def test_a_failure_for_good_is_given_up_at_once() -> None:
    FolioFactory.create()
    jobs.fail(jobs.claim(1)[0], "坏了", for_good=True)
    assert jobs.given_up().exists()


@pytest.mark.django_db
def test_the_delay_grows_with_each_failure() -> None:
    FolioFactory.create()
    delays = []
    for _ in range(2):
        let_leases_run_out()
        jobs.fail(jobs.claim(1)[0], "", for_good=False)
        until = Job.objects.get().lease_until
        assert until is not None
        delays.append((until - timezone.now()).total_seconds())
    assert delays[1] > 2 * delays[0] > 0


@pytest.mark.django_db
def test_what_the_machine_lacks_is_never_held_against_a_page(
    settings: Settings,
) -> None:
    settings.JOB_MAX_ATTEMPTS = 1
    FolioFactory.create()
    jobs.fail(jobs.claim(1)[0], "没有 Tesseract", for_good=False, counts=False)
    assert not jobs.given_up().exists()
    until = Job.objects.get().lease_until
    assert until is not None
    assert 290 < (until - timezone.now()).total_seconds() <= 300


@pytest.mark.django_db
def test_pages_that_failed_come_after_those_never_tried() -> None:
    failed, _also = FolioFactory.create_batch(2)
    for lease in jobs.claim(2):
        jobs.fail(lease, "没有 Tesseract", for_good=False, counts=False)
    Job.objects.filter(folio=failed).update(lease_until=timezone.now())
    let_leases_run_out()
    fresh = FolioFactory.create()
    assert [lease.folio_id for lease in jobs.claim(1)] == [fresh.pk]
    assert len({lease.folio_id for lease in jobs.claim(1) + jobs.claim(1)}) == 2


@pytest.mark.django_db
def test_a_record_is_being_read_while_a_worker_holds_a_page_of_it() -> None:
    reading, _waiting = FolioFactory.create_batch(2)
    assert jobs.being_read() == set()
    (lease,) = jobs.claim(1)
    assert jobs.being_read() == {reading.record_id}
    jobs.fail(lease, "稍后再试", for_good=False)
    assert jobs.being_read() == set()
    jobs.claim(1)
    let_leases_run_out()
    assert jobs.being_read() == set()


@pytest.mark.django_db
def test_a_page_that_ends_its_workers_comes_last_and_is_given_up_at_length() -> None:
    deadly, harmless = FolioFactory.create_batch(2)
    (lease,) = jobs.claim(1)
    assert lease.folio_id == deadly.pk
    let_leases_run_out()
    jobs.reap()
    assert jobs.finish(jobs.claim(1)[0])
    assert not Job.objects.filter(folio=harmless).exists()
    for _ in range(jobs.MAX_LOST - 1):
        assert jobs.claim(1)[0].folio_id == deadly.pk
        let_leases_run_out()
        jobs.reap()
    assert jobs.claim(1) == []
    assert jobs.given_up().get().folio == deadly


@pytest.mark.django_db
def test_pages_without_text_and_without_job_get_a_job() -> None:
    lacking, waiting = FolioFactory.create_batch(2)
    Job.objects.filter(folio=lacking).delete()
    done = TranscriptFactory.create().folio
    corrected = TranscriptFactory.create().folio
    correct(corrected, "人的文字", UserFactory.create())
    assert jobs.reconcile() == 1
    assert set(Job.objects.values_list("folio", flat=True)) == {lacking.pk, waiting.pk}
    assert jobs.reconcile() == 0
    assert jobs.reconcile("another-key") == 1
    assert Job.objects.filter(folio=done).exists()
    assert not Job.objects.filter(folio=corrected).exists()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_once_never_get_the_same_page() -> None:
    FolioFactory.create_batch(24)
    claimed: list[jobs.Lease] = []
    start = threading.Barrier(4)

    def worker() -> None:
        start.wait()
        while leases := jobs.claim(2):
            claimed.extend(leases)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len({lease.folio_id for lease in claimed}) == 24


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_heartbeat_keeps_a_lease_alive_for_as_long_as_the_work_takes(
    settings: Settings,
) -> None:
    settings.JOB_LEASE_SECONDS = 1
    FolioFactory.create()
    (lease,) = jobs.claim(1)
    with jobs.Heartbeat(lease):
        time.sleep(1.5)
        assert jobs.reap() == 0
    assert jobs.finish(lease)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_heartbeat_outlives_a_failure_of_the_database(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JOB_LEASE_SECONDS = 1
    FolioFactory.create()
    (lease,) = jobs.claim(1)
    renew, beats = jobs.renew, itertools.count()

    def failing_at_first(lease: jobs.Lease) -> bool:
        if next(beats) == 0:
            raise OperationalError("database is locked")
        return renew(lease)

    monkeypatch.setattr(jobs, "renew", failing_at_first)
    with jobs.Heartbeat(lease):
        time.sleep(1.5)
        assert jobs.reap() == 0
    assert jobs.finish(lease)
