"""Opening takes two people, leaves a trace, and reaches the whole subtree."""

import random
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from archive import access, decisions, openness, outbox, records
from archive.errors import (
    AlreadyDecided,
    ClassifiedRefused,
    DecisionOutdated,
    InvalidGrant,
    InvalidValue,
    LogIsAppendOnly,
    OpeningRefused,
    ReasonMissing,
    SamePerson,
    UnknownField,
)
from archive.models import OpennessDecision, Record
from archive.openness import Audience
from archive.seen import access_of
from archive.vocabulary import Clearance, Disclosure, OpenStatus, Secrecy
from tests.factories import (
    CATALOGUE_ONLY,
    PUBLIC,
    READING_ROOM,
    RecordFactory,
    UserFactory,
    decide,
    open_record,
    published,
)

pytestmark = pytest.mark.django_db


def test_a_proposal_changes_nothing_until_another_person_approves() -> None:
    (record,) = published([RecordFactory.create()])
    first, second = UserFactory.create_batch(2)
    (proposal,) = decisions.propose([record], PUBLIC, "依据一", first)
    record.refresh_from_db()
    assert record.open_status == "unreviewed"
    with pytest.raises(SamePerson):
        decisions.approve([proposal], first)
    with pytest.raises(PermissionError):
        decisions.refuse([proposal], first)
    decisions.approve([proposal], second)
    record.refresh_from_db()
    assert (record.open_status, record.public_access) == ("open", 2)
    row = OpennessDecision.objects.get()
    assert row.values_before["open_status"] == "unreviewed"
    assert (row.outcome, row.decided_by, row.proposed_by) == ("approved", second, first)


def test_a_refused_proposal_changes_nothing_and_is_closed() -> None:
    record = RecordFactory.create()
    (proposal,) = decisions.propose([record], PUBLIC, "依据", UserFactory.create())
    decisions.refuse([proposal], UserFactory.create())
    record.refresh_from_db()
    assert record.open_status == "unreviewed"
    with pytest.raises(AlreadyDecided):
        decisions.approve([proposal], UserFactory.create())


def test_a_proposal_is_approved_once() -> None:
    chosen = published([RecordFactory.create()])
    (proposal,) = decisions.propose(chosen, PUBLIC, "依据", UserFactory.create())
    decisions.approve([proposal], UserFactory.create())
    with pytest.raises(AlreadyDecided):
        decisions.approve([proposal], UserFactory.create())


def test_all_proposals_are_approved_or_none() -> None:
    first, second = UserFactory.create_batch(2)
    one, two = RecordFactory.create_batch(2)
    (by_first,) = decisions.propose([one], PUBLIC, "依据", first)
    (by_second,) = decisions.propose([two], PUBLIC, "依据", second)
    with pytest.raises(SamePerson):
        decisions.approve([by_first, by_second], second)
    one.refresh_from_db()
    assert one.open_status == "unreviewed"
    assert OpennessDecision.objects.filter(outcome="proposed").count() == 2


def test_a_proposal_made_on_other_values_must_be_made_again() -> None:
    (record,) = published([RecordFactory.create()])
    stale, fresh = (
        decisions.propose([record], PUBLIC, "依据", UserFactory.create())[0]
        for _ in range(2)
    )
    decisions.approve([fresh], UserFactory.create())
    with pytest.raises(DecisionOutdated):
        decisions.approve([stale], UserFactory.create())


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"secrecy": "秘密"}, ClassifiedRefused),
        ({"secrecy": "机密"}, ClassifiedRefused),
        ({"secrecy": "绝密"}, ClassifiedRefused),
        ({"open_status": "maybe"}, InvalidValue),
        ({"catalogue_approved": "yes"}, InvalidValue),
        ({"title": "新"}, UnknownField),
        ({"public_access": 2}, UnknownField),
    ],
)
def test_values_that_openness_does_not_know_are_refused(
    values: dict[str, str | bool], error: type[Exception]
) -> None:
    with pytest.raises(error):
        decisions.propose(
            [RecordFactory.create()], values, "依据", UserFactory.create()
        )
    assert not OpennessDecision.objects.exists()


def test_a_proposal_needs_a_reason() -> None:
    with pytest.raises(ReasonMissing):
        decisions.propose([RecordFactory.create()], PUBLIC, " ", UserFactory.create())


def test_the_log_cannot_be_rewritten() -> None:
    open_record(RecordFactory.create())
    row = OpennessDecision.objects.get()
    row.reason = "改"
    for rewrite in (
        row.save,
        row.delete,
        OpennessDecision.objects.all().delete,
        lambda: OpennessDecision.objects.update(reason="改"),
    ):
        with pytest.raises(LogIsAppendOnly):
            rewrite()
    assert OpennessDecision.objects.get().reason == "测试"


def test_the_log_outlives_its_record() -> None:
    record = open_record(RecordFactory.create(reference_code="A-1"))
    records.delete(record)
    assert str(OpennessDecision.objects.get()) == "A-1 已审定"


def test_a_parent_opened_later_opens_its_children_as_far_as_they_are_open() -> None:
    fonds = RecordFactory.create(level="fonds")
    open_child, closed_child = RecordFactory.create_batch(2, parent=fonds)
    open_record(open_child)
    open_child.refresh_from_db()
    assert open_child.public_access == 0
    open_record(fonds)
    open_child.refresh_from_db()
    closed_child.refresh_from_db()
    assert open_child.public_access == 2
    assert closed_child.public_access == 0


def test_closing_hides_the_subtree_from_queries_at_once_and_opening_does_not() -> None:
    fonds = open_record(RecordFactory.create(level="fonds"))
    child = open_record(RecordFactory.create(parent=fonds))
    assert outbox.excluded_paths() == ()
    version = child.version
    open_record(fonds, **CATALOGUE_ONLY)
    assert outbox.excluded_paths() == (fonds.path,)
    child.refresh_from_db()
    assert child.version > version
    assert (child.public_access, child.reading_room_access) == (1, 1)


def test_many_records_are_decided_on_in_few_short_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    volumes = [open_record(RecordFactory.create(level="fonds")) for _ in range(3)]
    items = [
        item
        for volume in volumes
        for item in records.create_many(
            volume,
            [
                {"level": "item", "title": "件", "reference_code": f"{volume.pk}-{n}"}
                for n in range(200)
            ],
        )
    ]
    published(items)
    first, second = UserFactory.create_batch(2)
    for values in (PUBLIC, {"open_status": "controlled"}):
        proposals = decisions.propose(items, values, "依据", first)
        with django_assert_max_num_queries(40) as queries:
            decisions.approve(proposals, second)
        updates = [q["sql"] for q in queries if q["sql"].startswith("UPDATE")]
        assert not any(" CASE " in sql for sql in updates), "a value for each record"
        assert not any(" LIKE " in q["sql"] for q in queries), "a scan of the table"
    assert len(outbox.excluded_paths()) == len(items)
    assert list(access.mismatches()) == []


def test_of_two_decisions_on_one_record_the_later_holds() -> None:
    record, other = RecordFactory.create_batch(2)
    first, second = UserFactory.create_batch(2)
    proposals = [
        *decisions.propose([record, other], {"open_status": "open"}, "依据", first),
        *decisions.propose([record], {"secrecy": "public"}, "依据", first),
    ]
    decisions.approve(proposals, second)
    record.refresh_from_db()
    other.refresh_from_db()
    assert (record.open_status, record.secrecy) == ("open", "public")
    assert (other.open_status, other.secrecy) == ("open", "internal")


def is_as_the_predicate_says(record: Record) -> bool:
    ancestors = Record.objects.filter(pk__in=record.ancestor_ids)
    return access_of(record) == openness.access(record, ancestors)


def test_stored_access_is_the_predicate_s_whatever_is_decided_and_moved() -> None:
    chance = random.Random(20)
    tree = [RecordFactory.create(level="fonds")]
    for _ in range(11):
        tree.append(RecordFactory.create(parent=chance.choice(tree)))
    choices: dict[str, list[str | bool]] = {
        "open_status": [*OpenStatus.values, "open", "open", "open"],
        "secrecy": [Secrecy.PUBLIC.value],
        "disclosure_status": [*Disclosure.values],
        "publication_right": [*Clearance.values, "cleared", "cleared"],
        "personal_information": [*Clearance.values, "cleared", "cleared"],
        "copyright_status": [*Clearance.values, "cleared", "cleared"],
        "catalogue_approved": [True, False],
    }
    tables: set[tuple[int, int]] = set()
    for _ in range(25):
        some = chance.sample(tree, 3)
        decide(some, {name: chance.choice(values) for name, values in choices.items()})
        record, parent = chance.sample(tree, 2)
        parent.refresh_from_db()
        record.refresh_from_db()
        if not parent.path.startswith(record.path):
            with suppress(OpeningRefused):
                records.move(record, parent)
        assert list(access.mismatches()) == []
        assert all(map(is_as_the_predicate_says, Record.objects.all()))
        tables.update(
            Record.objects.values_list("public_access", "reading_room_access")
        )
    assert len(tables) >= 4


def test_a_false_stored_access_is_found() -> None:
    record = RecordFactory.create()
    Record.objects.filter(pk=record.pk).update(public_access=2)
    with CaptureQueriesContext(connection) as queries:
        (mismatch,) = access.mismatches()
    assert not any("scope_content" in q["sql"] for q in queries), "all of each record"
    assert (mismatch.record_id, mismatch.stored.public) == (record.pk, 2)
    assert mismatch.expected.public == 0


def test_a_grant_lifts_a_reader_until_a_date() -> None:
    record = open_record(RecordFactory.create(), **READING_ROOM)
    reader, staff = UserFactory.create_batch(2)
    until = timezone.localdate() + timedelta(days=30)
    made = decisions.grant(record, reader, Audience.READING_ROOM, until, staff)
    assert (made.reader, made.granted_by, made.until) == (reader, staff, until)


def test_a_grant_that_lifts_nobody_is_refused() -> None:
    record, reader, staff = (
        RecordFactory.create(),
        UserFactory.create(),
        UserFactory.create(),
    )
    today = timezone.localdate()
    wrong: list[tuple[Audience, date, object]] = [
        (Audience.PUBLIC, today, staff),
        (Audience.STAFF, today - timedelta(days=1), staff),
        (Audience.STAFF, today, reader),
    ]
    for audience, until, by in wrong:
        with pytest.raises(InvalidGrant):
            decisions.grant(record, reader, audience, until, by)  # type: ignore[arg-type]
