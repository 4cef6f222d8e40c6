import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from archive import records
from archive.models import Record
from cms.catalogue import CHILDREN_A_PAGE
from tests.cms import collection
from tests.cms.collection import Collection
from tests.factories import (
    PUBLIC,
    FolioFactory,
    RecordFactory,
    decide,
    open_record,
)


@pytest.fixture
def tree(db: None) -> Collection:
    """The collection without an index: the catalogue needs none."""
    return collection.build(index=False)


def url(record: Record) -> str:
    return reverse("record", args=[record.reference_code])


def page(client: Client, record: Record) -> str:
    response = client.get(url(record))
    assert response.status_code == 200
    return response.content.decode()


def test_the_catalogue_begins_with_the_visible_fonds(
    client: Client, tree: Collection
) -> None:
    RecordFactory.create(reference_code="Z999", title="未开放全宗", level="fonds")
    html = client.get("/catalogue/").content.decode()
    assert "测试全宗" in html
    assert "未开放全宗" not in html


def test_counts_are_of_what_the_reader_may_see(
    client: Client, reader_in_the_room: Client, tree: Collection
) -> None:
    assert "下级 2 条" in client.get("/catalogue/").content.decode()
    assert "下级 3 条" in reader_in_the_room.get("/catalogue/").content.decode()


def test_a_record_shows_description_pages_and_citation(
    client: Client, tree: Collection
) -> None:
    html = page(client, tree.public)
    assert "<dt>范围和提要</dt>" in html
    assert "须知若干条。" in html
    assert re.search(r"<dt>开放标识</dt>\s*<dd[^>]*>\s*开放\b", html)
    assert "第 2 页缩略图" in html
    assert "調解須知：T001-WS·1953·Y-001[A/OL]" in html
    assert "全文开放" in html
    assert "演示材料" in html
    assert 'href="/catalogue/T001/"' in html


def test_a_catalogue_entry_shows_title_date_and_code(
    client: Client, tree: Collection
) -> None:
    html = page(client, tree.catalogue_only)
    for shown in ("目录开放案卷", "T001-WS·2003·Y-004", "2003", "原文请申请查阅"):
        assert shown in html
    for hidden in ("不应出现", "著录", "GB/T", "iiif", "只见目录的"):
        assert hidden not in html


def test_children_come_a_page_at_a_time(client: Client, tree: Collection) -> None:
    extra = [
        RecordFactory.create(parent=tree.fonds, position=n)
        for n in range(CHILDREN_A_PAGE)
    ]
    decide(extra, PUBLIC)
    first = client.get(url(tree.fonds)).content.decode()
    second = client.get(url(tree.fonds) + "?page=2").content.decode()
    assert first.count('class="keep plain"') == CHILDREN_A_PAGE
    assert second.count('class="keep plain"') == 2
    assert "第 2 页，共 2 页" in second
    assert "共 52 条" in first


def test_a_former_code_leads_to_the_new_one(client: Client, tree: Collection) -> None:
    records.set_reference_code(tree.public, "T001-WS·1953·Y-009")
    response = client.get("/catalogue/T001-WS·1953·Y-001/")
    assert response.status_code == 301
    target = response.headers["Location"]
    assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    "rest", ["", "?pages=2", "1/?q=调解&at=2", "2/", "citation.ris?page=2"]
)
def test_a_former_code_keeps_all_else_of_the_address(
    client: Client, tree: Collection, rest: str
) -> None:
    records.set_reference_code(tree.public, "T001-WS·1953·Y-009")
    response = client.get(f"/catalogue/T001-WS·1953·Y-001/{rest}")
    assert response.status_code == 301
    location = unquote(response.headers["Location"])
    assert location == f"/catalogue/T001-WS·1953·Y-009/{rest}"
    assert client.get(location).status_code == 200


def test_a_former_code_of_a_hidden_record_does_not_exist(
    client: Client, tree: Collection
) -> None:
    records.set_reference_code(tree.staff, "T001-WS·2002·Y-009")
    for rest in ("", "1/?q=调解", "citation.ris"):
        former, current, missing = (
            client.get(f"/catalogue/T001-WS·2002·Y-{number}/{rest}")
            for number in ("003", "009", "777")
        )
        assert former.status_code == missing.status_code == 404
        assert dict(former.headers) == dict(missing.headers)
        assert former.content == missing.content.replace(b"Y-777", b"Y-003")
        assert current.content == missing.content.replace(b"Y-777", b"Y-009")


def test_another_spelling_of_a_code_leads_to_the_record(
    client: Client, tree: Collection
) -> None:
    response = client.get("/catalogue/T001-WS.1953.Y-001/")
    assert response.status_code == 301
    assert client.get("/catalogue/T001-WS.2002.Y-003/").status_code == 404


def test_a_page_not_yet_recognised_says_so(client: Client, tree: Collection) -> None:
    FolioFactory.create(record=tree.public, quarantined=False)
    assert "还有 1 页正在识别文字" in page(client, tree.public)
    html = client.get(url(tree.public) + "3/").content.decode()
    assert "正在识别文字，请稍后再来" in html


def test_a_quarantined_page_is_neither_shown_nor_counted(
    client: Client, tree: Collection
) -> None:
    FolioFactory.create(record=tree.public, quarantined=True)
    assert "第 3 页缩略图" not in page(client, tree.public)
    assert "<span>2 页</span>" in page(client, tree.fonds)
    assert client.get(url(tree.public) + "3/").status_code == 404


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [("ris", "TY  - "), ("bib", "@misc{"), ("json", "[")],
)
def test_a_citation_can_be_taken_away(
    client: Client, tree: Collection, suffix: str, begins: str
) -> None:
    response = client.get(f"{url(tree.public)}citation.{suffix}?page=2")
    assert response.status_code == 200
    assert response.content.decode().startswith(begins)
    assert "attachment" in response["Content-Disposition"]
    assert "/2/" in response.content.decode()


def test_a_citation_needs_a_known_form_and_full_access(
    client: Client, tree: Collection
) -> None:
    assert client.get(url(tree.public) + "citation.exe").status_code == 404
    assert client.get(url(tree.staff) + "citation.ris").status_code == 404
    assert client.get(url(tree.catalogue_only) + "citation.ris").status_code == 404


def test_staff_material_says_that_it_is_not_public(
    reader_in_the_room: Client, tree: Collection
) -> None:
    html = page(reader_in_the_room, tree.reading_room)
    assert "未向公众开放" in html
    assert "以阅览室读者身份查阅" in html


@pytest.mark.parametrize("code", ["…", "%00", "a" * 500, "..", "%2e%2e", "甲%0a乙"])
def test_an_impossible_code_is_simply_not_found(
    client: Client, db: None, code: str
) -> None:
    assert client.get(f"/catalogue/{code}/").status_code == 404


def test_a_long_record_shows_its_pages_in_parts(
    client: Client, tree: Collection
) -> None:
    record = RecordFactory.create(parent=tree.fonds)
    for _ in range(50):
        FolioFactory.create(record=record)
    open_record(record)
    assert "第 1 至 48 页，共 50 页" in page(client, record)
    second = client.get(url(record) + "?pages=2").content.decode()
    assert "第 50 页缩略图" in second


def test_the_parts_of_a_record_go_by_the_numbers_on_its_pages(
    client: Client, tree: Collection
) -> None:
    record = RecordFactory.create(parent=tree.fonds)
    for sequence in range(1, 52):
        if sequence != 5:
            FolioFactory.create(record=record, sequence=sequence)
    open_record(record)
    first = page(client, record)
    assert "第 49 页缩略图" in first
    assert "第 1 至 49 页，共 51 页" in first
    second = client.get(url(record) + "?pages=2").content.decode()
    assert "第 50 至 51 页，共 51 页" in second
