"""Exported tables: what stands in them, and that an import gives it all back."""

import csv
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import exporting, records
from archive.description import CLAIMS, EDITABLE
from archive.importing import Source, import_table
from archive.links import LINKS
from archive.models import Record, TaggedRecord
from archive.tables.cells import escaped, is_live_formula, unescaped
from archive.tables.writing import TooBigForXlsx
from tests.factories import FolioFactory, RecordFactory

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\r\t=+-@'\"，,;；＝￥（清空）_x000D_ 😀枫"),
    max_size=12,
)
SPECIAL = st.sampled_from(
    [
        "=1+1",
        "'=x",
        "''",
        "（清空）",
        " [空]",
        "  ",
        "\r\n",
        "_x0041_",
        "#N/A",
        "1963",
        "0012",
        "+a|b",
        "@SUM(1)",
        '"',
        "￥－5",
        "TRUE",
        "\t甲",
        " 甲 ",
    ]
)
VALUES = TEXT | SPECIAL


@given(VALUES, st.booleans())
def test_a_text_comes_back_from_its_cell(text: str, formulas: bool) -> None:
    cell = escaped(text, formulas=formulas)
    assert unescaped(cell) == text
    if formulas:
        assert not is_live_formula(cell)
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


class RoundTripTest(TestCase):
    @settings(
        max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(st.data())
    def test_an_empty_archive_gets_equal_records(self, data: st.DataObject) -> None:
        self._plant(data)
        for file_format in exporting.FORMATS:
            before = _everything()
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"表.{file_format}"
                exporting.export(Record.objects.all(), path, file_format)
                report = import_table(Source(path, path.name))
                assert (report.problems, report.updated) == ([], 0)
                _empty()
                report = import_table(Source(path, path.name))
            assert report.problems == []
            assert _everything() == before

    def _plant(self, data: st.DataObject) -> None:
        top = RecordFactory.create(
            reference_code="Z1", level="fonds", title=data.draw(VALUES.filter(bool))
        )
        texts = ["note", "creators", "scope_content", "date_original", "class_numbers"]
        for number in range(2):
            fields: dict[str, Any] = {name: data.draw(VALUES) for name in texts}
            tags = st.lists(VALUES.filter(str.strip), max_size=2)
            RecordFactory.create(
                parent=top,
                reference_code=f"Z1-{2 - number}",
                title=data.draw(VALUES.filter(bool)),
                tags=data.draw(tags),
                is_demonstration=data.draw(st.booleans()),
                **fields,
            )


def _everything() -> list[dict[str, Any]]:
    """All that a table can hold of all records, in the order of the tree."""
    names = [*sorted(EDITABLE), *CLAIMS, "reference_code", "date_min", "date_max"]
    return [
        {name: getattr(record, name) for name in names}
        | {
            name: link.read([record.pk]) and link.read([record.pk])[record.pk]
            for name, link in LINKS.items()
        }
        | {"parent": record.parent and record.parent.reference_code}
        | {"position": record.position}
        for record in Record.objects.order_by("reference_code")
    ]


def _empty() -> None:
    TaggedRecord.objects.all().delete()
    Record.objects.exclude(parent=None).delete()
    Record.objects.all().delete()


pytestmark = pytest.mark.django_db


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_csv_says_its_encoding_and_holds_the_standards_columns(
    tmp_path: Path,
) -> None:
    top = RecordFactory.create(reference_code="Z1", level="fonds", title="全宗甲")
    record = RecordFactory.create(parent=top, reference_code="Z1-1", tags=["调解"])
    records.set_reference_code(record, "Z1-2")
    path = tmp_path / "a.csv"
    exported = exporting.export(Record.objects.all(), path, "csv")
    assert (exported.count, exported.roots) == (2, {top.pk: 2})
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    first, second = rows_of(path)
    assert (first["档号"], first["著录层级"], first["上级档号"]) == ("Z1", "全宗", "")
    assert (second["上级档号"], second["标签"], second["曾用档号"]) == (
        "Z1",
        "调解",
        "Z1-1",
    )
    assert (second["密级"], second["开放标识"]) == ("内部", "未审核")


def test_no_exported_cell_runs_as_a_formula(tmp_path: Path) -> None:
    RecordFactory.create(title="=1+1", note="@SUM(A1)", creators="-5")
    exporting.export(Record.objects.all(), tmp_path / "a.csv", "csv")
    (row,) = rows_of(tmp_path / "a.csv")
    assert (row["题名"], row["附注"], row["责任者"]) == ("'=1+1", "'@SUM(A1)", "'-5")
    exporting.export(Record.objects.all(), tmp_path / "a.xlsx", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row}
    for text in ("=1+1", "@SUM(A1)", "-5"):
        assert cells[text].data_type == "s"
        assert cells[text].quotePrefix
    assert sheet.freeze_panes == "A2"


def test_a_cell_too_long_for_xlsx_is_refused_with_the_remedy(tmp_path: Path) -> None:
    RecordFactory.create(note="长" * 32_768)
    with pytest.raises(TooBigForXlsx, match="CSV"):
        exporting.export(Record.objects.all(), tmp_path / "a.xlsx", "xlsx")


def test_the_filing_list_has_the_columns_of_the_standard(tmp_path: Path) -> None:
    record = RecordFactory.create(
        reference_code="Z1", title="甲", date_original="1963", document_number="1号"
    )
    FolioFactory.create(record=record)
    path = tmp_path / "a.csv"
    exporting.export(Record.objects.all(), path, "csv", exporting.FILING_LIST)
    (row,) = rows_of(path)
    assert row == {
        "序号": "1",
        "档号": "Z1",
        "文号": "1号",
        "责任者": "",
        "题名": "甲",
        "日期": row["日期"],
        "密级": "内部",
        "页数": "1",
        "备注": "",
    }
    assert "1963" in row["日期"]


def test_the_queries_are_by_the_chunk_not_by_the_record(tmp_path: Path) -> None:
    def queries(path: Path) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            exporting.export(Record.objects.all(), path, "csv")
        return len(captured)

    RecordFactory.create_batch(2)
    few = queries(tmp_path / "a.csv")
    RecordFactory.create_batch(20)
    assert queries(tmp_path / "b.csv") == few
