"""Creating, describing, moving and deleting."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import access, outbox, records
from archive.errors import (
    ClassifiedRefused,
    CycleRefused,
    InvalidReferenceCode,
    InvalidValue,
    OpeningRefused,
    RecordNotEmpty,
    ReferenceCodeTaken,
    TreeTooDeep,
    UnknownField,
    ValueTooLong,
)
from archive.folios import NewFolio, add_folios
from archive.models import Folio, Job, OutboxRow, Record, Tombstone
from archive.seen import access_of
from tests.factories import (
    ARCHIVIST,
    PUBLIC,
    FolioFactory,
    RecordFactory,
    UserFactory,
    decide,
    open_record,
    open_with_ancestors,
    stored_image,
)

pytestmark = pytest.mark.django_db


def rows_for(record: Record) -> int:
    return OutboxRow.objects.filter(source_id=record.pk).count()


def test_a_new_record_lies_below_its_parent_and_is_told_to_the_outbox() -> None:
    fonds = RecordFactory.create(level="fonds")
    child = records.create(
        fonds,
        level="file",
        reference_code="Z1-WS•2011",
        title="甲",
        tags=["调解", "乡村"],
    )
    assert child.path == f"{fonds.pk}/{child.pk}/"
    assert child.ancestor_ids == [fonds.pk]
    assert child.reference_code == "Z1-WS·2011"
    assert sorted(tag.name for tag in child.tags.all()) == ["乡村", "调解"]
    assert rows_for(child) == 1
    stored = Record.objects.get(pk=child.pk)
    assert (stored.path, stored.parent_id) == (child.path, fonds.pk)
    assert (stored.open_status, stored.public_access) == ("unreviewed", 0)


def test_siblings_keep_their_order() -> None:
    fonds = RecordFactory.create(level="fonds")
    rows = [
        {"level": "file", "title": f"第 {n} 卷", "reference_code": f"Z-{n}"}
        for n in range(3)
    ]
    made = records.create_many(fonds, rows)
    last = records.create(fonds, level="file", title="末卷", reference_code="Z-9")
    assert [record.position for record in (*made, last)] == [0, 1, 2, 3]
    assert list(fonds.children.order_by("position")) == [*made, last]


def test_many_records_cost_few_queries() -> None:
    rows = [
        {"level": "item", "title": "件", "reference_code": f"N-{n}"} for n in range(500)
    ]
    with CaptureQueriesContext(connection) as captured:
        records.create_many(None, rows)
    # SQLite takes 999 values a statement, so an insert holds some 15 records.
    assert len(captured) < 60


def test_a_date_is_read_and_an_unreadable_one_stays_as_written() -> None:
    record = RecordFactory.create(date_original="19631120")
    assert (record.date_display, record.date_edtf) == ("1963年11月20日", "1963-11-20")
    assert record.date_min == record.date_max == date(1963, 11, 20)
    records.edit(record, {"date_original": "早年"}, UserFactory.create())
    record.refresh_from_db()
    assert (record.date_original, record.date_display) == ("早年", "")
    assert record.date_min is None


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"open_status": "open"}, UnknownField),
        ({"catalogue_approved": True}, UnknownField),
        ({"public_access": 2}, UnknownField),
        ({"nonsense": "x"}, UnknownField),
        ({"level": "box"}, InvalidValue),
        ({"title": ""}, InvalidValue),
        ({"note": "a\x00b"}, InvalidValue),
        ({"title": "长" * 501}, ValueTooLong),
        ({"secrecy": "机密"}, ClassifiedRefused),
        ({"secrecy": "whatever"}, InvalidValue),
        ({"reference_code": "a/b"}, InvalidReferenceCode),
    ],
)
def test_what_a_record_cannot_hold_is_refused(
    fields: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        RecordFactory.create(**fields)
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "name", ["secrecy", "disclosure_status", "open_status", "path"]
)
def test_an_edit_cannot_touch_openness_or_place(name: str) -> None:
    record = RecordFactory.create()
    with pytest.raises(UnknownField):
        records.edit(record, {name: "public"}, UserFactory.create(groups=[ARCHIVIST]))


def test_an_edit_raises_the_version_and_replaces_tags() -> None:
    record = RecordFactory.create(tags=["旧"])
    before = record.version
    records.edit(record, {"title": "新题名", "tags": ["新"]}, UserFactory.create())
    stored = Record.objects.get(pk=record.pk)
    assert stored.title == "新题名"
    assert [tag.name for tag in stored.tags.all()] == ["新"]
    assert stored.version == record.version > before


def test_a_former_code_leads_to_its_record_and_is_never_given_again() -> None:
    record = RecordFactory.create(reference_code="A-1")
    records.set_reference_code(record, "A-2")
    assert records.resolve("A-1") == record
    assert records.resolve("A-2") == record
    with pytest.raises(ReferenceCodeTaken):
        RecordFactory.create(reference_code="A-1")
    other = RecordFactory.create(reference_code="B-1")
    with pytest.raises(ReferenceCodeTaken):
        records.set_reference_code(other, "A-1")


def test_a_record_may_take_its_own_former_code_back() -> None:
    record = RecordFactory.create(reference_code="A-1")
    records.set_reference_code(record, "A-2")
    records.set_reference_code(record, "A-1")
    assert record.reference_code == "A-1"
    assert [former.code for former in record.former_codes.all()] == ["A-2"]


def test_codes_of_a_deleted_record_stay_taken() -> None:
    record = RecordFactory.create(reference_code="A-1")
    records.set_reference_code(record, "A-2")
    records.delete(record)
    for code in ("A-1", "A-2"):
        assert records.resolve(code) is None
        with pytest.raises(ReferenceCodeTaken):
            RecordFactory.create(reference_code=code)


def test_a_code_given_twice_in_one_batch_creates_nothing() -> None:
    row = {"level": "file", "title": "卷", "reference_code": "A-1"}
    with pytest.raises(ReferenceCodeTaken):
        records.create_many(None, [row, row])
    assert not Record.objects.exists()


@pytest.mark.parametrize("code", ["", "无此档号", "a/b", "A-1\x00"])
def test_an_unknown_code_resolves_to_nothing(code: str) -> None:
    RecordFactory.create(reference_code="A-1")
    assert records.resolve(code) is None


def test_another_spelling_of_a_code_resolves_to_the_record() -> None:
    record = RecordFactory.create(reference_code="Z1-WS·2011")
    assert records.resolve("Z1-WS•2011") == record


def test_a_move_takes_the_subtree_along_and_keeps_it_no_more_open() -> None:
    open_fonds = open_record(RecordFactory.create(level="fonds"))
    closed_fonds = RecordFactory.create(level="fonds")
    file = RecordFactory.create(parent=open_fonds)
    item = RecordFactory.create(parent=file, level="item")
    decide([file, item], PUBLIC)
    assert item.public_access == 2
    old, version = file.path, item.version
    records.move(file, closed_fonds)
    item.refresh_from_db()
    assert item.path == f"{closed_fonds.pk}/{file.pk}/{item.pk}/"
    assert file.parent == closed_fonds
    assert (item.public_access, item.reading_room_access) == (0, 0)
    assert item.version > version
    assert old in outbox.excluded_paths()
    assert list(access.mismatches()) == []


def test_a_move_never_opens_what_two_people_have_not_opened_there() -> None:
    open_fonds = open_record(RecordFactory.create(level="fonds"))
    closed_fonds = RecordFactory.create(level="fonds")
    file = RecordFactory.create(parent=closed_fonds)
    item = RecordFactory.create(parent=file, level="item")
    decide([item], PUBLIC)
    records.move(file, open_fonds)
    records.move(file, closed_fonds)
    decide([file], PUBLIC)
    rows = OutboxRow.objects.count()
    for target in (open_fonds, None):
        with pytest.raises(OpeningRefused):
            records.move(file, target)
        assert file.parent == closed_fonds
        item.refresh_from_db()
        assert item.path == f"{closed_fonds.pk}/{file.pk}/{item.pk}/"
        assert (item.public_access, item.reading_room_access) == (0, 0)
    assert OutboxRow.objects.count() == rows
    decide([file], {"open_status": "controlled"})
    records.move(file, open_fonds)
    decide([file], PUBLIC)
    item.refresh_from_db()
    assert item.public_access == 2
    assert list(access.mismatches()) == []


def test_a_record_cannot_be_moved_below_itself() -> None:
    top = RecordFactory.create()
    below = RecordFactory.create(parent=RecordFactory.create(parent=top))
    for target in (top, below):
        with pytest.raises(CycleRefused):
            records.move(top, target)
    assert Record.objects.get(pk=top.pk).path == f"{top.pk}/"


def test_a_tree_that_is_too_deep_is_refused_whole() -> None:
    record = RecordFactory.create()
    Record.objects.filter(pk=record.pk).update(path="1/" * 120)
    with pytest.raises(TreeTooDeep):
        RecordFactory.create(parent=record)


def test_a_deleted_record_leaves_a_tombstone_of_a_later_version() -> None:
    record = open_with_ancestors(RecordFactory.create())
    pk, version = record.pk, record.version
    records.delete(record)
    tombstone = Tombstone.objects.get(record_id=pk)
    assert tombstone.version > version
    assert OutboxRow.objects.filter(source_id=pk).exists()
    assert not Record.objects.filter(pk=pk).exists()


def test_a_record_with_children_or_pages_is_not_deleted() -> None:
    parent = RecordFactory.create()
    RecordFactory.create(parent=parent)
    with pytest.raises(RecordNotEmpty):
        records.delete(parent)
    with pytest.raises(RecordNotEmpty):
        records.delete(FolioFactory.create().record)


def test_pages_are_appended_each_with_a_job() -> None:
    record = FolioFactory.create().record
    image = stored_image()
    pages = [
        NewFolio(image, "2.png"),
        NewFolio(stored_image(), "3.png"),
    ]
    add_folios(record, pages)
    assert list(record.folios.values_list("sequence", flat=True)) == [1, 2, 3]
    assert Job.objects.filter(folio__record=record).count() == 3
    again = add_folios(record, [NewFolio(image, "x.png", sequence=9)])
    assert again[0].sequence == 9
    assert Folio.objects.filter(master__sha256=image.sha256).count() == 2


def test_saving_an_old_copy_takes_nothing_back_that_services_keep() -> None:
    record = RecordFactory.create()
    old = Record.objects.get(pk=record.pk)
    open_record(record)
    record_moved = Record.objects.get(pk=record.pk)
    records.move(record_moved, RecordFactory.create(level="fonds"))
    records.set_reference_code(record_moved, "NEW-1")
    now = Record.objects.get(pk=record.pk)
    old.title = "旧副本的题名"
    old.public_access = 2
    old.save()
    saved = Record.objects.get(pk=record.pk)
    assert saved.title == "旧副本的题名"
    kept = ("version", "path", "parent_id", "reference_code", "open_status")
    for name in (*kept, "secrecy", "public_access", "reading_room_access"):
        assert getattr(saved, name) == getattr(now, name)


def test_stored_access_is_that_of_the_predicate_for_every_new_record() -> None:
    parent = open_record(RecordFactory.create(level="fonds"))
    child = RecordFactory.create(parent=parent, secrecy="public")
    assert access_of(child).public == 0
    assert list(access.mismatches()) == []
