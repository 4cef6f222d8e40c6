"""Screens and steps of the admin cost as many queries for many records as for few."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive import tree
from archive.codes.proposals import propose
from archive.models import Record
from tests.cms.admin.conftest import ClientOf
from tests.factories import ARCHIVIST, RecordFactory

LIST = "wagtailsnippets_archive_record:list"
EDIT = "wagtailsnippets_archive_record:edit"


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


@pytest.fixture
def fonds(groups: None) -> Record:
    made: Record = RecordFactory.create(reference_code="Z1", level="fonds")
    add(made, 60)
    return made


def add(fonds: Record, count: int) -> None:
    """More files right below the fonds, dated and tagged."""
    start = fonds.children.count()
    for number in range(start, start + count):
        RecordFactory.create(
            parent=fonds,
            reference_code=f"Z1-{number:04d}",
            date_original="1963年",
            genre="报告",
            tags=["调解"],
            creators=f"某社{number}；甲社",
            subjects="法治；自拟词",
        )


def cost(act: Callable[[], Any]) -> int:
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", 30),
        ("p=2", 30),
        ("within=Z1&tree=1", 30),
        ("within=Z1&p=2", 30),
        ("years_min=1960&years_max=1969&tag=调解", 30),
        ("years_min=1960&years_max=1969&subject=法治", 30),
        ("level=file&open_status=unreviewed&description_status=draft", 30),
        ("missing=retention_code&genre=报告", 30),
        ("scans=without&ordering=-date", 30),
    ],
)
def test_the_list(archivist: Client, fonds: Record, query: str, most: int) -> None:
    def show() -> None:
        page = archivist.get(f"{reverse(LIST)}?{query}")
        assert page.status_code == 200
        assert page.context["items_count"] > 0

    few = cost(show)
    add(fonds, 45)
    assert cost(show) == few <= most


@pytest.mark.parametrize(
    "name",
    [
        "archive_my_work",
        "archive_completeness",
        "archive_duplicates",
        "archive_authorities_unlinked",
    ],
)
def test_work_and_reports(archivist: Client, fonds: Record, name: str) -> None:
    few = cost(lambda: archivist.get(reverse(name)))
    add(fonds, 30)
    assert cost(lambda: archivist.get(reverse(name))) == few <= 30


def test_the_numbering_report(archivist: Client, fonds: Record) -> None:
    address = reverse("archive_numbering", args=[fonds.pk])
    few = cost(lambda: archivist.get(address))
    add(fonds, 30)
    assert cost(lambda: archivist.get(address)) == few <= 25


def test_opening_and_saving_one_record(archivist: Client, fonds: Record) -> None:
    record = fonds.children.earliest("position")
    address = reverse(EDIT, args=[record.pk])
    values = iter(range(100))

    def save() -> None:
        data = {
            "level": "file",
            "reference_code": record.reference_code,
            "parent": fonds.pk,
            "title": record.title,
            "date_original": "1963年",
            "tags": "调解",
            "note": f"第 {next(values)} 次",
        }
        answer = archivist.post(address, data)
        assert answer.status_code == 302, answer.context["form"].errors

    saving, opening = cost(save), cost(lambda: archivist.get(address))
    add(fonds, 40)
    assert cost(lambda: archivist.get(address)) == opening <= 45
    assert cost(save) == saving <= 60
    record.refresh_from_db()
    assert record.note == "第 3 次"


def test_proposing_a_code_and_inserting(fonds: Record) -> None:
    def insert() -> None:
        children = fonds.children.order_by("position", "pk")
        tree.insert_before(children[5], children[1], None)

    few = cost(lambda: propose(fonds, "file")), cost(insert)
    add(fonds, 40)
    assert (cost(lambda: propose(fonds, "file")), cost(insert)) == few


def test_an_insertion_leaves_room_for_the_next(fonds: Record) -> None:
    """Only the first between two neighbours moves the siblings after them."""
    children = list(fonds.children.order_by("position", "pk"))
    tree.insert_before(children[9], children[1], None)
    moved = Record.objects.get(pk=children[50].pk).position
    for number, record in enumerate(children[10:15]):
        tree.insert_before(record, children[1], None)
        ordered = list(fonds.children.order_by("position", "pk")[: number + 4])
        assert ordered[-1] == children[1]
        assert ordered[-2] == record
    assert Record.objects.get(pk=children[50].pk).position == moved


def test_a_page_keeps_the_order_of_the_list(archivist: Client, fonds: Record) -> None:
    page = archivist.get(f"{reverse(LIST)}?ordering=-reference_code&within=Z1&p=2")
    codes = [one.reference_code for one in page.context["object_list"]]
    assert codes == [f"Z1-{number:04d}" for number in range(9, -1, -1)]
