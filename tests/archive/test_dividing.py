"""Giving the pages of a volume to its items."""

import pytest

from archive import dividing, volumes
from archive.errors import PageNotThere, PagesWouldOpen, RangesRefused
from archive.models import Change, Record
from archive.readers import ANONYMOUS
from archive.seen import see
from cms.models import User
from tests.factories import (
    FolioFactory,
    RecordFactory,
    UserFactory,
    open_record,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return UserFactory.create()


@pytest.fixture
def volume() -> Record:
    record: Record = RecordFactory.create(level="file", reference_code="Z001-001-001")
    for _number in range(10):
        FolioFactory.create(record=record, quarantined=False)
    return record


def item(volume: Record, number: int, first: int | None, last: int | None) -> Record:
    record: Record = RecordFactory.create(
        parent=volume,
        level="item",
        reference_code=f"{volume.reference_code}-{number:03d}",
        first_page=first,
        last_page=last,
    )
    return record


def ranges(volume: Record) -> list[tuple[int | None, int | None]]:
    ordered = Record.objects.filter(parent=volume).order_by("position", "pk")
    return [(one.first_page, one.last_page) for one in ordered]


def test_many_items_get_their_pages_in_one_go(volume: Record, by: User) -> None:
    one, two = item(volume, 1, 1, 5), item(volume, 2, None, None)
    assert dividing.set_ranges(volume, {one.pk: (1, 3), two.pk: (4, 10)}, by) == 2
    assert ranges(volume) == [(1, 3), (4, 10)]
    assert not volumes.division(volume).unheld
    last = Change.objects.filter(record=two).order_by("-pk").first()
    assert last is not None
    assert last.by == by
    assert dividing.set_ranges(volume, {one.pk: (None, None)}, by) == 1
    assert ranges(volume)[0] == (None, None)


def test_one_wrong_line_is_named_and_nothing_is_saved(volume: Record, by: User) -> None:
    one, two = item(volume, 1, 1, 5), item(volume, 2, 6, 7)
    stranger = RecordFactory.create(level="item")
    wrong: dict[int, dividing.Range] = {two.pk: (6, 11), stranger.pk: (1, 1)}
    with pytest.raises(RangesRefused) as refused:
        dividing.set_ranges(volume, {one.pk: (1, 4), **wrong}, by)
    assert set(refused.value.problems) == set(wrong)
    assert ranges(volume) == [(1, 5), (6, 7)]


@pytest.mark.parametrize("wrong", [(None, 2), (2, None), (3, 2), (0, 1)], ids=str)
def test_a_range_has_two_ends_in_order(
    volume: Record, by: User, wrong: dividing.Range
) -> None:
    one = item(volume, 1, 1, 5)
    with pytest.raises(RangesRefused):
        dividing.set_ranges(volume, {one.pk: wrong}, by)


def test_the_pages_of_a_published_item_wait_for_review(
    volume: Record, by: User
) -> None:
    one = item(volume, 1, 1, 5)
    published([one])
    dividing.set_ranges(volume, {one.pk: (1, 4)}, by)
    assert ranges(volume) == [(1, 5)]
    (shown,) = dividing.items_of(volume, 10)
    assert (shown.first, shown.last, shown.waiting) == (1, 4, True)


def test_an_item_begins_within_another_which_then_ends_before_it(
    volume: Record, by: User
) -> None:
    item(volume, 1, 1, 6)
    item(volume, 2, 7, 10)
    begun = dividing.begin_item(volume, 4, "新的一件", by)
    assert begun.item.reference_code == "Z001-001-001-003"
    assert ranges(volume) == [(1, 3), (4, 6), (7, 10)]
    told = volumes.division(volume)
    assert (told.unheld, told.shared) == ((), ())


def test_both_may_hold_the_page_on_which_one_ends_and_the_next_begins(
    volume: Record, by: User
) -> None:
    item(volume, 1, 1, 6)
    dividing.begin_item(volume, 4, "新的一件", by, cut=False)
    assert ranges(volume) == [(1, 6), (4, 6)]
    assert volumes.division(volume).shared == (4, 5, 6)


def test_the_first_item_has_all_pages_and_each_next_what_is_left(
    volume: Record, by: User
) -> None:
    for page in (1, 4, 9):
        dividing.begin_item(volume, page, f"从第 {page} 页起", by)
    assert ranges(volume) == [(1, 3), (4, 8), (9, 10)]


def test_the_end_of_a_published_item_waits_and_that_is_told(
    volume: Record, by: User
) -> None:
    one = item(volume, 1, 1, 10)
    published([one])
    begun = dividing.begin_item(volume, 5, "新的一件", by)
    assert (begun.cut, begun.waits) == (one, True)
    assert ranges(volume) == [(1, 10), (5, 10)]


def test_no_page_opens_while_a_closed_item_is_cut_in_two(
    volume: Record, by: User
) -> None:
    item(volume, 1, 1, 10)
    open_record(volume)
    dividing.begin_item(volume, 5, "新的一件", by)
    assert ranges(volume) == [(1, 4), (5, 10)]
    assert see([volume.pk], ANONYMOUS)[volume.pk].pages == ()
    with pytest.raises(PagesWouldOpen):
        first = Record.objects.get(parent=volume, first_page=1)
        dividing.set_ranges(volume, {first.pk: (2, 4)}, by)


def test_an_item_begins_only_at_a_page_that_is_there(volume: Record, by: User) -> None:
    with pytest.raises(PageNotThere, match="11"):
        dividing.begin_item(volume, 11, "新的一件", by)
    assert not volume.children.exists()
