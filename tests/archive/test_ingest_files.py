"""Names that cannot be, and files that no row means."""

import os
from pathlib import Path

import pytest

from archive.models import Folio, Record
from tests.archive.ingesting import HEAD, ingest, messages, notices, pages
from tests.archive.pictures import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


def in_gbk(path: Path) -> None:
    """Give the file or folder its own name in GBK, as an old archive tool would."""
    name = os.fsencode(path.parent) + b"/" + path.name.encode("gbk")
    os.rename(os.fsencode(path), name)  # noqa: PTH104  (a path is text)


def test_a_file_name_in_gbk_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    for number, name in enumerate(("A1/1", "A2/1", "A2/第二页", "A3/1")):
        picture(root / f"{name}.png", number)
    in_gbk(root / "A2/第二页.png")
    report, code = ingest(root)
    assert code == 1
    (problem,) = report["problems"]
    assert (problem["file"], problem["message"]) == (
        "A2/第二页.png",
        "文件名不是 UTF-8，请改名。",
    )
    assert [*Record.objects.values_list("reference_code", flat=True)] == [
        "A1",
        "A2",
        "A3",
    ]


def test_a_folder_name_in_gbk_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    picture(root / "甲1/1.png", 1)
    picture(root / "A1/1.png", 2)
    in_gbk(root / "甲1")
    report, code = ingest(root)
    assert code == 1
    assert [problem["file"] for problem in report["problems"]] == ["甲1"]
    assert "UTF-8" in messages(report)
    assert Record.objects.get().reference_code == "A1"


def test_a_path_too_long_for_its_field_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    deep = Path("Z1", *(letter * 80 for letter in "甲乙丙丁"), "1.png")
    picture(root / deep, 1)
    picture(root / "Z1/2.png", 2)
    report, code = ingest(root, HEAD, f"Z1,案卷,题,,{deep};Z1/*.png")
    assert code == 1
    assert "255" in messages(report)
    assert pages("Z1") == {2: "Z1/2.png"}


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("、".join(f"卷一第{n:03d}页.png" for n in range(60)), "用分号“;”隔开"),
        ("1.png、2.png", "用分号“;”隔开"),
        ("**.png", "“**”须单独成一级"),
        ("1\x00.png", "没有与之相符"),
    ],
)
def test_a_cell_that_no_file_can_match_is_a_problem_of_its_row(
    tmp_path: Path, cell: str, words: str
) -> None:
    picture(tmp_path / "1.png", 1)
    report, code = ingest(tmp_path, HEAD, f"Z1,案卷,甲,,{cell}", "Z2,案卷,乙,,1.png")
    assert code == 1
    (problem,) = report["problems"]
    assert (problem["row"], problem["column"]) == (2, "文件")
    assert words in problem["message"]
    assert len(problem["file"]) <= 80
    assert Folio.objects.get().record.reference_code == "Z2"


def test_files_may_be_separated_by_a_semicolon_of_either_width(
    tmp_path: Path,
) -> None:
    for number in (1, 2, 3):
        picture(tmp_path / f"{number}.png", number)
    _, code = ingest(tmp_path, HEAD, "Z1,案卷,甲,,3.png；1.png;2.png")
    assert code == 0
    assert pages("Z1") == {1: "3.png", 2: "1.png", 3: "2.png"}


@pytest.mark.parametrize("tag", ["长" * 101, "甲\x00乙"])
def test_a_tag_that_its_field_cannot_hold_is_named(tmp_path: Path, tag: str) -> None:
    lines = (f"Z1,全宗,甲,调解;{tag}", f"Z2,全宗,乙,{'长' * 100}")
    report, code = ingest(tmp_path, "档号,著录层级,题名,标签", *lines)
    assert code == 1
    (problem,) = report["problems"]
    assert (problem["row"], problem["column"]) == (2, "标签")
    record = Record.objects.get()
    assert [tag.name for tag in record.tags.all()] == ["长" * 100]


def test_files_that_no_row_names_are_counted_and_listed(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    for number in range(14):
        picture(root / f"{number}.png", number)
    picture(root / "旧/1.png", 20)
    for name in (".hidden.png", "Thumbs.db", "说明.txt", "目录.xlsx"):
        (root / name).write_bytes(b"x")
    (root / ".git").mkdir()
    picture(root / ".git/1.png", 21)
    report, code = ingest(root, HEAD, "Z1,案卷,甲,,[01].png", "Z2,箱,乙,,3.png")
    assert code == 1
    (notice,) = report["notices"]
    assert "12 个文件不属于" in notice["message"]
    assert "2.png、4.png、" in notice["message"]
    assert notice["message"].endswith("……")
    assert notice["message"].count(".png") == 10


def test_files_in_deeper_folders_are_told_where_folders_are_records(
    tmp_path: Path,
) -> None:
    root = tmp_path / "batch"
    for number, name in enumerate(("1", "sub/2", "sub/3")):
        picture(root / f"F1/{name}.png", number)
    report, code = ingest(root)
    assert code == 0
    assert "2 个文件不属于" in notices(report)
    assert "F1/sub/2.png、F1/sub/3.png" in notices(report)


def test_two_folders_of_one_code_are_both_named(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    picture(root / "A.1/1.png", 1)
    picture(root / "A·1/2.png", 2)
    report, code = ingest(root)
    assert code == 1
    (problem,) = report["problems"]
    assert problem["file"] == "A·1"
    assert "文件夹“A.1”" in problem["message"]


def test_a_record_that_could_not_be_made_is_named_by_its_folder(
    tmp_path: Path,
) -> None:
    root = tmp_path / "batch"
    (root / "A1").mkdir(parents=True)
    (root / "A1/1.png").write_bytes(b"")
    report, _ = ingest(root)
    assert [problem["file"] for problem in report["problems"]] == ["A1/1.png", "A1"]
