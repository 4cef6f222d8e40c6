"""When a worker brings a record to the index: at once, or while it is being read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive import jobs, outbox
from archive.models import OutboxRow, Record
from archive.recognition import commit
from archive.worker import registered_steps
from search.drain import drain, drain_settled
from tests.archive.readings import read_as
from tests.factories import FolioFactory, RecordFactory, decide, open_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_index")]


@pytest.fixture
def volume() -> Record:
    """A record of three pages, open; the index knows it."""
    record = open_record(RecordFactory.create())
    FolioFactory.create_batch(3, record=record)
    while drain():
        pass
    return record


@pytest.fixture
def lease(volume: Record) -> jobs.Lease:
    """A page of ``volume`` is read, the next one is being read."""
    first, second = jobs.claim(2)
    assert commit(first, read_as("矛盾纠纷"))
    return second


def waiting(record: Record) -> int:
    return OutboxRow.objects.filter(source_id=record.pk).count()


def let_rows_grow_old() -> None:
    past = timezone.now() - timedelta(seconds=31)
    OutboxRow.objects.update(created_at=past)


def test_it_is_what_workers_do() -> None:
    assert registered_steps()["index"] is drain_settled


@pytest.mark.usefixtures("lease")
def test_a_record_that_is_being_read_waits_and_holds_up_no_other(
    volume: Record,
) -> None:
    edited = RecordFactory.create()
    assert drain_settled() == 1
    assert (waiting(volume), waiting(edited)) == (1, 0)
    assert drain_settled() == 0


@pytest.mark.usefixtures("lease")
def test_it_does_not_wait_for_long(volume: Record) -> None:
    let_rows_grow_old()
    outbox.changed([volume.pk])
    assert drain_settled() == 2
    assert waiting(volume) == 0


def test_it_is_indexed_as_soon_as_no_page_is_being_read(
    volume: Record, lease: jobs.Lease
) -> None:
    commit(lease, read_as("就地化解"))
    assert drain_settled() == 2
    assert waiting(volume) == 0


@pytest.mark.usefixtures("lease")
def test_a_closing_does_not_wait(volume: Record) -> None:
    decide([volume], {"open_status": "controlled"})
    assert outbox.excluded_paths() == (volume.path,)
    assert drain_settled() == 2
    assert outbox.excluded_paths() == ()


@pytest.mark.usefixtures("lease")
def test_drained_by_hand_nothing_waits(volume: Record) -> None:
    assert drain() == 1
    assert waiting(volume) == 0
