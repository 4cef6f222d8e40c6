"""Registering, appraising, accessioning and giving back."""

import re
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from archive import acquisitions, authorisation, decisions, records
from archive.acquisitions import Entry
from archive.errors import (
    AcquisitionNumberTaken,
    ClassifiedRefused,
    CodeMissing,
    InvalidReferenceCode,
    InvalidValue,
    NothingToAccession,
    ParticularRefused,
    ReferenceCodeTaken,
    UnknownField,
    ValueTooLong,
    WrongStep,
)
from archive.models import Acquisition, Batch, Change, OutboxRow, Record
from archive.openness import Access
from cms.models import User
from tests.factories import RecordFactory, UserFactory, registered

Status = Acquisition.Status


def photographs(acquisition: Acquisition, count: int = 2) -> list[Entry]:
    """So many photographs on the list, and codes for them."""
    items = [
        acquisitions.add_item(
            acquisition,
            title=f"样本照片 {n}",
            material="photograph",
            quantity=3,
            date_original="1963",
            particulars={"event": "样本会议", "photographer": "某甲"},
        )
        for n in range(count)
    ]
    return [Entry(item.pk, f"Z001-ZP·2026-{item.position:04d}") for item in items]


@pytest.fixture
def by(db: None) -> User:
    return UserFactory.create()


@pytest.fixture
def fonds(db: None) -> Record:
    return RecordFactory.create(reference_code="Z001", level="fonds")


def test_numbers_run_on_within_a_year_and_begin_anew_in_the_next(by: User) -> None:
    days = (date(2026, 1, 5), date(2026, 12, 30), date(2027, 1, 1))

    numbers = [registered(by, received_on=day).number for day in days]

    assert numbers == ["ZJ2026-0001", "ZJ2026-0002", "ZJ2027-0001"]


def test_a_number_given_by_hand_is_stepped_over_and_never_given_twice(
    by: User,
) -> None:
    day = date(2026, 5, 1)
    by_hand = registered(by, number=" ｚｊ2026-0007 ", received_on=day)

    assert by_hand.number == "ZJ2026-0007"
    assert registered(by, received_on=day).number == "ZJ2026-0008"
    with pytest.raises(AcquisitionNumberTaken, match="ZJ2026-0007"):
        registered(by, number="ZJ2026-0007")


def test_a_number_of_another_kind_may_be_kept(by: User) -> None:
    assert registered(by, number="旧登字第3号").number == "旧登字第3号"


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_many_hands_never_get_the_same_number() -> None:
    by = UserFactory.create()
    numbers: list[str] = []

    def several() -> None:
        try:
            for _ in range(5):
                made = registered(by, received_on=date(2026, 6, 1))
                numbers.append(made.number)
        finally:
            connection.close()

    threads = [threading.Thread(target=several) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers) == [f"ZJ2026-{n:04d}" for n in range(1, 21)]


@pytest.mark.parametrize("marking", ["秘密", "机密", "絕密"])
def test_a_state_secret_is_not_registered(by: User, marking: str) -> None:
    with pytest.raises(ClassifiedRefused, match=marking):
        registered(by, secrecy=marking)
    assert not Acquisition.objects.exists()

    kept = registered(by)
    with pytest.raises(ClassifiedRefused):
        acquisitions.edit(kept, {"secrecy": marking})


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"basis": "gift"}, InvalidValue),
        ({"source_name": ""}, InvalidValue),
        ({"source_name": "甲" * 201}, ValueTooLong),
        ({"note": "a\x00"}, InvalidValue),
        ({"status": "accessioned"}, UnknownField),
        ({"number": "甲" * 41}, ValueTooLong),
    ],
)
def test_bad_values_are_refused_and_nothing_is_written(
    by: User, fields: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        registered(by, **fields)
    assert not Acquisition.objects.exists()


def test_an_edit_says_what_differed(by: User) -> None:
    made = registered(by, note="")

    changed = acquisitions.edit(made, {"note": "已核", "basis": made.basis})

    assert changed == {"note": ("", "已核")}
    assert Acquisition.objects.get().note == made.note == "已核"


def test_a_thing_has_the_particulars_of_its_material_only(by: User) -> None:
    made = registered(by)
    with pytest.raises(ParticularRefused, match="摄影者"):
        acquisitions.add_item(
            made, title="样本", material="object", particulars={"photographer": "某"}
        )
    item = acquisitions.add_item(
        made,
        title="样本",
        material="object",
        particulars={"size": " 3×4 ", "condition": ""},
    )
    assert item.particulars == {"size": "3×4"}
    with pytest.raises(ParticularRefused, match="尺寸"):
        acquisitions.edit_item(item, {"material": "photograph"})
    acquisitions.edit_item(item, {"material": "photograph", "particulars": {}})
    assert item.material == "photograph"


def test_things_become_closed_records_in_one_batch(by: User, fonds: Record) -> None:
    made = registered(by, source_name="捐赠人某乙", contact="样本路一号")
    entries = photographs(made)
    acquisitions.appraise(made)

    created = acquisitions.accession(made, fonds, "item", entries, by)

    batch = Batch.objects.get()
    assert (batch.kind, batch.details["acquisition"]) == ("accession", made.number)
    changes = Change.objects.filter(batch=batch, action="create")
    assert {one.record_id for one in changes} == {one.pk for one in created}
    assert OutboxRow.objects.filter(source_id=created[0].pk).exists()
    first = Record.objects.get(reference_code="Z001-ZP·2026-0001")
    assert (first.parent, first.title, first.date_edtf) == (fonds, "样本照片 0", "1963")
    assert first.material == "photograph"
    assert first.particulars == {"event": "样本会议", "photographer": "某甲"}
    assert first.extent_medium == "3张"
    assert first.custodial_history == f"来源：个人捐赠，征集号 {made.number}。"
    assert (first.public_access, first.reading_room_access) == (
        Access.NONE,
        Access.NONE,
    )
    assert first.acquisition_items.get().acquisition == made
    assert Acquisition.objects.get().status == made.status == Status.ACCESSIONED


def test_only_what_was_appraised_is_accessioned_and_each_thing_once(
    by: User, fonds: Record
) -> None:
    made = registered(by)
    entries = photographs(made, 3)
    with pytest.raises(WrongStep, match="登记"):
        acquisitions.accession(made, fonds, "item", entries, by)
    acquisitions.appraise(made)
    with pytest.raises(NothingToAccession):
        acquisitions.accession(made, fonds, "item", [], by)

    acquisitions.accession(made, fonds, "item", entries[:1], by)
    with pytest.raises(NothingToAccession):
        acquisitions.accession(made, fonds, "item", entries, by)
    acquisitions.accession(made, fonds, "item", entries[1:], by)

    assert fonds.children.count() == 3
    with pytest.raises(WrongStep):
        acquisitions.appraise(made)


@pytest.mark.parametrize(
    ("second", "error"),
    [("Z001", ReferenceCodeTaken), ("a/b", InvalidReferenceCode)],
)
def test_an_accession_that_fails_leaves_nothing(
    by: User, fonds: Record, second: str, error: type[Exception]
) -> None:
    made = registered(by)
    first, last = photographs(made)
    acquisitions.appraise(made)

    with pytest.raises(error):
        acquisitions.accession(
            made, fonds, "item", [first, Entry(last.item_id, second)], by
        )

    assert not fonds.children.exists()
    assert not Batch.objects.exists()
    assert Acquisition.objects.get().status == Status.APPRAISED


def test_a_deleted_record_gives_its_thing_back_to_the_list(
    by: User, fonds: Record
) -> None:
    made = registered(by)
    (entry,) = photographs(made, 1)
    acquisitions.appraise(made)
    (record,) = acquisitions.accession(made, fonds, "item", [entry], by)
    with pytest.raises(WrongStep):
        acquisitions.remove_item(made.items.get())

    records.delete(record, by)

    again = [Entry(entry.item_id, "Z001-ZP·2026-0099")]
    assert acquisitions.accession(made, fonds, "item", again, by)


def test_deposits_and_loans_go_back_and_donations_stay(by: User, fonds: Record) -> None:
    today = timezone.localdate()
    for basis, goes in (("deposit", True), ("loan", True), ("donation", False)):
        made = registered(by, basis=basis)
        entry = Entry(photographs(made, 1)[0].item_id, f"Z001-{basis}")
        acquisitions.appraise(made)
        acquisitions.accession(made, fonds, "item", [entry], by)
        if goes:
            acquisitions.give_back(made, today, "原物完好。")
            assert Acquisition.objects.get(pk=made.pk).return_note == "原物完好。"
        else:
            with pytest.raises(WrongStep, match="入藏"):
                acquisitions.give_back(made, today, "")


def test_what_is_not_wanted_goes_back_once_and_not_in_the_future(by: User) -> None:
    made = registered(by)
    today = timezone.localdate()
    with pytest.raises(InvalidValue):
        acquisitions.give_back(made, today + timedelta(days=1), "")
    acquisitions.give_back(made, today, "不属征集范围。")
    with pytest.raises(WrongStep):
        acquisitions.give_back(made, today, "")
    with pytest.raises(WrongStep):
        acquisitions.add_item(made, title="样本", material="object")


def test_a_loan_is_overdue_from_the_day_after_its_term(by: User) -> None:
    term = date(2026, 3, 31)
    made = registered(by, basis="loan", return_due=term)

    assert not made.overdue(term)
    assert made.overdue(date(2026, 4, 1))
    acquisitions.give_back(made, date(2026, 4, 2), "")
    assert not made.overdue(date(2026, 5, 1))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (["Z-009", "", ""], ["Z-009", "Z-010", "Z-011"]),
        (["Z-1", "", "Y-7", ""], ["Z-1", "Z-2", "Y-7", "Y-8"]),
        (["Z-99甲", ""], ["Z-99甲", "Z-100甲"]),
    ],
)
def test_blank_codes_count_on_from_the_one_before(
    typed: list[str], codes: list[str]
) -> None:
    assert acquisitions.counted_on(typed) == codes


@pytest.mark.parametrize("typed", [["", "Z-1"], ["甲", ""]])
def test_codes_with_nothing_to_count_on_from_are_asked_for(typed: list[str]) -> None:
    with pytest.raises(CodeMissing):
        acquisitions.counted_on(typed)


def test_the_provenance_names_no_one(by: User) -> None:
    for kind in Acquisition.SourceKind.values:
        for basis in Acquisition.Basis.values:
            made = registered(by, source_kind=kind, basis=basis, source_name="某丙")
            told = acquisitions.provenance(made)
            assert re.fullmatch(r"来源：\w+，征集号 ZJ\d{4}-\d{4}。", told)
            assert "某丙" not in told


def test_an_agreement_that_does_not_allow_publication_is_told_for_all_below(
    by: User, fonds: Record
) -> None:
    made = registered(by, may_publish="no")
    (entry,) = photographs(made, 1)
    acquisitions.appraise(made)
    (file,) = acquisitions.accession(made, fonds, "file", [entry], by)
    page = RecordFactory.create(parent=file)
    other = RecordFactory.create(parent=fonds)
    today = timezone.localdate()

    told = authorisation.unpublishable([file, page, other, fonds], today)
    assert told == {file.pk: [made], page.pk: [made]}
    assert authorisation.unpublishable([fonds], today, below=True) == {fonds.pk: [made]}
    assert [one.acquisition for one in authorisation.sources_of(page)] == [made]

    acquisitions.edit(made, {"may_publish": "yes"})
    assert authorisation.unpublishable([page], today) == {}
    acquisitions.edit(made, {"authorised_until": today - timedelta(days=1)})
    assert authorisation.unpublishable([page], today) == {page.pk: [made]}


def test_the_warning_changes_nothing_of_what_two_people_decide(
    by: User, fonds: Record
) -> None:
    made = registered(by, may_publish="no")
    (entry,) = photographs(made, 1)
    acquisitions.appraise(made)
    (record,) = acquisitions.accession(made, fonds, "item", [entry], by)

    proposed = decisions.propose([record], {"publication_right": "cleared"}, "依据", by)
    decisions.approve(proposed, UserFactory.create())

    record.refresh_from_db()
    assert record.publication_right == "cleared"
