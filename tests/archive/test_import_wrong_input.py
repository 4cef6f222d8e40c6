"""Tables that are wrong, through ``manage.py import``: what is said, what is kept."""

import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import Workbook
from PIL import Image

from archive.models import Batch, Change, Record
from tests.factories import RecordFactory

pytestmark = pytest.mark.django_db

HEAD = "档号,上级档号,著录层级,题名,日期\n"


def run(table: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the report."""
    out, code = io.StringIO(), 0
    try:
        call_command("import", str(table), *arguments, "--json", stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    return code, json.loads(out.getvalue())


def picture(kind: str) -> bytes:
    """Noise, so that its bytes may look like any text."""
    noise = random.Random(1963).randbytes(64 * 64)
    file = io.BytesIO()
    Image.frombytes("L", (64, 64), noise).save(file, kind)
    return file.getvalue()


@pytest.fixture
def there() -> Record:
    """A record with a child, as the tables find them."""
    top: Record = RecordFactory.create(reference_code="T1", level="fonds", title="全宗")
    RecordFactory.create(reference_code="T1-1", title="案卷", parent=top)
    return top


WRONG: dict[str, tuple[str, tuple[int, str], str]] = {
    "an invalid code": ("a/b,,全宗,甲,\n", (2, "档号"), "不能含有 / ?"),
    "a code too long": (f"{'Z' * 121},,全宗,甲,\n", (2, "档号"), "120 字"),
    "an invisible mark": ("Z\u202e1,,全宗,甲,\n", (2, "档号"), "控制字符"),
    "an impossible day": ("Z1,,全宗,甲,1963-02-31\n", (2, "日期"), "2月没有 31 日"),
    "an impossible month": ("Z1,,全宗,甲,1963年13月\n", (2, "日期"), "没有 13 月"),
    "an unknown parent": ("Z1,Z0,案卷,甲,\n", (2, "上级档号"), "请先建立上级"),
    "a doubled code": ("T1,,,新,\nT1,,,旧,\n", (3, "档号"), "与第 2 行重复"),
    "below itself": ("T1,T1-1,,,\n", (2, "上级档号"), "它的下级之中；请另选"),
    "a new circle": (
        "Z1,Z2,案卷,甲,\nZ2,Z1,案卷,乙,\n",
        (2, "上级档号"),
        "互相包含；请先改正",
    ),
    "a cell of 1 MB": (f"Z1,,全宗,{'甲' * 350_000},\n", (2, "题名"), "请缩短"),
    "a formula": ("Z1,,全宗,=HYPERLINK(A1),\n", (2, "题名"), "撇号"),
    "a zero byte": ("Z1,,全宗,甲\x00乙,\n", (2, "题名"), "U+0000；请删去"),
    "too many cells": ("Z1,,全宗,甲,1963,乙\n", (2, ""), "列数多于表头；请检查"),
    "no level": ("Z1,,,甲,\n", (2, "著录层级"), "请填写"),
    "an unknown level": ("Z1,,卷宗,甲,\n", (2, "著录层级"), "案卷"),
    "an open quote": ('Z1,,全宗,"甲,\n', (2, ""), "请检查那里的引号"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_row_is_named_with_the_remedy_and_nothing_of_it_is_kept(
    tmp_path: Path, there: Record, name: str
) -> None:
    lines, place, remedy = WRONG[name]
    table = tmp_path / "t.csv"
    table.write_text(HEAD + lines, encoding="utf-8")
    before = list(Record.objects.values().order_by("pk"))
    for arguments in (("--dry-run",), ("--atomic",)):
        code, report = run(table, *arguments)
        assert code == 1
        found = [(one["row"], one["column"]) for one in report["problems"]]
        assert place in found, report["problems"]
        told = report["problems"][found.index(place)]["message"]
        assert remedy in told
        assert len(told) < 300
        assert list(Record.objects.values().order_by("pk")) == before
        assert not Batch.objects.exists()
        assert report["rows"] == (0 if name == "an open quote" else lines.count("\n"))
    run(table)
    assert not Record.objects.filter(reference_code__startswith="Z").exists()
    assert set(Change.objects.values_list("record", flat=True)) <= set(
        Record.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("t.csv", b"", "第一行须为表头"),
        ("t.csv", b"\xef\xbb\xbf", "第一行须为表头"),
        ("t.csv", b"\r\n , \r\n\r\n", "第一行须为表头"),
        ("t.csv", picture("PNG"), "请选 CSV 或 XLSX"),
        ("t.xlsx", picture("PNG"), "请选 CSV 或 XLSX"),
        ("t.csv", picture("JPEG"), "请选 CSV 或 XLSX"),
        ("t.csv", picture("TIFF"), "请选 CSV 或 XLSX"),
        ("t.csv", b"%PDF-1.7\n1 0 obj", "请选 CSV 或 XLSX"),
        ("t.csv", HEAD.encode("utf-16-le"), "请另存为 UTF-8"),
        ("t.csv", HEAD.encode("utf-16-be"), "请另存为 UTF-8"),
        ("t.csv", b"\xe6\xa1\xa3,\xff\xff\n", "请另存为 UTF-8"),
        ("t.csv", "Z1,,全宗,甲\n".encode(), "第一行须为表头"),
        ("t.xlsx", b"PK\x03\x04 broken", "另存为 XLSX"),
    ],
)
def test_what_is_no_table_is_said_with_the_remedy(
    tmp_path: Path, name: str, content: bytes, remedy: str
) -> None:
    table = tmp_path / name
    table.write_bytes(content)
    code, report = run(table)
    assert (code, report["rows"]) == (1, 0)
    assert any(remedy in one["message"] for one in report["problems"])
    assert all(
        {"row", "column", "message"} <= set(problem) for problem in report["problems"]
    )


def test_heads_that_are_doubled_or_unknown_are_told(
    tmp_path: Path, there: Record
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("档号,题名,题名,奇怪\nT1,新,旧,甲\n")
    code, report = run(table, "--atomic")
    found = [(one["row"], one["column"]) for one in report["problems"]]
    assert (code, found) == (1, [(1, "题名"), (1, "奇怪")])
    there.refresh_from_db()
    assert there.title == "全宗"


def test_a_row_with_too_few_cells_is_noticed(tmp_path: Path, there: Record) -> None:
    """Spreadsheets leave blank cells at the end away."""
    table = tmp_path / "t.csv"
    table.write_text(HEAD + "T1,,,新题名\n")
    code, report = run(table)
    assert (code, report["updated"]) == (0, 1)
    (notice,) = report["notices"]
    assert (notice["row"], "只有 4 格" in notice["message"]) == (2, True)


def test_a_date_that_a_document_really_bears_is_kept_where_the_table_says_so(
    tmp_path: Path,
) -> None:
    table = tmp_path / "t.csv"
    head = "档号,著录层级,题名,日期,日期（EDTF）\n"
    table.write_text(head + "Z1,全宗,甲,1963-02-31,\nZ2,全宗,乙,1963-02-31,1963-03\n")
    code, report = run(table)
    assert (code, report["created"]) == (0, 2)
    first, second = Record.objects.order_by("reference_code")
    assert (first.date_original, first.date_edtf) == ("1963-02-31", "")
    assert (second.date_original, second.date_edtf) == ("1963-02-31", "1963-03")
    table.write_text(head + "Z3,全宗,丙,,1963-13\n")
    code, report = run(table)
    (problem,) = report["problems"]
    assert (problem["row"], problem["column"]) == (2, "日期（EDTF）")
    assert "1963~" in problem["message"]


def test_a_parent_may_come_after_its_child(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(HEAD + "Z1-1-1,Z1-1,件,丙,\nZ1-1,Z1,案卷,乙,\nZ1,,全宗,甲,\n")
    code, report = run(table)
    assert (code, report["created"]) == (0, 3)
    deepest = Record.objects.get(reference_code="Z1-1-1")
    assert len(deepest.ancestor_ids) == 2


def test_a_long_chain_of_parents_is_refused_and_not_gone_through_again_and_again(
    tmp_path: Path,
) -> None:
    table = tmp_path / "t.csv"
    count = 5_000
    lines = [f"Z{n},Z{n + 1},案卷,甲,\n" for n in range(count)]
    table.write_text(HEAD + "".join(lines))
    code, report = run(table, "--dry-run")
    assert (code, report["created"]) == (1, 0)
    assert len(report["problems"]) == count
    assert {one["column"] for one in report["problems"]} == {"上级档号"}


def test_a_tree_that_is_too_deep_is_refused_from_there_down(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    lines = ["Z0,,全宗,甲,\n", *(f"Z{n},Z{n - 1},案卷,甲,\n" for n in range(1, 150))]
    table.write_text(HEAD + "".join(lines))
    code, report = run(table)
    assert code == 1
    kept = Record.objects.count()
    assert report["created"] == kept < 150
    assert [one["row"] for one in report["problems"]] == list(range(kept + 2, 152))
    assert {one["column"] for one in report["problems"]} == {"上级档号"}


def bomb(path: Path, sheet: str) -> Path:
    """A sound workbook whose sheet unpacks to half a gigabyte."""
    book = Workbook()
    book.save(path.with_suffix(".sound"))
    with (
        zipfile.ZipFile(path.with_suffix(".sound")) as sound,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in sound.infolist():
            if not part.filename.endswith("sheet1.xml"):
                bad.writestr(part, sound.read(part))
                continue
            with bad.open(part.filename, "w", force_zip64=True) as file:
                file.write(sheet.encode())
                for _ in range(510):
                    file.write(b" " * 1_000_000)
    return path


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    table = bomb(tmp_path / "t.xlsx", "<worksheet>")
    assert table.stat().st_size < 1_000_000
    code, report = run(table)
    assert code == 1
    assert "请分成几个文件" in report["problems"][0]["message"]


def test_a_zip_that_lies_about_its_size_is_not_believed(tmp_path: Path) -> None:
    table = bomb(tmp_path / "t.xlsx", "<worksheet>")
    content = table.read_bytes()
    with zipfile.ZipFile(table) as parts:
        size = parts.getinfo("xl/worksheets/sheet1.xml").file_size
    directory = content.rindex(b"PK\x01\x02" + b"", 0, content.rindex(b"sheet1.xml"))
    assert size > 500_000_000
    lie = size.to_bytes(4, "little"), (1000).to_bytes(4, "little")
    table.write_bytes(content[:directory] + content[directory:].replace(*lie))
    code, report = run(table)
    assert code == 1
    assert report["problems"]
    assert not Record.objects.exists()


def test_many_rows_are_imported_by_the_chunk(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    """Queries do not follow the rows one by one, whatever is wrong with some."""
    count = 2_000
    lines = [f"Z1-{n:06d},Z1,案卷,第 {n} 号,1963\n" for n in range(count)]
    lines[count // 2] = "a/b,Z1,案卷,甲,\n"
    table = tmp_path / "t.csv"
    table.write_text(HEAD + "".join(lines) + "Z1,,全宗,甲,\n")
    with django_assert_max_num_queries(count // 4):
        code, report = run(table)
    assert (code, report["created"]) == (1, count)
    assert [one["row"] for one in report["problems"]] == [count // 2 + 2]
