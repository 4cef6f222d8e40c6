"""Tags renamed, merged, promoted: every bearer follows, and it can all be undone."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from archive import batches, records, tagging, workflow
from archive.errors import InvalidValue, ValueTooLong
from archive.models import Batch, Change, OutboxRow, Record, Subject, TaggedRecord
from archive.subjects import found
from archive.subjects.errors import LabelTaken
from archive.tagging import SubjectsTooLong, TagUnchanged
from cms.models import User
from tests.factories import RecordFactory, UserFactory, published, subject

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def by() -> User:
    return UserFactory.create()


def tagged(*names: str, **fields: object) -> Record:
    return RecordFactory.create(tags=list(names), **fields)


def tags(record: Record) -> list[str]:
    return sorted(Record.objects.get(pk=record.pk).tags.names())


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def subjects(record: Record) -> str:
    return Record.objects.get(pk=record.pk).subjects


def test_a_rename_reaches_every_bearer_and_is_undone_as_one_batch(by: User) -> None:
    first, second, other = tagged("旧名", "别的"), tagged("旧名"), tagged("别的")
    OutboxRow.objects.all().delete()

    batch = tagging.merge([tag("旧名")], "新名", by)

    assert batch is not None
    assert tags(first) == ["别的", "新名"]
    assert tags(second) == ["新名"]
    assert not Tag.objects.filter(name="旧名").exists()
    assert set(OutboxRow.objects.values_list("source_id", flat=True)) == {
        first.pk,
        second.pk,
    }
    change = Change.objects.get(record=second, batch=batch)
    assert (change.before, change.after) == ({"tags": ["旧名"]}, {"tags": ["新名"]})
    assert change.by == by

    batches.undo(batch, by)
    assert tags(first) == ["别的", "旧名"]
    assert tags(other) == ["别的"]


def test_a_merge_leaves_no_tag_twice(by: User) -> None:
    both, one = tagged("调解", "矛盾调解", "人民调解"), tagged("人民调解")
    effect = tagging.effect_of_merge(
        [tag("矛盾调解"), tag("人民调解"), tag("调解")], "调解"
    )
    assert (effect.records, effect.already) == (2, 1)
    assert set(effect.first) == {both, one}

    tagging.merge([tag("矛盾调解"), tag("人民调解"), tag("调解")], "调解", by)

    assert tags(both) == tags(one) == ["调解"]
    assert TaggedRecord.objects.count() == 2


def test_a_tag_that_nobody_bears_is_renamed_without_a_batch(by: User) -> None:
    Tag.objects.create(name="空")

    assert tagging.merge([tag("空")], "也空", by) is None
    assert Tag.objects.get().name == "也空"
    assert not Batch.objects.exists()


def test_a_name_that_cannot_be_is_refused_and_nothing_changes(by: User) -> None:
    record = tagged("甲")
    for name, error in (
        ("甲", TagUnchanged),
        (" ", InvalidValue),
        ("长" * 101, ValueTooLong),
    ):
        with pytest.raises(error):
            tagging.merge([tag("甲")], name, by)
    assert tags(record) == ["甲"]
    assert not Batch.objects.exists()


def test_a_change_that_waits_for_publication_does_not_bring_the_old_name_back(
    by: User,
) -> None:
    record = tagged("旧名")
    published([record])
    workflow.edit(record, {"tags": ["旧名", "加的"], "subjects": "甲"}, by)
    assert tags(record) == ["旧名"]

    tagging.merge([tag("旧名")], "新名", by)
    record.review.refresh_from_db()
    assert record.review.values["tags"] == ["加的", "新名"]

    tagging.promote(tag("新名"), None, by, take_off=True)
    record.review.refresh_from_db()
    assert record.review.values["tags"] == ["加的"]
    assert record.review.values["subjects"] == "甲；新名"


def test_a_tag_becomes_a_new_subject_of_all_its_bearers(by: User) -> None:
    plain, worded = tagged("村口议事"), tagged("村口议事", subjects="原有词; 别的词")
    OutboxRow.objects.all().delete()

    made, batch = tagging.promote(tag("村口议事"), None, by)

    assert made.status == Subject.Status.CANDIDATE
    assert subjects(plain) == "村口议事"
    assert subjects(worded) == "原有词; 别的词；村口议事"
    assert tags(plain) == ["村口议事"]
    assert set(found.bearers(made)) == {plain, worded}
    assert batch is not None

    batches.undo(batch, by)
    assert (subjects(plain), subjects(worded)) == ("", "原有词; 别的词")
    assert not found.bearers(made).exists()


def test_a_tag_leads_to_an_existing_subject_and_is_taken_off(by: User) -> None:
    law = subject("依法调解")
    first = tagged("按法办", "别的")
    has = tagged("按法办", subjects="依法調解")
    assert tagging.effect_of_promotion(tag("按法办"), law).already == 1

    tagging.promote(tag("按法办"), law, by, take_off=True)

    assert subjects(first) == "依法调解"
    assert subjects(has) == "依法調解"
    assert tags(first) == ["别的"]
    assert tags(has) == []
    assert not Tag.objects.filter(name="按法办").exists()
    assert found.read("按法办")[0].number == law.number


def test_a_name_of_another_subject_is_not_promoted(by: User) -> None:
    subject("甲词", alternatives=["乙词"])
    record = tagged("乙词")

    with pytest.raises(LabelTaken):
        tagging.promote(tag("乙词"), None, by)
    assert subjects(record) == ""
    assert not Batch.objects.exists()


def test_where_there_is_no_room_for_the_subject_nothing_is_done(by: User) -> None:
    full = tagged("甲", subjects="词" * 499)
    other = tagged("甲")

    with pytest.raises(SubjectsTooLong, match=full.reference_code):
        tagging.promote(tag("甲"), None, by)
    assert subjects(other) == ""
    assert not Subject.objects.filter(label="甲").exists()


def test_a_deleted_tag_comes_back_when_the_batch_is_undone(by: User) -> None:
    record = tagged("甲", "乙")

    batch = tagging.delete(tag("甲"), by)

    assert tags(record) == ["乙"]
    assert batch is not None
    batches.undo(batch, by)
    assert tags(record) == ["乙", "甲"]


def test_bearers_are_never_held_all_at_once(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the chunks in which they reach the service: as many as there are more of."""
    sizes: list[int] = []
    real = records.edit_many

    def watched(edits: Iterable[Any], *rest: Any) -> int:
        held = list(edits)
        sizes.append(len(held))
        return real(held, *rest)

    monkeypatch.setattr(records, "edit_many", watched)
    old = Tag.objects.create(name="多")
    rows = records.create_many(
        None,
        [
            {"reference_code": f"M{index:04d}", "level": "fonds", "title": "多"}
            for index in range(1200)
        ],
    )
    TaggedRecord.objects.bulk_create(
        TaggedRecord(tag=old, content_object=row) for row in rows
    )

    batch = tagging.merge([old], "少", by)

    assert sizes == [500, 500, 200]
    assert batch is not None
    assert batch.changes.count() == 1200
    assert TaggedRecord.objects.filter(tag__name="少").count() == 1200


def test_tags_are_suggested_in_either_script_and_by_initials() -> None:
    tagged("矛盾纠纷", "會議記錄")

    for typed, name in (
        ("纠纷", "矛盾纠纷"),
        ("糾紛", "矛盾纠纷"),
        ("mdj", "矛盾纠纷"),
        ("会议", "會議記錄"),
        ("hyjl", "會議記錄"),
    ):
        assert [one.label for one in tagging.suggest(typed)] == [name]
    assert tagging.suggest("") == []


def test_suggestions_of_tags_cost_one_query_however_many_there_are() -> None:
    for count in (3, 300):
        for index in range(count):
            Tag.objects.get_or_create(name=f"标签{index}", slug=f"t{index}")
        with CaptureQueriesContext(connection) as captured:
            offered = tagging.suggest("标签")
        assert len(captured) == 1
        assert len(offered) == min(count, 20)


def test_the_command_merges_what_a_request_is_too_short_for(by: User) -> None:
    record = tagged("甲", "乙")
    for arguments in (["丙"], ["甲"]):
        with pytest.raises(CommandError):
            call_command("tags", *arguments, into="甲")
    call_command("tags", "甲", "乙", into="丁", dry_run=True)
    assert tags(record) == ["乙", "甲"]

    call_command("tags", "甲", "乙", into="丁")

    assert tags(record) == ["丁"]
    batches.undo(Batch.objects.get(), by)
    assert tags(record) == ["乙", "甲"]


def test_a_text_that_waits_for_review_is_never_cut_to_make_room() -> None:
    record = RecordFactory.create(
        tags=["甲标签"],
        title="纪要",
        date_original="1963",
        creators="甲村",
        retention_code="永久",
    )
    published([record])
    waiting = "字" * 490 + "；末词"
    workflow.edit(record, {"subjects": waiting}, UserFactory.create())
    label = "甲标签" * 5
    concept = subject(label)
    with pytest.raises(SubjectsTooLong, match=record.reference_code):
        tagging.promote(tag("甲标签"), concept, None)
    assert workflow.pending(record) == {"subjects": waiting}
    assert Record.objects.get(pk=record.pk).subjects == ""
