"""The log of changes: what was there before, what came, from whom, in which batch."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import records
from archive.errors import InvalidValue, UnknownField
from archive.models import Batch, Change, OutboxRow, Record
from tests.factories import RecordFactory, UserFactory

pytestmark = pytest.mark.django_db


def last(record: Record) -> Change:
    return Change.objects.filter(record=record).latest("pk")


def test_a_creation_is_logged_with_its_person() -> None:
    person = UserFactory.create()
    record = records.create(
        None, by=person, level="fonds", reference_code="Z1", title="甲"
    )
    change = last(record)
    assert (change.action, change.by_id) == ("create", person.pk)
    assert change.after == {"reference_code": "Z1"}


def test_an_edit_logs_the_fields_that_differ_and_no_others() -> None:
    record = RecordFactory.create(title="甲", note="附注", tags=["调解"])
    records.edit(
        record, {"title": "乙", "note": "附注", "tags": ["自治", "调解"]}, None
    )
    change = last(record)
    assert change.before == {"title": "甲", "tags": ["调解"]}
    assert change.after == {"title": "乙", "tags": ["自治", "调解"]}


def test_what_was_before_can_be_given_back() -> None:
    record = RecordFactory.create(title="甲", date_original="1963", tags=["调解"])
    records.edit(
        record, {"title": "乙", "date_original": "民国三十七年", "tags": []}, None
    )
    records.edit(record, last(record).before, None)
    record = Record.objects.get(pk=record.pk)
    assert (record.title, record.date_original, record.date_edtf) == (
        "甲",
        "1963",
        "1963",
    )
    assert str(record.date_min) == "1963-01-01"
    assert list(record.tags.names()) == ["调解"]


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    record = RecordFactory.create(title="甲", tags=["调解"])
    OutboxRow.objects.all().delete()
    before = Change.objects.count()
    assert records.edit_many([(record, {"title": "甲", "tags": ["调解"]})], None) == 0
    assert Change.objects.count() == before
    assert not OutboxRow.objects.exists()
    assert Record.objects.get(pk=record.pk).version == record.version


def test_the_value_before_is_the_stored_one_not_what_a_form_held() -> None:
    record = RecordFactory.create(title="甲")
    stale = Record.objects.get(pk=record.pk)
    records.edit(record, {"title": "乙"}, None)
    records.edit(stale, {"title": "丙"}, None)
    assert last(record).before == {"title": "乙"}
    assert stale.version == Record.objects.get(pk=record.pk).version


def test_many_edits_belong_to_their_batch_and_all_fail_together() -> None:
    pair = RecordFactory.create_batch(2, title="甲")
    batch = Batch.objects.create(kind=Batch.Kind.EDIT, label="改题名")
    records.edit_many([(one, {"title": "乙"}) for one in pair], None, batch)
    assert set(batch.changes.values_list("record_id", flat=True)) == {
        one.pk for one in pair
    }
    with pytest.raises(InvalidValue):
        records.edit_many([(pair[0], {"title": "丙"}), (pair[1], {"level": "?"})], None)
    with pytest.raises(UnknownField):
        records.edit_many([(pair[0], {"open_status": "open"})], None)
    assert Record.objects.get(pk=pair[0].pk).title == "乙"


def test_the_same_edit_of_many_costs_few_queries() -> None:
    several = RecordFactory.create_batch(40)
    with CaptureQueriesContext(connection) as captured:
        records.edit_many(
            [(one, {"genre": "通知", "tags": ["新"]}) for one in several], None
        )
    assert len(captured) < 30


def test_codes_and_places_are_logged() -> None:
    above = RecordFactory.create(level="fonds")
    record = RecordFactory.create(reference_code="Z-1")
    records.set_reference_code(record, "Z-2")
    assert last(record).before == {"reference_code": "Z-1"}
    records.move(record, above)
    assert (last(record).before, last(record).after) == (
        {"parent": None},
        {"parent": above.pk},
    )


def test_a_deleted_record_is_remembered_as_it_was() -> None:
    person = UserFactory.create()
    record = RecordFactory.create(reference_code="Z-1", title="甲", tags=["调解"])
    pk = record.pk
    records.delete(record, person)
    change = Change.objects.get(record_id=pk, action="delete")
    assert change.by_id == person.pk
    assert change.before["title"] == "甲"
    assert change.before["tags"] == ["调解"]
    assert "note" not in change.before
