"""``manage.py import`` and ``export``: the shapes that scripts rely on."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from archive.models import Record
from tests.factories import RecordFactory

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the report."""
    out, code = StringIO(), 0
    try:
        call_command("import", *arguments, "--json", stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    return code, json.loads(out.getvalue())


def test_the_report_is_json_by_row_and_column(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("档号,著录层级,题名\nZ1,全宗,甲\nZ2,卷宗,乙\n")
    code, report = run(str(table), "--dry-run")
    assert (code, report["rows"], report["created"]) == (1, 2, 1)
    (problem,) = report["problems"]
    assert (problem["row"], problem["column"]) == (3, "著录层级")
    assert "案卷" in problem["message"]
    assert not Record.objects.exists()
    code, report = run(str(table))
    assert (code, Record.objects.count()) == (1, 1)
    table.write_text("档号,题名\nZ1,乙\n")
    assert run(str(table))[0] == 0


def test_people_get_sentences(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("档号,著录层级,题名\nZ1,全宗,甲\n")
    out = StringIO()
    call_command("import", str(table), stdout=out)
    assert "新建 1" in out.getvalue()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("import", str(tmp_path / "none.csv"))


def test_a_subtree_is_exported_and_logged(tmp_path: Path) -> None:
    fonds = RecordFactory.create(reference_code="Z1")
    RecordFactory.create(reference_code="Z1-1", parent=fonds)
    RecordFactory.create(reference_code="Z2")
    path = tmp_path / "out.csv"
    call_command("export", "--under", "Z1", "--output", str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["档号"] for row in csv.DictReader(file)] == ["Z1", "Z1-1"]
    entry = ModelLogEntry.objects.get(action="archive.export")
    assert (entry.object_id, entry.data["count"]) == (str(fonds.pk), 2)
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(CommandError, match="Z9"):
        call_command("export", "--under", "Z9")
