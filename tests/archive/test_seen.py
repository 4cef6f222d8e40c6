"""A record as an audience sees it: nothing else gets out."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import seen
from archive.models import Folio, Record
from archive.openness import Access, Audience
from archive.readers import ANONYMOUS, Reader
from tests.factories import (
    CATALOGUE_ONLY,
    PUBLIC,
    READING_ROOM,
    RecordFactory,
    open_record,
    record_with_pages,
)

pytestmark = pytest.mark.django_db

READERS = {audience: Reader(audience) for audience in Audience}


@pytest.fixture
def holdings() -> dict[str, Record]:
    """One record with a page for each way of being open."""
    made = {}
    ways = {"public": PUBLIC, "room": READING_ROOM, "catalogue": CATALOGUE_ONLY}
    for name, values in ways.items():
        made[name] = record_with_pages(
            f"{name}的正文", title=f"{name}的题名", tags=[f"{name}标签"], note="附注"
        )
        open_record(made[name], **values)
    made["staff"] = record_with_pages("staff的正文", storage_location="二库")
    return made


def names(reader: Reader, holdings: dict[str, Record]) -> set[str]:
    views = seen.see([record.pk for record in holdings.values()], reader)
    return {name for name, record in holdings.items() if record.pk in views}


def test_each_audience_sees_its_records_in_views_and_in_lists(
    holdings: dict[str, Record],
) -> None:
    expected = {
        Audience.PUBLIC: {"public", "catalogue"},
        Audience.READING_ROOM: {"public", "catalogue", "room"},
        Audience.STAFF: {"public", "catalogue", "room", "staff"},
    }
    for audience, reader in READERS.items():
        assert names(reader, holdings) == expected[audience]
        listed = set(seen.visible(reader).values_list("pk", flat=True))
        assert listed == {holdings[name].pk for name in expected[audience]}


def test_of_a_catalogue_entry_only_title_code_level_and_date_are_seen(
    holdings: dict[str, Record],
) -> None:
    record = holdings["catalogue"]
    view = seen.see([record.pk], ANONYMOUS)[record.pk]
    assert view.access is Access.CATALOGUE
    assert view.title == "catalogue的题名"
    assert (view.fields, view.tags, view.pages, view.text) == ((), (), (), "")


def test_where_things_are_kept_is_seen_by_staff_only(
    holdings: dict[str, Record],
) -> None:
    record = open_record(holdings["staff"])
    public = seen.see([record.pk], ANONYMOUS)[record.pk]
    staff = seen.see([record.pk], READERS[Audience.STAFF])[record.pk]
    assert "storage_location" not in dict(public.fields)
    assert dict(staff.fields)["storage_location"] == "二库"


def test_a_grant_shows_its_one_record_at_its_audience(
    holdings: dict[str, Record],
) -> None:
    grants = {
        holdings["staff"].pk: Audience.STAFF,
        holdings["room"].pk: Audience.READING_ROOM,
    }
    reader = Reader(Audience.PUBLIC, grants)
    assert names(reader, holdings) == {"public", "catalogue", "room", "staff"}
    assert set(seen.visible(reader)) == set(holdings.values())
    low = Reader(Audience.PUBLIC, {holdings["staff"].pk: Audience.READING_ROOM})
    assert names(low, holdings) == {"public", "catalogue"}


def test_what_is_of_the_house_stays_there_whatever_is_granted(
    holdings: dict[str, Record],
) -> None:
    record = holdings["staff"]
    folio = record.folios.get()
    Folio.objects.filter(pk=folio.pk).update(quarantined=True)
    granted = Reader(Audience.PUBLIC, {record.pk: Audience.STAFF})
    view = seen.see([record.pk], granted)[record.pk]
    assert view.access is Access.FULL
    assert view.pages == ()
    assert "storage_location" not in dict(view.fields)
    image = f"{folio.pk}-{seen.IMAGE_VIEW_VERSION}"
    assert seen.image_source(image, granted) is None
    assert seen.image_source(image, READERS[Audience.STAFF]) == folio


def test_thousands_of_grants_are_one_condition(holdings: dict[str, Record]) -> None:
    grants = dict.fromkeys(range(10**6, 10**6 + 3000), Audience.STAFF)
    reader = Reader(Audience.PUBLIC, {**grants, holdings["staff"].pk: Audience.STAFF})
    assert "staff" in names(reader, holdings)


def test_an_image_is_found_by_who_sees_the_whole_record_and_no_one_else(
    holdings: dict[str, Record],
) -> None:
    full = {
        "public": set(Audience),
        "room": {Audience.READING_ROOM, Audience.STAFF},
        "catalogue": {Audience.STAFF},
        "staff": {Audience.STAFF},
    }
    for name, record in holdings.items():
        folio = record.folios.get()
        image = f"{folio.pk}-{seen.IMAGE_VIEW_VERSION}"
        for audience, reader in READERS.items():
            found = seen.image_source(image, reader)
            assert (found == folio) == (audience in full[name])


@pytest.mark.parametrize("image", ["", "-", "x", "1", "1-9", "１-1", "9" * 40 + "-1"])
def test_a_name_that_is_no_image_finds_nothing(image: str) -> None:
    assert seen.image_source(image, READERS[Audience.STAFF]) is None


def test_an_unseen_code_answers_as_one_that_does_not_exist(
    holdings: dict[str, Record],
) -> None:
    assert seen.see_one(holdings["staff"].reference_code, ANONYMOUS) is None
    assert seen.see_one("无此档号", ANONYMOUS) is None
    view = seen.see_one(holdings["public"].reference_code, ANONYMOUS)
    assert view is not None
    assert view.text == "public的正文"


def test_the_index_gets_one_view_for_the_audiences_that_share_it(
    holdings: dict[str, Record],
) -> None:
    views = seen.index_views(record.pk for record in holdings.values())
    spans = {
        name: [(v.lowest, v.highest, v.view.access) for v in views[record.pk]]
        for name, record in holdings.items()
    }
    public, room, staff = Audience
    assert spans == {
        "public": [(public, staff, Access.FULL)],
        "room": [(room, staff, Access.FULL)],
        "catalogue": [(public, room, Access.CATALOGUE), (staff, staff, Access.FULL)],
        "staff": [(staff, staff, Access.FULL)],
    }


def test_a_shared_view_says_nothing_that_its_lowest_audience_may_not_see() -> None:
    record = open_record(record_with_pages("甲", "乙", storage_location="二库"))
    Folio.objects.filter(record=record, sequence=2).update(quarantined=True)
    for one in seen.index_views([record.pk])[record.pk]:
        if one.lowest is not Audience.STAFF:
            assert one.view.text == "甲"
            assert "二库" not in str(one.view)


def test_many_records_cost_as_many_queries_as_one() -> None:
    records = [
        open_record(record_with_pages("甲", "乙", tags=["丙"])) for _ in range(6)
    ]

    def queries(some: list[Record]) -> int:
        with CaptureQueriesContext(connection) as captured:
            seen.see([record.pk for record in some], ANONYMOUS)
        return len(captured)

    assert queries(records) == queries(records[:1])


def test_views_and_lists_agree_with_the_predicate_on_every_pair_of_answers() -> None:
    for public, room in product(Access, repeat=2):
        if public <= room:
            record = RecordFactory.create()
            Record.objects.filter(pk=record.pk).update(
                public_access=public, reading_room_access=room
            )
    ids = list(Record.objects.values_list("pk", flat=True))
    for reader in READERS.values():
        assert set(seen.see(ids, reader)) == set(
            seen.visible(reader).values_list("pk", flat=True)
        )
