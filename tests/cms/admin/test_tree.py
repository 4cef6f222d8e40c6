"""The tree in the admin: pane, moving with a preview, order, numbers, codes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import Batch, CodeTemplate, Record
from tests.cms.admin.conftest import ClientOf
from tests.factories import ARCHIVIST, REVIEWER, RecordFactory

LIST = "wagtailsnippets_archive_record:list"


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


@pytest.fixture
def fonds(groups: None) -> Record:
    return made("Z109", level="fonds")


def made(code: str, parent: Record | None = None, level: str = "file") -> Record:
    record: Record = RecordFactory.create(
        parent=parent, reference_code=code, level=level
    )
    return record


def test_the_tree_stands_beside_the_list_and_leads_down(
    archivist: Client, fonds: Record
) -> None:
    series = made("Z109-WS", fonds, "series")
    made("Z109-WS-001", series)
    page = archivist.get(reverse(LIST))
    assert "?within=Z109" in page.text
    page = archivist.get(f"{reverse(LIST)}?within=Z109-WS")
    tree = page.context["tree"]
    assert [one.reference_code for one in tree.above] == ["Z109"]
    assert [one.reference_code for one in tree.nodes] == ["Z109-WS-001"]
    assert page.text.count('aria-current="page"') >= 1


def test_the_tree_costs_the_same_for_many_children(
    archivist: Client, fonds: Record, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for start in (0, 130):
        for number in range(start, start + 130):
            made(f"Z109-{number:03d}", fonds)
        with django_assert_max_num_queries(60) as captured:
            page = archivist.get(f"{reverse(LIST)}?within=Z109&tree=2")
        counts.append(len(captured))
        assert page.context["tree"].page.number == 2
    assert counts[0] == counts[1]


def test_new_codes_are_shown_before_a_record_is_moved(
    archivist: Client, fonds: Record
) -> None:
    here, there = made("Z109-WS", fonds, "series"), made("Z109-KJ", fonds, "series")
    file = made("Z109-WS-001", here)
    address = reverse("archive_move", args=[file.pk])
    wanted = {"parent": there.pk, "recode": "on"}
    shown = archivist.post(address, {**wanted, "preview": "1"})
    assert "Z109-KJ-001" in shown.text
    assert Record.objects.get(pk=file.pk).parent == here

    archivist.post(address, {**wanted, "apply": "1"})
    moved = Record.objects.get(pk=file.pk)
    assert (moved.parent, moved.reference_code) == (there, "Z109-KJ-001")


def test_a_move_below_itself_is_refused_in_words(
    archivist: Client, fonds: Record
) -> None:
    series = made("Z109-WS", fonds, "series")
    address = reverse("archive_move", args=[fonds.pk])
    answer = archivist.post(address, {"parent": series.pk, "apply": "1"})
    assert "不能把档案移到" in answer.text


def test_a_record_is_put_before_another(archivist: Client, fonds: Record) -> None:
    files = [made(f"Z109-{n}", fonds) for n in range(1, 4)]
    address = reverse("archive_place", args=[files[2].pk])
    assert "同一上级" in archivist.post(address, {"before": "没有"}).text
    archivist.post(address, {"before": "Z109-1"})
    ordered = Record.objects.filter(parent=fonds).order_by("position", "pk")
    assert [one.reference_code for one in ordered] == ["Z109-3", "Z109-1", "Z109-2"]


def test_numbers_are_checked_and_given_anew(
    client_of: ClientOf, archivist: Client, fonds: Record
) -> None:
    for code in ("Z109-001", "Z109-004", "Z109-002"):
        made(code, fonds)
    address = reverse("archive_numbering", args=[fonds.pk])
    page = archivist.get(address).text
    assert "缺号" in page
    assert "Z109-005" in page
    reviewer = client_of(REVIEWER)
    assert reviewer.get(address).status_code == 200
    assert reviewer.post(address, {"level": "file"}).status_code in (302, 403)
    assert not Batch.objects.exists()
    archivist.post(address, {"level": "file"})
    assert Batch.objects.get().kind == "renumber"
    assert Record.objects.filter(reference_code="Z109-005").exists()


def test_the_form_is_told_the_next_code_and_what_is_wrong_with_one(
    archivist: Client, fonds: Record
) -> None:
    series = made("Z109-WS", fonds, "series")
    file = made("Z109-WS-001", series)

    def told(**asked: str | int) -> dict[str, str]:
        query: dict[str, str | int] = {"parent": series.pk, "level": "file"}
        query |= asked
        answer: dict[str, str] = archivist.get(reverse("archive_codes"), query).json()
        return answer

    assert told()["proposal"] == "Z109-WS-002"
    assert "已被使用" in told(code="Z109-WS-001")["problem"]
    assert "无效" in told(code="a/b")["problem"]
    assert told(code="Z109-WS-001", record=file.pk)["problem"] == ""
    CodeTemplate.objects.create(fonds=fonds, scheme="dat13_volume")
    assert "案卷号" in told(code="Z109-WS-1")["note"]
    CodeTemplate.objects.update(strict=True)
    assert "案卷号" in told(code="Z109-WS-1")["problem"]
