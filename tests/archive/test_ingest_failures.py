"""What goes wrong in the middle of an ingest: one row is lost, never the report."""

import errno
import json
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from archive import folios
from archive.folios import NewFolio
from archive.ingest import load
from archive.models import Folio, MasterFile, Record
from media import masters
from media.values import Master
from tests.archive.ingesting import HEAD, ingest, messages, pages
from tests.archive.pictures import picture
from tests.factories import RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]
ADD = folios.add_folios
STORE = masters.store


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """Storing the file of this name raises ``error``."""

    def store(path: Path) -> Master:
        if path.name == name:
            raise error
        return STORE(path)

    monkeypatch.setattr(masters, "store", store)


def interrupted(root: Path) -> tuple[dict[str, Any], BaseException]:
    """The report of an ingest that does not come to its end, and what ended it."""
    out = StringIO()
    with pytest.raises(BaseException) as end:
        call_command("ingest", root, json=True, stdout=out)
    return json.loads(out.getvalue()), end.value


def test_a_full_disk_costs_the_file_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "batch"
    for number in (1, 2, 3):
        picture(root / f"Z1/{number}.png", number)
    full = OSError(errno.ENOSPC, "No space left on device", str(tmp_path))
    fail_at(monkeypatch, "2.png", full)
    report, code = ingest(root)
    assert code == 1
    assert [problem["file"] for problem in report["problems"]] == ["Z1/2.png"]
    assert "No space left" in messages(report)
    assert str(tmp_path) not in messages(report)
    assert pages("Z1") == {1: "Z1/1.png", 3: "Z1/3.png"}
    monkeypatch.setattr(masters, "store", STORE)
    report, code = ingest(root)
    assert (code, report["pages"], report["notices"]) == (0, 1, [])
    assert pages("Z1")[2] == "Z1/2.png"


@pytest.mark.parametrize(
    "error",
    [DatabaseError("value too long\nDETAIL"), OSError("gone"), ValueError("bad")],
)
def test_a_row_that_cannot_be_written_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    for number in (1, 2):
        picture(tmp_path / f"{number}.png", 4240 + number)
    lines = ("Z1,案卷,甲,,1.png", "Z2,案卷,乙,,2.png", "Z1-1,件,丙,Z1,")

    def fails_for_one(record: Record, new: Iterable[NewFolio]) -> list[Folio]:
        if record.reference_code == "Z1":
            raise error
        return ADD(record, new)

    monkeypatch.setattr(load, "add_folios", fails_for_one)
    report, code = ingest(tmp_path, HEAD, *lines)
    assert code == 1
    assert [problem["row"] for problem in report["problems"]] == [2, 4]
    assert str(error).split("\n")[0] in messages(report)
    assert "DETAIL" not in messages(report)
    assert Record.objects.get().reference_code == "Z2"
    assert MasterFile.objects.get().folios.get().original_filename == "2.png"


def test_what_another_ingest_relies_on_is_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = picture(tmp_path / "1.png", 4243)
    relied_on: list[Master] = []

    def fails_late(record: Record, new: Iterable[NewFolio]) -> list[Folio]:
        # Another ingest finds the same blank page in the storage, then this fails.
        relied_on.append(masters.store(blank))
        raise DatabaseError

    monkeypatch.setattr(load, "add_folios", fails_late)
    ingest(tmp_path, HEAD, "Z1,案卷,甲,,1.png")
    (master,) = relied_on
    ADD(RecordFactory.create(), [NewFolio(master, "1.png")])
    assert masters.verify(master.name, master.sha256)


def test_ctrl_c_still_prints_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "batch"
    picture(root / "Z1/1.png", 1)
    (root / "Z1/2.png").write_bytes(b"")
    picture(root / "Z2/3.png", 3)
    fail_at(monkeypatch, "3.png", KeyboardInterrupt())
    report, end = interrupted(root)
    assert isinstance(end, SystemExit)
    assert end.code == 130
    assert [problem["file"] for problem in report["problems"]] == ["Z1/2.png", ""]
    assert "没有做完" in messages(report)
    assert report["pages"] == 1
    assert pages("Z1") == {1: "Z1/1.png"}
    assert not Record.objects.filter(reference_code="Z2").exists()


def test_an_unexpected_failure_still_prints_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "batch"
    picture(root / "Z1/1.png", 1)
    picture(root / "Z2/3.png", 3)
    fail_at(monkeypatch, "3.png", RuntimeError("a slip of the program"))
    report, end = interrupted(root)
    assert isinstance(end, RuntimeError)
    assert report["created"] == 1
    assert "没有做完" in messages(report)


@pytest.mark.parametrize(
    ("lines", "row", "line"),
    [
        (('Z1,全宗,"甲"乙,,',), 2, 2),
        (("Z1,全宗,甲,,", 'Z2,全宗,"乙,,', "Z3,全宗,丙,,"), 3, 3),
        (('Z1,全宗,"甲\n乙",,', 'Z2,全宗,"丙"丁,,'), 3, 4),
    ],
)
def test_a_mistake_in_the_csv_is_named_with_its_line(
    tmp_path: Path, lines: tuple[str, ...], row: int, line: int
) -> None:
    report, code = ingest(tmp_path, HEAD, *lines)
    assert code == 1
    (problem,) = report["problems"]
    assert problem["row"] == row
    assert f"第 {line} 行" in problem["message"]
