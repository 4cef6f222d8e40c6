"""A volume scanned as a whole: whose pages are whose, and who sees which."""

from collections.abc import Sequence

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import decisions, outbox, quarantine, recognition, records, volumes
from archive.corrections import correct
from archive.errors import InvalidRange, PagesWouldOpen
from archive.models import Folio, Grant, Job, OutboxRow, Record
from archive.openness import Access, Audience
from archive.readers import ANONYMOUS, Reader
from archive.seen import count_pages, image_source, index_views, see
from tests.archive.readings import read_as
from tests.factories import (
    PUBLIC,
    READING_ROOM,
    FolioFactory,
    RecordFactory,
    TranscriptFactory,
    UserFactory,
    decide,
)

pytestmark = pytest.mark.django_db

ROOM = Reader(Audience.READING_ROOM)
STAFF = Reader(Audience.STAFF)
OPENNESS = {"public": PUBLIC, "room": READING_ROOM, "closed": None}


def volume(pages: int, openness: str = "public") -> Record:
    record: Record = RecordFactory.create(level="file")
    for number in range(1, pages + 1):
        folio = FolioFactory.create(record=record, quarantined=False)
        TranscriptFactory.create(folio=folio, text=f"第{number}页的字")
    values = OPENNESS[openness]
    if values:
        decide([record], values)
    return record


def item(above: Record, first: int, last: int, openness: str = "closed") -> Record:
    record: Record = RecordFactory.create(
        parent=above, level="item", first_page=first, last_page=last
    )
    values = OPENNESS[openness]
    if values:
        decide([record], values)
    return record


def shown(record: Record, reader: Reader) -> list[int]:
    view = see([record.pk], reader).get(record.pk)
    return [page.sequence for page in view.pages] if view else []


def images(record: Record, reader: Reader) -> list[int]:
    folios = Folio.objects.filter(record=record).order_by("sequence")
    return [folio.sequence for folio in folios if image_source(f"{folio.pk}-1", reader)]


def test_an_item_has_the_pages_of_its_range_under_their_own_numbers() -> None:
    above = volume(6)
    one = item(above, 3, 5, "public")
    assert shown(one, ANONYMOUS) == [3, 4, 5]
    assert shown(above, ANONYMOUS) == [1, 2, 3, 4, 5, 6]
    (view,) = see([one.pk], ANONYMOUS).values()
    assert view.text == "第3页的字\n第4页的字\n第5页的字"
    assert view.last_page == 5


def test_what_an_item_withholds_is_withheld_through_the_volume_too() -> None:
    above = volume(5)
    closed = item(above, 2, 3)
    assert shown(above, ANONYMOUS) == images(above, ANONYMOUS) == [1, 4, 5]
    assert shown(above, STAFF) == images(above, STAFF) == [1, 2, 3, 4, 5]
    assert shown(closed, ANONYMOUS) == []
    assert count_pages([above.pk, closed.pk], ANONYMOUS) == {above.pk: 3}
    assert count_pages([above.pk, closed.pk], STAFF) == {above.pk: 5, closed.pk: 2}


def test_a_shared_page_is_as_closed_as_the_stricter_item() -> None:
    above = volume(5)
    one = item(above, 1, 3, "public")
    item(above, 3, 5, "room")
    assert shown(one, ANONYMOUS) == [1, 2]
    assert shown(one, ROOM) == [1, 2, 3]
    assert images(above, ANONYMOUS) == [1, 2]
    assert images(above, ROOM) == [1, 2, 3, 4, 5]


def test_a_grant_for_an_item_shows_its_pages_and_no_others() -> None:
    above = volume(5)
    one = item(above, 2, 3)
    item(above, 3, 4)
    reader = Reader(Audience.PUBLIC, {one.pk: Audience.STAFF})
    assert shown(one, reader) == [2]
    assert images(above, reader) == [1, 2, 5]


def test_a_page_in_quarantine_stays_with_the_house() -> None:
    above = volume(3)
    one = item(above, 1, 3, "public")
    Folio.objects.filter(record=above, sequence=2).update(quarantined=True)
    assert shown(one, ANONYMOUS) == images(above, ANONYMOUS) == [1, 3]


def test_the_index_has_a_view_for_each_audience_that_sees_other_pages() -> None:
    above = volume(4)
    item(above, 2, 2, "room")
    closed = item(above, 3, 3)
    views = index_views([above.pk, closed.pk])
    texts = {(view.lowest, view.highest): view.view.text for view in views[above.pk]}
    assert texts == {
        (Audience.PUBLIC, Audience.PUBLIC): "第1页的字\n第4页的字",
        (
            Audience.READING_ROOM,
            Audience.READING_ROOM,
        ): "第1页的字\n第2页的字\n第4页的字",
        (Audience.STAFF, Audience.STAFF): "第1页的字\n第2页的字\n第3页的字\n第4页的字",
    }
    (only,) = views[closed.pk]
    assert (only.lowest, only.view.text) == (Audience.STAFF, "第3页的字")


def test_dividing_closes_at_once_and_tells_the_index() -> None:
    above = volume(3)
    other = item(above, 1, 1, "public")
    OutboxRow.objects.all().delete()
    one = RecordFactory.create(parent=above, level="item")
    records.edit(one, {"first_page": 2, "last_page": 2}, None)
    told = set(OutboxRow.objects.values_list("source_id", flat=True))
    assert {above.pk, other.pk, one.pk} <= told
    assert above.path in outbox.excluded_paths()


def test_no_change_of_a_range_opens_a_page() -> None:
    above = volume(5)
    closed = item(above, 2, 4)
    for change in (
        {"first_page": 3, "last_page": 4},
        {"first_page": None, "last_page": None},
    ):
        with pytest.raises(PagesWouldOpen, match=above.reference_code):
            records.edit(closed, change, None)
    with pytest.raises(PagesWouldOpen):
        records.move(closed, None)
    with pytest.raises(PagesWouldOpen):
        records.delete(closed)
    closed.refresh_from_db()
    assert (closed.first_page, closed.parent) == (2, above)
    assert shown(above, ANONYMOUS) == [1, 5]


def test_the_pages_of_a_closed_volume_are_given_out_and_taken_back_freely() -> None:
    above = volume(5, "closed")
    one = item(above, 1, 5)
    records.edit(one, {"first_page": 1, "last_page": 2}, None)
    records.edit(one, {"first_page": None, "last_page": None}, None)
    assert volumes.division(above).unheld == (1, 2, 3, 4, 5)
    assert shown(above, ROOM) == images(above, ROOM) == []


def granted(record: Record, audience: Audience = Audience.STAFF) -> Reader:
    grant = Grant.objects.create(
        reader=UserFactory.create(),
        record=record,
        audience=audience,
        until=timezone.localdate(),
        granted_by=UserFactory.create(),
    )
    return Reader(Audience.PUBLIC, {record.pk: Audience(grant.audience)})


def test_a_reader_with_a_grant_for_a_closed_volume_gets_no_page_by_dividing() -> None:
    above = volume(5, "closed")
    one = item(above, 1, 5)
    granted(above)
    with pytest.raises(PagesWouldOpen):
        records.edit(one, {"first_page": 1, "last_page": 2}, None)


def test_a_reader_with_a_grant_for_an_item_gets_no_page_by_dividing() -> None:
    above = volume(6, "closed")
    one, two = item(above, 1, 2), item(above, 2, 4)
    reader = granted(one)
    with pytest.raises(PagesWouldOpen) as refused:
        records.edit(one, {"last_page": 6}, None)
    assert "5" in str(refused.value)
    with pytest.raises(PagesWouldOpen):
        records.edit(two, {"first_page": 3}, None)
    with pytest.raises(PagesWouldOpen):
        records.delete(two)
    assert shown(one, reader) == images(above, reader) == [1]
    # Fewer pages for the reader are nobody's second decision.
    records.edit(one, {"last_page": 1}, None)


def test_a_grant_of_one_reader_does_not_stand_for_anothers() -> None:
    above = volume(3, "closed")
    one, two = item(above, 1, 2), item(above, 2, 3)
    granted(one)
    granted(two)
    with pytest.raises(PagesWouldOpen):
        records.edit(one, {"last_page": 1}, None)


def test_a_grant_that_shows_nothing_keeps_nothing_from_being_divided() -> None:
    above = volume(3, "closed")
    one = item(above, 1, 1)
    granted(one, Audience.READING_ROOM)
    records.edit(one, {"last_page": 3}, None)
    assert shown(one, STAFF) == [1, 2, 3]


def test_a_range_of_no_volume_holds_no_pages_of_the_one_it_is_moved_to() -> None:
    above = volume(3)
    loose: Record = RecordFactory.create(level="item", first_page=2, last_page=2)
    records.move(loose, above)
    assert shown(above, ANONYMOUS) == [1, 2, 3]
    assert shown(loose, STAFF) == []


def test_pages_are_handed_from_one_closed_item_to_another_in_one_go() -> None:
    above = volume(4)
    one, two = item(above, 1, 2), item(above, 3, 4)
    records.edit_many(
        [
            (one, {"first_page": 1, "last_page": 3}),
            (two, {"first_page": 4, "last_page": 4}),
        ],
        None,
    )
    assert (shown(one, STAFF), shown(two, STAFF)) == ([1, 2, 3], [4])
    assert shown(above, ANONYMOUS) == []


def test_an_item_that_leaves_its_volume_leaves_its_pages_there() -> None:
    above, other = volume(3), volume(3)
    one = item(above, 1, 2, "public")
    records.move(one, other)
    one.refresh_from_db()
    assert (one.first_page, shown(one, STAFF)) == (None, [])


def test_what_changes_on_a_page_is_told_of_the_items_that_hold_it() -> None:
    above = volume(4)
    one, two = item(above, 1, 3), item(above, 3, 3)
    item(above, 4, 4)
    page = Folio.objects.get(record=above, sequence=3)
    person = UserFactory.create()

    def told() -> set[int]:
        ids = set(OutboxRow.objects.values_list("source_id", flat=True))
        OutboxRow.objects.all().delete()
        return ids

    told()
    correct(page, "改过的字", person)
    assert told() == {above.pk, one.pk, two.pk}
    quarantine.release([page], person)
    assert told() == {above.pk, one.pk, two.pk}
    Job.objects.all().delete()
    Job.objects.create(folio=page)
    assert recognition.work(lambda name: read_as("重读")) == 1
    assert told() == {above.pk, one.pk, two.pk}
    records.edit(one, {"last_page": 9}, None)
    told()
    FolioFactory.create(record=above)
    assert told() == {above.pk, one.pk}


def test_deciding_on_an_item_tells_the_index_of_its_volume() -> None:
    above = volume(3)
    one, beside = item(above, 1, 2, "public"), item(above, 2, 3, "public")
    OutboxRow.objects.all().delete()
    proposals = decisions.propose(
        [one], {"open_status": "controlled"}, "依据", UserFactory.create()
    )
    decisions.approve(proposals, UserFactory.create())
    told = set(OutboxRow.objects.values_list("source_id", flat=True))
    assert {above.pk, one.pk, beside.pk} <= told
    assert above.path in outbox.excluded_paths()
    assert shown(above, ANONYMOUS) == [3]


@pytest.mark.parametrize(
    "wrong", [(1, None), (None, 2), (3, 2), (0, 1), (-1, 1)], ids=str
)
def test_a_range_has_two_ends_in_order(wrong: tuple[int | None, int | None]) -> None:
    above = volume(2)
    fields = dict(zip(("first_page", "last_page"), wrong, strict=True))
    with pytest.raises(InvalidRange):
        RecordFactory.create(parent=above, level="item", **fields)
    one = RecordFactory.create(parent=above, level="item")
    with pytest.raises(InvalidRange):
        records.edit(one, fields, None)


def test_what_no_item_holds_and_what_two_hold_is_told() -> None:
    above = volume(5)
    item(above, 1, 2)
    item(above, 2, 3)
    told = volumes.division(above)
    assert (told.pages, told.unheld, told.shared) == (5, (4, 5), (2,))


PARTS = st.lists(
    st.tuples(
        st.integers(1, 5),
        st.integers(0, 3),
        st.sampled_from(["public", "room", "closed"]),
    ),
    max_size=4,
)
LEVEL = {"public": 0, "room": 1, "closed": 2}


class AnyDivision(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(["public", "room"]), PARTS)
    def test_each_reader_sees_what_the_strictest_lets(
        self, openness: str, parts: Sequence[tuple[int, int, str]]
    ) -> None:
        above = volume(5, openness)
        items = [
            (item(above, first, first + more, each), first, first + more, each)
            for first, more, each in parts
        ]
        for reader in (ANONYMOUS, ROOM, STAFF):
            may = reader.audience.value

            def closed(sequence: int, may: int = may) -> bool:
                holding = [e for _i, a, b, e in items if a <= sequence <= b]
                return any(max(LEVEL[e], LEVEL[openness]) > may for e in holding)

            expected = [n for n in range(1, 6) if not closed(n)]
            if LEVEL[openness] > may:
                expected = []
            assert shown(above, reader) == expected
            assert images(above, reader) == expected
            for one, first, last, each in items:
                own = [n for n in expected if first <= n <= last]
                if LEVEL[each] > may:
                    own = []
                assert shown(one, reader) == own
                assert count_pages([one.pk], reader).get(one.pk, 0) == len(own)


def test_staff_may_see_all_of_it() -> None:
    above = volume(2, "closed")
    item(above, 1, 1)
    (view,) = see([above.pk], STAFF).values()
    assert view.access is Access.FULL
    assert len(view.pages) == 2
