"""The outbox: what the index has yet to hear, and what it may not show meanwhile."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from archive import outbox, records
from archive.decisions import approve, propose
from archive.models import Exclusion, OutboxRow, Record
from tests.factories import RecordFactory, UserFactory, decide, open_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waiting() -> None:
    OutboxRow.objects.all().delete()


def waiting() -> list[int]:
    return list(OutboxRow.objects.order_by("pk").values_list("pk", flat=True))


def test_a_change_raises_the_version_and_leaves_a_row() -> None:
    record = RecordFactory.create()
    before = (record.version, len(waiting()))
    outbox.changed([record.pk])
    record.refresh_from_db()
    assert (record.version, len(waiting())) == (before[0] + 1, before[1] + 1)


def test_a_change_of_many_records_is_told_for_each() -> None:
    rows = [
        {"level": "item", "title": "件", "reference_code": f"N-{n}"}
        for n in range(1200)
    ]
    made = records.create_many(None, rows)
    told = set(OutboxRow.objects.values_list("source_id", flat=True))
    assert told == {record.pk for record in made}


def test_a_subtree_is_told_with_all_below_and_nothing_beside() -> None:
    top = RecordFactory.create()
    below = RecordFactory.create(parent=RecordFactory.create(parent=top))
    beside = RecordFactory.create()
    # A path that begins with the same digits is another subtree.
    Record.objects.filter(pk=beside.pk).update(path=f"{top.pk}0/")
    OutboxRow.objects.all().delete()
    outbox.subtree_changed(top)
    told = set(OutboxRow.objects.values_list("source_id", flat=True))
    assert told == {top.pk, below.parent_id, below.pk}
    assert outbox.excluded_paths() == ()


def test_an_exclusion_stands_until_the_rows_before_it_are_drained() -> None:
    record = open_record(RecordFactory.create())
    outbox.drained(waiting())
    decide([record], {"open_status": "controlled"})
    rows = waiting()
    assert outbox.excluded_paths() == (record.path,)
    outbox.changed([RecordFactory.create().pk])
    outbox.drained(rows[:-1])
    assert outbox.excluded_paths() == (record.path,) or len(rows) == 1
    outbox.drained(rows)
    assert outbox.excluded_paths() == ()
    assert waiting() != []


def test_many_subtrees_are_hidden_by_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    paths = [f"{n}/" for n in range(1, 1001)]
    with django_assert_max_num_queries(10):
        outbox.hide(paths)
    assert set(outbox.excluded_paths()) == set(paths)
    outbox.hide([])
    assert Exclusion.objects.count() == 1000


class ClosingAfter:
    """Lets a closing commit right after the nth statement; an execute wrapper."""

    def __init__(self, number: int, close: Callable[[], None]) -> None:
        self.left = number
        self._close = close

    def __call__(
        self, execute: Callable[..., Any], sql: str, *args: Any, **kwargs: Any
    ) -> Any:
        result = execute(sql, *args, **kwargs)
        if not sql.startswith(("SAVEPOINT", "RELEASE")):
            self.left -= 1
            if self.left == 0:
                self._close()
        return result


def drain_with_a_closing_after(number: int) -> bool:
    """Whether a drain has so many statements; if so, the closing was not lost."""
    closed = open_record(RecordFactory.create())
    decide([open_record(RecordFactory.create())], {"open_status": "controlled"})
    proposals = propose(
        [closed], {"open_status": "controlled"}, "测试", UserFactory.create()
    )
    closing = ClosingAfter(number, lambda: approve(proposals, UserFactory.create()))
    rows = waiting()
    with connection.execute_wrapper(closing):
        outbox.drained(rows)
    if closing.left > 0:
        return False
    assert waiting(), "what the index has not heard of the closing"
    assert closed.path in outbox.excluded_paths()
    outbox.drained(waiting())
    assert outbox.excluded_paths() == ()
    return True


@pytest.mark.database
def test_a_closing_in_the_middle_of_a_drain_keeps_its_exclusion() -> None:
    """Wherever it comes in between: a committed change is seen from then on."""
    moments = itertools.takewhile(drain_with_a_closing_after, itertools.count(1))
    assert len(list(moments)) >= 3


def test_a_deleted_record_is_hidden_until_the_index_knows() -> None:
    record = open_record(RecordFactory.create())
    path = record.path
    outbox.drained(waiting())
    records.delete(record)
    assert outbox.excluded_paths() == (path,)
    outbox.drained(waiting())
    assert outbox.excluded_paths() == ()


def test_rows_go_with_a_transaction_that_fails() -> None:
    record = RecordFactory.create()
    before = waiting()
    with pytest.raises(RuntimeError), transaction.atomic():
        records.edit(record, {"title": "新"}, None)
        raise RuntimeError
    assert waiting() == before
