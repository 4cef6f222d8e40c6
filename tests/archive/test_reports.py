"""Records that may be the same, and records that wait to be described."""

import pytest

from archive.models import Record
from archive.reports import (
    duplicates,
    open_dates,
    scanned,
    undescribed,
    unread_dates,
)
from tests.factories import FolioFactory, RecordFactory, stored_image

pytestmark = pytest.mark.django_db


def test_undescribed_are_scanned_records_that_say_nothing() -> None:
    folder = RecordFactory.create(reference_code="Z-1", title="Z-1", creators="甲村")
    bare = RecordFactory.create(reference_code="Z-2", title="一个题名")
    described = RecordFactory.create(title="题名", creators="甲村")
    for record in (folder, bare, described):
        FolioFactory.create(record=record)
    without = RecordFactory.create(title="没有影像")
    everything = Record.objects.order_by("pk")
    assert list(undescribed(everything)) == [folder, bare]
    assert list(scanned(everything)) == [folder, bare, described]
    assert list(scanned(everything, False)) == [without]


def test_dates_that_want_a_persons_eye_are_found() -> None:
    codes = {
        "A-1": "1963年春节",
        "A-2": "癸卯年",
        "A-3": "1963年11月20日或22日",
        "A-4": "不详",
        "A-5": "",
        "A-6": "1963",
    }
    for code, date in codes.items():
        RecordFactory.create(reference_code=code, date_original=date)
    everything = Record.objects.order_by("reference_code")
    assert [one.reference_code for one in unread_dates(everything)] == ["A-1"]
    # What the document itself leaves open is no question to anybody.
    assert [one.reference_code for one in open_dates(everything)] == ["A-2"]


def test_the_same_title_date_and_creators_are_told() -> None:
    same = {"title": "调解纪要", "date_original": "1963", "creators": "甲村"}
    first = RecordFactory.create(reference_code="A-1", **same)
    second = RecordFactory.create(reference_code="A-2", **same)
    RecordFactory.create(reference_code="A-3", **{**same, "date_original": "1964"})
    RecordFactory.create(reference_code="A-4", title="无题")
    RecordFactory.create(reference_code="A-5", title="无题")
    (alike,) = duplicates()
    assert (alike.why, alike.records) == ("title", (first, second))


def test_two_records_with_the_same_image_are_told_once() -> None:
    images = [stored_image(), stored_image()]
    pair = [RecordFactory.create(reference_code=f"B-{n}") for n in (1, 2)]
    for record in pair:
        for image in images:
            FolioFactory.create(record=record, master=image)
    FolioFactory.create(record=pair[0], master=images[0])
    FolioFactory.create()
    (alike,) = duplicates()
    assert (alike.why, alike.records) == ("image", tuple(pair))
