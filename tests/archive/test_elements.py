"""The list of elements against the table of DA/T 18-2022, and against what uses it."""

import csv
from pathlib import Path

import pytest
from django.db import models

from archive.description import EDITABLE
from archive.elements import BY_NAME, FIELDS
from archive.exporting import export
from archive.links import LINKS
from archive.models import Record
from archive.tables.columns import attribute_of
from archive.vocabulary import Level
from cms.admin.record_panels import edit_handler
from tests.factories import RecordFactory

# Obligation for an item, a file, a series and a fonds.
TABLE = """\
档案馆代码 OOOM
著录层级 MMMM
档号 MMMM
题名 MMMM
文件编号 C---
日期（原文） MMMM
责任者 MMMM
组织机构沿革/人物生平 ---O
档案保管沿革 OOOM
范围和提要 OOOO
人名 OO--
稿本 O---
文种 O---
附件 O---
载体形态 COOO
计算机文件大小 OO--
计算机文件格式 OO--
生成方式 OO--
整理情况 --OO
保管期限 MM--
销毁情况 OC--
密级 C---
公开属性 O---
开放标识 MM--
语言或文字 O---
主题词或关键词 O---
分类号 OO--
缩微号 OOOO
存储位置 OOOO
原件存放位置 OOOO
复制件存放位置 OOOO
相关著录单元 --OO
附注 OOOO
著录者 OOOO
著录日期 OOOO
"""
ROWS = dict(line.split() for line in TABLE.splitlines())
DECIDED = {"open_status", "secrecy", "disclosure_status"}


def name_of(label: str) -> str:
    """The element that the standard calls so, by the head that an import knows."""
    attribute = attribute_of(label)
    assert attribute is not None, label
    return "date_display" if attribute == "date_original" else attribute


@pytest.mark.parametrize("label", ROWS)
def test_an_element_is_asked_for_where_the_standard_asks(label: str) -> None:
    element = BY_NAME[name_of(label)]
    assert element.obligations == ROWS[label]
    assert element.decided is (element.name in DECIDED)


def test_there_are_no_other_elements_but_the_kind_of_material() -> None:
    assert set(BY_NAME) == {name_of(label) for label in ROWS} | {"material"}


def test_every_field_of_an_element_can_be_filled_in() -> None:
    form = edit_handler().bind_to_model(Record).get_form_class()
    shown = set(form.base_fields)
    derived = {"date_display"}
    assert set(FIELDS) - DECIDED - derived - shown == set()
    assert shown - {"parent", *LINKS} - EDITABLE == {"reference_code"}


@pytest.mark.django_db
def test_every_element_is_exported_and_read_back(tmp_path: Path) -> None:
    values: dict[str, object] = {}
    for name in sorted(EDITABLE - {"particulars", "material", "is_demonstration"}):
        field = Record._meta.get_field(name)
        if name.startswith("date_") or name in ("level", "title", "calendar"):
            continue
        number = isinstance(field, models.IntegerField)
        values[name] = 3 if number else f"值{name}"[: field.max_length or 20]  # type: ignore[union-attr]
    record = RecordFactory.create(
        level=Level.ITEM.value, reference_code="E-1", date_original="1963", **values
    )
    path = tmp_path / "all.csv"
    export(Record.objects.filter(pk=record.pk), path, "csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    told = {attribute_of(head): cell for head, cell in line.items() if cell}
    for name, value in values.items():
        assert told[name] == str(value)
    assert (told["level"], told["date_edtf"]) == ("件", "1963")
