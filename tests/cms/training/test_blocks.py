"""The blocks of a lesson: what they take, what they refuse, in clear words."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from cms.blocks.lesson import (
    CaseBlock,
    LessonRecordBlock,
    SlidesBlock,
    StopLinkBlock,
)
from cms.models import NewsPage
from tests.cms.collection import Collection
from tests.cms.exhibitions.building import document, exhibition, stop
from tests.cms.training import building


def refused(block: Any, value: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python(value))
    told: Any = error.value
    return str(told.as_json_data())


def test_slides_are_a_pdf_or_pictures(db: None) -> None:
    block = SlidesBlock()
    empty: dict[str, Any] = {"title": "课件", "document": None, "slides": []}
    assert "请选一个 PDF 文件" in refused(block, empty)
    text = document("notes.txt", b"text").pk
    assert "不是 PDF" in refused(block, {**empty, "document": text})
    pdf = {**empty, "document": document("a.pdf", building.PDF).pk}
    assert block.clean(block.to_python(pdf))["document"] is not None
    block.clean(block.to_python(building.slides()["value"]))


def test_a_record_is_public_and_its_words_are_there(held: Collection) -> None:
    block = LessonRecordBlock()
    right = building.record(held.public)["value"]
    assert block.clean(block.to_python(right))["record"] == held.public.pk
    assert block.clean(block.to_python({**right, "words": ""}))["words"] == ""
    assert "没有这些字" in refused(block, {**right, "words": "没有的话"})
    closed = {**right, "record": held.staff.pk, "words": ""}
    assert "没有向公众全文开放" in refused(block, closed)


def test_a_stop_is_one_of_the_exhibition(db: None) -> None:
    shown = exhibition(stops=[stop(2), stop(5)])
    block = StopLinkBlock()
    value = {"page": shown.pk, "number": 5, "note": ""}
    assert block.clean(block.to_python(value))["number"] == 5
    assert "有的是：2、5" in refused(block, {**value, "number": 3})


def test_a_case_is_what_search_calls_a_case(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = building.case_like()
    value = {"page": page.pk, "note": ""}
    assert "不是案例" in refused(CaseBlock(), value)
    # Any model may be called so: the cases' own is not known here.
    monkeypatch.setattr(type(page), "search_kind", "case")
    assert CaseBlock().clean(CaseBlock().to_python(value))["page"].pk == page.pk
    other = NewsPage(title="动态", slug="news-item")
    Page.objects.get(depth=2).add_child(instance=other)
    assert "不是案例" in refused(CaseBlock(), {"page": other.pk, "note": ""})
