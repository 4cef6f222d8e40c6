"""Undoing a batch: what is put back, what is lost, what stays."""

from pathlib import Path

import pytest
from taggit.models import Tag

from archive import batches, records, tagging, tree, workflow
from archive.bulkedit import Action, Operation, apply
from archive.errors import OwnDescription, PagesWouldOpen
from archive.importing import Source, import_table
from archive.models import (
    Batch,
    Change,
    FormerReferenceCode,
    OutboxRow,
    Record,
    Tombstone,
)
from archive.readers import ANONYMOUS
from archive.seen import count_pages
from tests.factories import (
    PUBLIC,
    FolioFactory,
    RecordFactory,
    UserFactory,
    open_record,
    published,
)

pytestmark = pytest.mark.django_db


def imported(tmp_path: Path, text: str) -> Batch:
    table = tmp_path / "表.csv"
    table.write_text(text)
    report = import_table(Source(table, table.name))
    assert report.problems == []
    assert report.batch is not None
    return Batch.objects.get(pk=report.batch)


NEW = "档号,上级档号,著录层级,题名\nZ1,,全宗,甲\nZ1-1,Z1,案卷,乙\nZ1-1-1,Z1-1,件,丙\n"


def held(code: str) -> Record:
    return Record.objects.get(reference_code=code)


def test_an_undone_import_never_was_and_can_be_corrected(tmp_path: Path) -> None:
    person = UserFactory.create()
    batch = imported(tmp_path, NEW)
    ids = set(Record.objects.values_list("pk", flat=True))
    OutboxRow.objects.all().delete()
    done = batches.undo(batch, person)
    assert (done.removed, done.left) == (3, [])
    assert not Record.objects.exists()
    assert (batch.undone_by_id, batch.undone_at is not None) == (person.pk, True)
    deletions = Change.objects.filter(action="delete", by=person)
    assert {change.record_id for change in deletions} == ids
    assert set(OutboxRow.objects.values_list("source_id", flat=True)) == ids
    assert set(Tombstone.objects.values_list("record_id", flat=True)) == ids
    imported(tmp_path, NEW)
    assert Record.objects.count() == 3


def test_updates_are_put_back_and_newer_values_stay(tmp_path: Path) -> None:
    RecordFactory.create(reference_code="Z1", title="旧", note="旧", tags=["甲"])
    batch = imported(tmp_path, "档号,题名,附注,标签\nZ1,新,新,乙\n")
    records.edit(held("Z1"), {"note": "更新"}, None)
    assert [one.reference_code for one in batches.preview(batch).lost] == ["Z1"]
    with pytest.raises(batches.UndoRefused):
        batches.undo(batch, None)
    assert held("Z1").title == "新"
    done = batches.undo(batch, None, partial=True)
    record = held("Z1")
    assert (record.title, record.note, list(record.tags.names())) == (
        "旧",
        "更新",
        ["甲"],
    )
    assert (done.restored, len(done.left)) == (1, 1)


def test_newer_values_are_overwritten_only_when_asked(tmp_path: Path) -> None:
    RecordFactory.create(reference_code="Z1", title="旧")
    batch = imported(tmp_path, "档号,题名\nZ1,新\n")
    records.edit(held("Z1"), {"title": "更新"}, None)
    batches.undo(batch, None, overwrite=True)
    assert held("Z1").title == "旧"


def test_created_records_that_were_edited_since_need_a_word(tmp_path: Path) -> None:
    batch = imported(tmp_path, NEW)
    records.edit(held("Z1-1-1"), {"note": "后来的工作"}, None)
    with pytest.raises(batches.UndoRefused) as refused:
        batches.undo(batch, None)
    assert "Z1-1-1" in {one.reference_code for one in refused.value.findings}
    assert Record.objects.count() == 3
    batches.undo(batch, None, overwrite=True)
    assert not Record.objects.exists()


def test_what_holds_pages_or_others_children_stays_with_all_above(
    tmp_path: Path,
) -> None:
    batch = imported(tmp_path, NEW + "Z2,,全宗,丁\nZ3,,全宗,戊\n")
    FolioFactory.create(record=held("Z1-1-1"))
    RecordFactory.create(reference_code="X", parent=held("Z2"))
    found = batches.preview(batch)
    assert {one.reference_code for one in found.impossible} == {
        "Z1",
        "Z1-1",
        "Z1-1-1",
        "Z2",
    }
    with pytest.raises(batches.UndoRefused):
        batches.undo(batch, None, overwrite=True)
    done = batches.undo(batch, None, partial=True)
    assert done.removed == 1
    assert not Record.objects.filter(reference_code="Z3").exists()
    assert Record.objects.count() == 5


def test_an_open_record_stays(tmp_path: Path) -> None:
    batch = imported(tmp_path, "档号,著录层级,题名\nZ1,全宗,甲\n")
    open_record(held("Z1"), **PUBLIC)
    (finding,) = batches.preview(batch).impossible
    assert "开放" in finding.message
    assert batches.undo(batch, None, partial=True).removed == 0
    assert Record.objects.exists()


def test_moves_and_new_codes_are_undone_and_the_codes_are_free() -> None:
    old, new = RecordFactory.create(), RecordFactory.create()
    record = RecordFactory.create(reference_code="A", parent=old)
    batch = Batch.objects.create(kind="renumber", label="b")
    records.move(record, new, batch=batch)
    records.set_reference_code(record, "B", batch=batch)
    assert batches.undo(batch, None).restored == 1
    record = Record.objects.get(pk=record.pk)
    assert (record.reference_code, record.parent) == ("A", old)
    assert not FormerReferenceCode.objects.exists()
    RecordFactory.create(reference_code="B")


def test_a_batch_is_undone_once(tmp_path: Path) -> None:
    batch = imported(tmp_path, NEW)
    batches.undo(batch, None)
    with pytest.raises(batches.AlreadyUndone):
        batches.undo(batch, None)


def test_undoing_opens_no_page_that_a_new_item_withholds(tmp_path: Path) -> None:
    above = RecordFactory.create(reference_code="Z1")
    FolioFactory.create(record=above)
    FolioFactory.create(record=above)
    batch = imported(
        tmp_path,
        "档号,上级档号,著录层级,题名,起始页号,终止页号\nZ1-1,Z1,件,甲,2,2\n",
    )
    open_record(above)
    assert count_pages([above.pk], ANONYMOUS) == {above.pk: 1}
    for partial in (False, True):
        with pytest.raises(PagesWouldOpen):
            batches.undo(batch, UserFactory.create(), partial=partial)
    assert count_pages([above.pk], ANONYMOUS) == {above.pk: 1}
    batch.refresh_from_db()
    assert batch.undone_at is None


@pytest.fixture
def open_draft() -> Record:
    """Published, with one change of another person's waiting."""
    record = RecordFactory.create(
        reference_code="Z1",
        title="旧",
        tags=["甲"],
        date_original="1963",
        creators="甲村",
        retention_code="永久",
    )
    published([record])
    workflow.edit(record, {"note": "别人的改动"}, UserFactory.create())
    return record


TABLE = "档号,题名,标签\nZ1,新,乙\n"


def test_what_an_import_left_waiting_is_taken_back_with_it(
    tmp_path: Path, open_draft: Record
) -> None:
    batch = imported(tmp_path, TABLE)
    assert held("Z1").title == "旧"
    assert workflow.pending(open_draft) == {
        "title": "新",
        "tags": ["乙"],
        "note": "别人的改动",
    }
    (change,) = batch.changes.all()
    assert change.action == Change.Action.PROPOSE
    assert change.before == {"title": "旧", "tags": ["甲"]}

    done = batches.undo(batch, None)

    assert (done.restored, done.left) == (1, [])
    assert workflow.pending(open_draft) == {"note": "别人的改动"}


def test_what_was_published_since_is_put_back_by_two_people(
    tmp_path: Path, open_draft: Record
) -> None:
    author, reviewer = UserFactory.create_batch(2)
    batch = imported(tmp_path, TABLE)
    workflow.submit([open_draft], author)
    workflow.publish([open_draft], reviewer)
    assert held("Z1").title == "新"

    done = batches.undo(batch, author)

    assert (done.restored, done.waits) == (1, True)
    assert (held("Z1").title, held("Z1").note) == ("新", "别人的改动")
    assert workflow.pending(open_draft) == {"title": "旧"}
    workflow.submit([open_draft], author)
    with pytest.raises(OwnDescription):
        workflow.publish([open_draft], author)
    workflow.publish([open_draft], reviewer)
    assert (held("Z1").title, list(held("Z1").tags.names())) == ("旧", ["甲"])


def test_undoing_what_was_done_to_a_draft_goes_round_no_reviewer_either() -> None:
    author = UserFactory.create()
    record = RecordFactory.create(title="旧", creators="甲村")
    operation = Operation("title", Action.SET, "新")
    batch = apply([record], operation, author, workflow.edit_many)
    assert batch is not None
    workflow.submit([record], author)
    published([record])

    batches.undo(batch, author)

    assert held(record.reference_code).title == "新"
    assert workflow.pending(record) == {"title": "旧"}


def test_what_another_person_made_of_it_meanwhile_is_lost_only_on_demand(
    tmp_path: Path, open_draft: Record
) -> None:
    batch = imported(tmp_path, TABLE)
    workflow.edit(open_draft, {"title": "更新"}, UserFactory.create())
    assert [one.reference_code for one in batches.preview(batch).lost] == ["Z1"]
    batches.undo(batch, None, overwrite=True)
    assert workflow.pending(open_draft) == {"note": "别人的改动"}


def test_a_dry_run_shows_what_would_wait(tmp_path: Path, open_draft: Record) -> None:
    table = tmp_path / "表.csv"
    table.write_text(TABLE)
    report = import_table(Source(table, table.name), dry_run=True)
    assert [one.after["title"] for one in report.previews] == ["新"]
    assert workflow.pending(open_draft) == {"note": "别人的改动"}


def test_a_date_that_a_person_chose_is_given_back_with_its_text(tmp_path: Path) -> None:
    """The import changed the text alone: what follows from it was so already."""
    RecordFactory.create(reference_code="Z1", date_original="1963年", date_edtf="1963~")
    batch = imported(tmp_path, "档号,日期\nZ1,1963年前后\n")
    batches.undo(batch, None)
    record = held("Z1")
    assert (record.date_original, record.date_edtf) == ("1963年", "1963~")
    assert record.date_display == "约1963年"


def test_a_moved_record_gets_its_place_among_its_siblings_back() -> None:
    above = RecordFactory.create(level="fonds")
    codes = [RecordFactory.create(parent=above).reference_code for _ in range(3)]
    elsewhere = RecordFactory.create(level="fonds")
    RecordFactory.create_batch(5, parent=elsewhere)
    batch = Batch.objects.create(kind=Batch.Kind.MOVE, label="移动")
    tree.move(held(codes[1]), elsewhere, None, recode=False, batch=batch)
    batches.undo(batch, None)
    children = Record.objects.filter(parent=above).order_by("position", "pk")
    assert list(children.values_list("reference_code", flat=True)) == codes


def test_what_was_published_is_put_back_beside_what_waits(open_draft: Record) -> None:
    """A merge of tags changes what is published; another set of tags waits."""
    person = UserFactory.create()
    workflow.edit(open_draft, {"tags": ["甲", "丙"]}, person)
    batch = tagging.merge([Tag.objects.get(name="甲")], "乙", person)
    assert batch is not None
    batches.undo(batch, None)
    assert list(open_draft.tags.names()) == ["甲"]
    assert workflow.pending(open_draft)["tags"] == ["丙", "乙"]


def test_a_proposal_that_the_batch_withdrew_waits_again_and_is_not_published(
    open_draft: Record,
) -> None:
    workflow.edit(open_draft, {"scope_content": "提议"}, UserFactory.create())
    batch = Batch.objects.create(kind=Batch.Kind.EDIT, label="清空")
    workflow.edit_many([(open_draft, {"scope_content": ""})], None, batch)
    assert "scope_content" not in workflow.pending(open_draft)
    batches.undo(batch, None)
    assert held("Z1").scope_content == ""
    assert workflow.pending(open_draft)["scope_content"] == "提议"
