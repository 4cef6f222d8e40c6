"""A collection on paper: its contents, its fonts, what is in it and what is not."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from cms import pdf, public_files
from tests.cms.cases.building import case, collection, told
from tests.cms.collection import Collection
from tests.factories import READING_ROOM, decide

WORDS = "據實登記"


def read(path: str = "/cases/water/booklet.pdf") -> PdfReader:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(b"".join(answer)))


def texts(reader: PdfReader) -> list[str]:
    return [re.sub(r"\s+", "", page.extract_text()) for page in reader.pages]


def test_it_holds_the_cases_in_order_with_numbered_contents(held: Collection) -> None:
    collection(told(held.public, WORDS), case("檐水滴入邻院", summary="檐水两家。"))
    reader = read()
    pages = texts(reader)
    assert "用水案例集" in pages[0]
    contents = pages[1]
    assert "目录" in contents
    for title in ("前言", "两户共渠引水", "檐水滴入邻院"):
        (number,) = re.findall(rf"{title}[.\s]*(\d+)", contents)
        assert title in pages[int(number) - 1]
    whole = "".join(pages)
    for said in ("旱季水量减半。", "第1日", "先量后议。", "檐水两家。", "以相对日数记"):
        assert said in whole
    # Running heads: the collection, and the case that the page belongs to.
    assert pages[-1].endswith(f"用水案例集檐水滴入邻院{len(pages)}")
    assert [one.title for one in reader.outline if not isinstance(one, list)]
    # In reading order, and leading to the site from wherever the file lies.
    assert whole.index("第1日") < whole.index("登记受理") < whole.index("先量后议。")
    linked = [
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert linked
    assert all(
        one.startswith(("http://testserver/", "https://example.org/")) for one in linked
    )


def test_every_font_is_embedded(held: Collection) -> None:
    collection(told(held.public, WORDS))
    met = 0
    for page in read().pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            (below,) = font.get_object().get("/DescendantFonts", [font])
            described = below.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3", "/FontFile"} & described.keys()
            assert "/ToUnicode" in font.get_object()
            met += 1
    assert met


def test_the_passage_is_drawn_while_it_is_public(held: Collection) -> None:
    collection(told(held.public, WORDS))
    before = read()
    assert any(page.images for page in before.pages)
    assert held.public.reference_code in "".join(texts(before))
    decide([held.public], READING_ROOM)
    after = read()
    assert not any(page.images for page in after.pages)
    assert held.public.reference_code not in "".join(texts(after))


def test_only_live_cases_are_in_it(held: Collection) -> None:
    one, other = case("两户共渠引水"), case("檐水滴入邻院")
    collection(one, other)
    assert "檐水滴入邻院" in "".join(texts(read()))
    other.unpublish()
    assert "檐水滴入邻院" not in "".join(texts(read()))
    one.unpublish()
    assert Client().get("/cases/water/booklet.pdf").status_code == 404
    assert "檐水滴入邻院" not in Client().get("/cases/water/").content.decode()


def test_it_is_made_once_while_nothing_changes(
    held: Collection, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    one = case()
    collection(one)
    made = []
    real = pdf.pdf_of

    def counted(*args: Any) -> bytes:
        made.append(args)
        return real(*args)

    monkeypatch.setattr(pdf, "pdf_of", counted)
    client = Client()
    first = b"".join(client.get("/cases/water/booklet.pdf"))
    assert b"".join(client.get("/cases/water/booklet.pdf")) == first
    assert len(made) == 1
    one.title = "改了题名"
    one.save_revision().publish()
    assert "改了题名" in "".join(texts(read()))


def test_the_booklet_in_traditional_characters(held: Collection) -> None:
    collection(case("两户共渠引水"))
    assert "兩戶共渠引水" in "".join(texts(read("/zh-hant/cases/water/booklet.pdf")))


def test_the_files_of_the_booklet_are_those_that_everyone_gets() -> None:
    for path in ("/admin/", "/search/?q=x", "/no/such", "/iiif/image/no/such"):
        assert public_files.fetch(path) is None
