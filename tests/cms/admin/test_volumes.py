"""The screen on which a volume is divided."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Record
from cms.admin.volumes import PAGES_SHOWN, spans
from tests.cms.admin.conftest import ClientOf
from tests.factories import (
    ARCHIVIST,
    REVIEWER,
    FolioFactory,
    RecordFactory,
    published,
)


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


@pytest.fixture
def volume(groups: None) -> Record:
    record: Record = RecordFactory.create(level="file", reference_code="Z1-001-001")
    for _number in range(6):
        FolioFactory.create(record=record)
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


def address(volume: Record) -> str:
    return reverse("archive_volume", args=(volume.pk,))


def typed(one: Record, first: object, last: object, was: str) -> dict[str, Any]:
    return {
        f"first-{one.pk}": first,
        f"last-{one.pk}": last,
        f"was-{one.pk}": was,
    }


def pages(record: Record) -> tuple[int | None, int | None]:
    record.refresh_from_db()
    return record.first_page, record.last_page


def test_numbers_that_follow_each_other_are_drawn_together() -> None:
    assert spans([]) == ""
    assert spans([1, 2, 3, 7, 9, 10]) == "1–3、7、9–10"


def test_the_screen_tells_what_no_item_holds_and_what_two_hold(
    archivist: Client, volume: Record
) -> None:
    item(volume, 1, 1, 2)
    item(volume, 2, 2, 3)
    page = archivist.get(address(volume))
    assert (page.context["unheld"], page.context["shared"]) == ("4–6", "2")
    holders = [one.holders for one in page.context["thumbnails"]]
    assert holders == [("001",), ("001", "002"), ("002",), (), (), ()]


def test_pages_are_typed_and_saved(archivist: Client, volume: Record) -> None:
    one, two = item(volume, 1, 1, 2), item(volume, 2, None, None)
    form = {**typed(one, 1, 3, "1-2"), **typed(two, 4, 6, "-"), "go": "1"}
    answer = archivist.post(address(volume), form)
    assert answer.headers["Location"] == f"{address(volume)}?p=1"
    assert (pages(one), pages(two)) == ((1, 3), (4, 6))


@pytest.mark.parametrize("wrong", ["7", "x", "", "0", "９９９", "1" * 30, "-1"])
def test_a_wrong_number_is_marked_where_it_stands_and_nothing_is_saved(
    archivist: Client, volume: Record, wrong: str
) -> None:
    one, two = item(volume, 1, 1, 2), item(volume, 2, 3, 4)
    form = {**typed(one, 1, 1, "1-2"), **typed(two, 3, wrong, "3-4")}
    answer = archivist.post(address(volume), form)
    assert answer.status_code == 200
    problems = {line.item.record_id: line.problem for line in answer.context["lines"]}
    assert (problems[one.pk], bool(problems[two.pk])) == ("", True)
    assert f'value="{wrong}"' in answer.text
    assert (pages(one), pages(two)) == ((1, 2), (3, 4))


def test_a_line_that_nobody_touched_keeps_what_a_colleague_saved(
    archivist: Client, volume: Record
) -> None:
    one, two = item(volume, 1, 1, 2), item(volume, 2, 3, 4)
    Record.objects.filter(pk=one.pk).update(last_page=1)
    form = {**typed(one, 1, 2, "1-2"), **typed(two, 3, 5, "3-4")}
    archivist.post(address(volume), form)
    assert (pages(one), pages(two)) == ((1, 1), (3, 5))


def test_a_range_past_the_last_page_is_marked_although_it_is_stored(
    archivist: Client, volume: Record
) -> None:
    item(volume, 1, 5, 9)
    (line,) = archivist.get(address(volume)).context["lines"]
    assert line.problem


def test_an_item_is_begun_at_a_page(archivist: Client, volume: Record) -> None:
    one = item(volume, 1, 1, 6)
    form = {"begin": "1", "page": 4, "title": "新的一件", "cut": "on"}
    answer = archivist.post(address(volume), form, follow=True)
    assert "Z1-001-001-002" in answer.text
    new = Record.objects.get(reference_code="Z1-001-001-002")
    assert (pages(one), pages(new)) == ((1, 3), (4, 6))
    assert new.title == "新的一件"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"page": 99}, "__all__"),
        ({"page": ""}, "page"),
        ({"title": ""}, "title"),
        ({"code": "Z1-001-001-001"}, "__all__"),
        ({"code": "坏/号"}, "__all__"),
    ],
)
def test_what_cannot_be_begun_is_told_and_nothing_is_made(
    archivist: Client, volume: Record, wrong: dict[str, Any], field: str
) -> None:
    one = item(volume, 1, 1, 6)
    form = {"begin": "1", "page": 4, "title": "新的一件", "cut": "on", **wrong}
    answer = archivist.post(address(volume), form)
    assert answer.status_code == 200
    (problem,) = answer.context["begin"].errors[field]
    assert problem in answer.text
    assert volume.children.count() == 1
    assert pages(one) == (1, 6)


def test_pages_not_yet_saved_are_saved_with_a_new_item_or_neither_is(
    archivist: Client, volume: Record
) -> None:
    one = item(volume, 1, None, None)
    form = {"begin": "1", "page": 4, "title": "新的一件", "cut": "on"}
    archivist.post(address(volume), {**form, **typed(one, 1, 99, "-")})
    assert (pages(one), volume.children.count()) == ((None, None), 1)
    taken = {"code": one.reference_code}
    archivist.post(address(volume), {**form, **typed(one, 1, 6, "-"), **taken})
    assert (pages(one), volume.children.count()) == ((None, None), 1)
    archivist.post(address(volume), {**form, **typed(one, 1, 6, "-")})
    assert (pages(one), volume.children.count()) == ((1, 3), 2)


def test_the_pages_of_a_published_item_wait_and_the_screen_says_so(
    archivist: Client, volume: Record
) -> None:
    one = item(volume, 1, 1, 2)
    published([one])
    archivist.post(address(volume), typed(one, 1, 3, "1-2"))
    assert pages(one) == (1, 2)
    page = archivist.get(address(volume))
    (line,) = page.context["lines"]
    assert (line.last, line.item.waiting) == ("3", True)
    assert "待审" in page.text


def test_a_reviewer_looks_and_changes_nothing(
    client_of: ClientOf, volume: Record
) -> None:
    one = item(volume, 1, 1, 2)
    reviewer = client_of(REVIEWER)
    page = reviewer.get(address(volume))
    assert "<form" in page.text
    assert f"first-{one.pk}" not in page.text
    for form in (
        typed(one, 1, 3, "1-2"),
        {"begin": "1", "page": 3, "title": "新的一件"},
    ):
        assert reviewer.post(address(volume), form).status_code in (302, 403)
    assert pages(one) == (1, 2)
    assert volume.children.count() == 1


def test_only_a_file_is_divided(archivist: Client, groups: None) -> None:
    other = RecordFactory.create(level="series")
    assert archivist.get(address(other)).status_code == 404


def test_a_thick_volume_is_shown_in_parts_with_few_queries(
    archivist: Client, volume: Record
) -> None:
    counts = []
    item(volume, 1, 1, 2)
    for more in (0, PAGES_SHOWN):
        for number in range(more):
            FolioFactory.create(record=volume)
            item(volume, 100 + number, number + 1, number + 1)
        archivist.get(address(volume))
        with CaptureQueriesContext(connection) as captured:
            page = archivist.get(address(volume))
        counts.append(len(captured))
    assert len(page.context["thumbnails"]) == PAGES_SHOWN
    assert counts[0] == counts[1]
    rest = archivist.get(f"{address(volume)}?p=2").context["thumbnails"]
    assert [one.folio.sequence for one in rest] == list(range(61, 67))


def test_a_file_without_scans_of_its_own_says_that_there_is_nothing_to_divide(
    archivist: Client, volume: Record
) -> None:
    empty = RecordFactory.create(level="file", reference_code="Z1-001-002")
    page = archivist.get(address(empty)).text
    assert "不必划分" in page
    assert "每页都有所属" not in page
    assert "data-begin" not in page
    assert "不必划分" not in archivist.get(address(volume)).text
