"""Draft, review, published: by different people, and complete."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.db import connection, transaction

from archive import decisions, records, unfinished, workflow
from archive.errors import (
    IncompleteDescription,
    NothingToReview,
    NothingToSubmit,
    NotPublished,
    OwnDescription,
    ReasonMissing,
    RequiredEmptied,
)
from archive.models import Batch, Change, Record, Review
from cms.models import User
from tests.factories import PUBLIC, RecordFactory, UserFactory, decide

pytestmark = pytest.mark.django_db

WHOLE: dict[str, Any] = {
    "title": "调解纪要",
    "date_original": "1963",
    "creators": "样本单位",
    "retention_code": "永久",
}


@pytest.fixture
def author(db: None) -> User:
    return UserFactory.create(username="author")


@pytest.fixture
def reviewer(db: None) -> User:
    return UserFactory.create(username="reviewer")


@pytest.fixture
def draft(author: User) -> Record:
    return records.create(None, by=author, level="file", reference_code="Z-1", **WHOLE)


@pytest.fixture
def published(draft: Record, author: User, reviewer: User) -> Record:
    workflow.submit([draft], author)
    workflow.publish([draft], reviewer)
    return fresh(draft)


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def actions(record: Record) -> list[str]:
    log = Change.objects.filter(record=record).order_by("pk")
    return list(log.values_list("action", flat=True))


def test_a_description_is_submitted_and_published_by_another(
    draft: Record, author: User, reviewer: User
) -> None:
    assert draft.description_status == "draft"
    workflow.submit([draft], author)
    assert fresh(draft).description_status == "review"
    assert list(workflow.waiting()) == [draft]
    workflow.publish([draft], reviewer)
    assert fresh(draft).description_status == "published"
    assert actions(draft) == ["create", "submit", "publish"]
    assert not Review.objects.exists()


def test_who_wrote_or_submitted_it_does_not_publish_it(
    draft: Record, author: User, reviewer: User
) -> None:
    workflow.submit([draft], reviewer)
    for person in (author, reviewer):
        with pytest.raises(OwnDescription, match="Z-1"):
            workflow.publish([draft], person)
    workflow.edit(draft, {"note": "改"}, reviewer)
    workflow.submit([draft], author)
    with pytest.raises(OwnDescription):
        workflow.publish([draft], reviewer)
    assert fresh(draft).description_status == "review"


def test_who_wrote_it_does_not_publish_it_because_another_added_to_it(
    draft: Record, author: User, reviewer: User
) -> None:
    workflow.edit(draft, {"note": "改"}, reviewer)
    workflow.submit([draft], reviewer)
    for person in (author, reviewer):
        with pytest.raises(OwnDescription, match="Z-1"):
            workflow.publish([draft], person)
    workflow.publish([draft], UserFactory.create())


def test_who_proposed_a_change_does_not_publish_it_because_another_added_to_it(
    published: Record, author: User, reviewer: User
) -> None:
    workflow.edit(published, {"title": "新题名"}, reviewer)
    workflow.edit(published, {"note": "附注"}, author)
    workflow.submit([published], author)
    with pytest.raises(OwnDescription):
        workflow.publish([published], reviewer)
    workflow.publish([published], UserFactory.create())
    assert fresh(published).title == "新题名"


def test_who_wrote_what_was_published_before_may_publish_anothers_change(
    published: Record, author: User, reviewer: User
) -> None:
    workflow.edit(published, {"title": "放弃的题名"}, author)
    workflow.discard(published, author)
    workflow.edit(published, {"note": "附注"}, reviewer)
    workflow.submit([published], reviewer)
    workflow.publish([published], author)
    assert fresh(published).note == "附注"


def test_what_is_required_and_missing_is_named_and_nothing_is_published(
    draft: Record, author: User, reviewer: User
) -> None:
    bare = records.create(None, level="file", reference_code="Z-2", title="甲")
    workflow.submit([draft, bare], author)
    with pytest.raises(IncompleteDescription, match="日期、责任者、保管期限"):
        workflow.publish([draft, bare], reviewer)
    assert fresh(draft).description_status == "review"


def test_it_comes_back_with_a_reason(
    draft: Record, author: User, reviewer: User
) -> None:
    workflow.submit([draft], author)
    with pytest.raises(ReasonMissing):
        workflow.send_back([draft], reviewer, "  ")
    workflow.send_back([draft], reviewer, "日期与落款不符")
    assert fresh(draft).description_status == "draft"
    assert Review.objects.get().comment == "日期与落款不符"
    assert list(unfinished.of_author(author)) == [draft]
    with pytest.raises(NothingToReview):
        workflow.publish([draft], reviewer)
    workflow.submit([draft], author)
    assert Review.objects.get().comment == ""


def test_editing_what_was_submitted_takes_it_back(
    draft: Record, author: User, reviewer: User
) -> None:
    workflow.submit([draft], author)
    workflow.edit(draft, {"title": "改"}, author)
    assert (fresh(draft).title, fresh(draft).description_status) == ("改", "draft")
    with pytest.raises(NothingToReview):
        workflow.publish([draft], reviewer)


def test_changes_to_what_is_published_wait_for_another_person(
    published: Record, author: User, reviewer: User
) -> None:
    workflow.edit(published, {"title": "新题名", "tags": ["调解"]}, author)
    assert fresh(published).title == "调解纪要"
    assert workflow.pending(published) == {"title": "新题名", "tags": ["调解"]}
    assert list(unfinished.of_author(author)) == [published]

    workflow.submit([published], author)
    with pytest.raises(OwnDescription):
        workflow.publish([published], author)
    workflow.publish([published], reviewer)

    now = fresh(published)
    assert (now.title, list(now.tags.names())) == ("新题名", ["调解"])
    edited = Change.objects.get(record=published, action="edit")
    assert (edited.by_id, edited.before["title"]) == (author.pk, "调解纪要")
    assert Change.objects.filter(record=published).latest("pk").by_id == reviewer.pk


def test_a_change_taken_back_waits_no_longer(published: Record, author: User) -> None:
    workflow.edit(published, {"title": "新"}, author)
    workflow.edit(published, {"title": "调解纪要"}, author)
    assert not Review.objects.exists()
    with pytest.raises(NothingToSubmit):
        workflow.submit([published], author)


def test_waiting_changes_can_be_dropped(published: Record, author: User) -> None:
    workflow.edit(published, {"title": "新"}, author)
    workflow.discard(published, author)
    dropped = Change.objects.filter(record=published).latest("pk")
    assert (dropped.by_id, dropped.action) == (author.pk, "propose")
    assert (dropped.before, dropped.after) == (
        {"title": "新"},
        {"title": WHOLE["title"]},
    )
    assert workflow.pending(published) == {}


def test_waiting_changes_that_empty_what_is_required_are_not_published(
    published: Record, author: User, reviewer: User
) -> None:
    workflow.edit(published, {"creators": ""}, author)
    workflow.submit([published], author)
    with pytest.raises(IncompleteDescription, match="责任者"):
        workflow.publish([published], reviewer)


@pytest.mark.parametrize("name", ["creators", "date_original", "retention_code"])
def test_no_service_empties_what_is_required_and_published(
    published: Record, name: str
) -> None:
    with pytest.raises(RequiredEmptied, match="Z-1"):
        records.edit(published, {name: ""}, None)
    records.edit(published, {"note": "不是必备项"}, None)
    records.edit(published, {"note": ""}, None)


def test_a_batch_changes_drafts_and_lays_the_rest_by(
    published: Record, author: User
) -> None:
    other = RecordFactory.create(note="旧")
    batch = Batch.objects.create(kind=Batch.Kind.EDIT, label="批")
    edits = [(one, {"note": "新"}) for one in (published, other)]
    assert workflow.edit_many(edits, author, batch) == 2
    assert (fresh(published).note, fresh(other).note) == ("", "新")
    assert workflow.pending(published) == {"note": "新"}
    assert dict(batch.changes.values_list("record_id", "action")) == {
        published.pk: Change.Action.PROPOSE,
        other.pk: Change.Action.EDIT,
    }


def test_nothing_is_opened_before_its_description_is_published(
    draft: Record, author: User, reviewer: User
) -> None:
    opening = decisions.propose([draft], PUBLIC, "依据", author)
    with pytest.raises(NotPublished, match="Z-1"):
        decisions.approve(opening, reviewer)
    assert fresh(draft).open_status == "unreviewed"
    only_entry = {**PUBLIC, "open_status": "controlled", "catalogue_approved": True}
    entry = decisions.propose([draft], only_entry, "依据", author)
    with pytest.raises(NotPublished):
        decisions.approve(entry, reviewer)

    workflow.submit([draft], author)
    workflow.publish([draft], reviewer)
    decisions.approve(opening, reviewer)
    assert fresh(draft).public_access == 2


def test_closing_asks_for_no_description() -> None:
    record = RecordFactory.create()
    decide([record], PUBLIC)
    Record.objects.filter(pk=record.pk).update(description_status="draft")
    closing = decisions.propose(
        [record], {"open_status": "controlled"}, "依据", UserFactory.create()
    )
    decisions.approve(closing, UserFactory.create())
    assert fresh(record).public_access == 0


def test_an_edit_that_changes_nothing_leaves_what_waits_with_the_reviewer(
    published: Record, author: User
) -> None:
    workflow.edit(published, {"note": "改"}, author)
    workflow.submit([published], author)
    other = UserFactory.create()

    same = {"note": "改", "title": published.title, "tags": []}
    assert workflow.edit_many([(published, same)], other) == 0

    review = Review.objects.get(record=published)
    assert review.author == author
    assert review.submitted_at is not None


def test_a_date_given_by_hand_survives_the_publishing_of_its_text(
    published: Record, author: User, reviewer: User
) -> None:
    """The text changes, the day that a person found for it does not."""
    by_hand = {"date_original": "1963年春节", "date_edtf": "1963-01-25"}
    records.edit(published, by_hand, author)
    again = {**by_hand, "date_original": "一九六三年春节"}
    workflow.edit(published, again, author)
    workflow.submit([published], author)
    workflow.publish([published], reviewer)
    now = fresh(published)
    assert (now.date_original, now.date_edtf) == ("一九六三年春节", "1963-01-25")
    assert str(now.date_min) == "1963-01-25"


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_what_is_published_while_it_is_edited_is_not_changed_unreviewed() -> None:
    author, reviewer = UserFactory.create_batch(2)
    draft = records.create(None, by=author, level="file", reference_code="Z-1", **WHOLE)
    workflow.submit([draft], author)

    def edit() -> None:
        try:
            workflow.edit(draft, {"title": "未经审核"}, author)
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            workflow.publish([draft], reviewer)
            other = pool.submit(edit)
            wait([other], timeout=1)  # it waits for the record
        other.result(timeout=30)
    assert fresh(draft).title == WHOLE["title"]
    assert workflow.pending(draft) == {"title": "未经审核"}


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_people_who_change_the_same_published_record_both_wait() -> None:
    author, reviewer = UserFactory.create_batch(2)
    draft = records.create(None, by=author, level="file", reference_code="Z-1", **WHOLE)
    workflow.submit([draft], author)
    workflow.publish([draft], reviewer)
    start = threading.Barrier(4)

    def edit(name: str) -> None:
        try:
            start.wait(timeout=30)
            workflow.edit(draft, {name: "改动"}, author)
        finally:
            connection.close()

    names = ("title", "note", "scope_content", "extent_medium")
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(edit, name) for name in names]:
            done.result(timeout=60)
    assert workflow.pending(draft) == dict.fromkeys(names, "改动")
