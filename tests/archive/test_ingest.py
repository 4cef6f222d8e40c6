"""``manage.py ingest``: files and a table in, records, pages and a report out."""

from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from archive import access, records
from archive.models import Folio, Job, MasterFile, OutboxRow, Record
from tests.archive.ingesting import HEAD, ingest, messages, stored_files
from tests.archive.pictures import huge_png, picture
from tests.factories import RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


def test_rows_become_records_with_pages_in_natural_order(tmp_path: Path) -> None:
    for number in (10, 9, 1):
        picture(tmp_path / f"扫描/页{number}.png", number)
    report, code = ingest(
        tmp_path,
        HEAD + ",日期,责任者,标签,演示材料,密级",
        "Z1-1,案卷,调解卷,Z1,扫描/*.png,19631120,甲；乙,调解；乡村,是,公开",
        "Z1,全宗,演示全宗,,,1963,,,,",
    )
    assert (code, report["problems"]) == (0, [])
    assert (report["rows"], report["created"], report["pages"]) == (2, 2, 3)
    record = Record.objects.get(reference_code="Z1-1")
    assert record.parent == Record.objects.get(reference_code="Z1")
    assert (record.date_edtf, record.creators) == ("1963-11-20", "甲；乙")
    assert record.is_demonstration
    assert {tag.name for tag in record.tags.all()} == {"调解", "乡村"}
    names = list(record.folios.values_list("original_filename", flat=True))
    assert names == ["扫描/页1.png", "扫描/页9.png", "扫描/页10.png"]
    master = MasterFile.objects.get(folios__original_filename="扫描/页9.png")
    original = (tmp_path / "扫描/页9.png").read_bytes()
    with storages["masters"].open(master.name) as stored:
        assert stored.read() == original
    assert (master.width, master.height, master.dpi) == (60, 40, 300)
    assert Job.objects.count() == 3
    assert OutboxRow.objects.filter(source_id=record.pk).exists()


def test_the_same_ingest_again_duplicates_nothing(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    picture(scans / "1.png", 1)
    picture(scans / "2.png", 2)
    lines = (HEAD, "Z1,全宗,演示全宗,,", "Z1-1,案卷,卷,Z1,*.png")
    ingest(scans, *lines)
    before = (Record.objects.count(), Folio.objects.count(), OutboxRow.objects.count())
    report, code = ingest(scans, *lines)
    assert code == 0
    assert (report["created"], report["existing"]) == (0, 2)
    assert (report["pages"], report["pages_existing"]) == (0, 2)
    assert report["notices"] == []
    after = (Record.objects.count(), Folio.objects.count(), OutboxRow.objects.count())
    assert after == before


def test_an_ingest_opens_nothing(tmp_path: Path) -> None:
    report, code = ingest(
        tmp_path,
        "档号,著录层级,题名,密级,公开属性,开放标识,publication_right",
        "Z1,全宗,演示全宗,公开,主动公开,开放,cleared",
    )
    record = Record.objects.get()
    assert code == 0
    assert (record.secrecy, record.disclosure_status) == ("public", "active")
    assert (record.open_status, record.publication_right) == ("unreviewed", "unknown")
    assert record.reading_room_access == record.public_access == 0
    assert {notice["column"] for notice in report["notices"]} == {
        "开放标识",
        "publication_right",
    }
    assert list(access.mismatches()) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    _, code = ingest(
        tmp_path, "档号,著录层级,题名", "Z1,全宗,枫桥演示全宗", encoding=encoding
    )
    assert code == 0
    assert Record.objects.get().title == "枫桥演示全宗"


def test_attribute_names_are_heads_too(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    head = (
        "reference_code,level,title,parent,files,tags,is_demonstration,storage_location"
    )
    _, code = ingest(
        tmp_path, head, "Z1,fonds,甲,,,,,", "Z1-1,item,乙,Z1,a.png,调解,是,二库"
    )
    assert code == 0
    assert Record.objects.get(reference_code="Z1-1").storage_location == "二库"


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("Z1/2,案卷,题,,", "档号", "无效"),
        (",案卷,题,,", "档号", "无效"),
        ("Z1,箱,题,,", "著录层级", "可填"),
        ("Z1,,题,,", "著录层级", "缺少"),
        ("Z1,案卷,,,", "题名", "缺少"),
        ("Z1,案卷,题,Z9,", "上级档号", "没有上级"),
        ("Z1,案卷,题,Z1,", "上级档号", "互相包含"),
        ("Z1,案卷,题,,没有*.png", "文件", "没有与之相符的文件"),
        ("Z1,案卷,题,,../*.png", "文件", "相对路径"),
        ("Z1,案卷,题,,/etc/*.png", "文件", "相对路径"),
        (f"Z1,案卷,{'长' * 40_000},,", "题名", "100 kB"),
        (f"Z1,案卷,{'长' * 600},,", "题名", "500"),
    ],
)
def test_a_bad_cell_is_named_with_a_remedy(
    tmp_path: Path, line: str, column: str, words: str
) -> None:
    report, code = ingest(tmp_path, HEAD, line, "OK,全宗,好的一行,,")
    assert code == 1
    (problem,) = report["problems"]
    assert (problem["row"], problem["column"]) == (2, column)
    assert words in problem["message"]
    assert Record.objects.filter(reference_code="OK").exists()


@pytest.mark.parametrize("word", ["秘密", "机密", "绝密", "机密★20年", "絕密"])
def test_a_classified_row_is_refused_and_its_file_not_stored(
    tmp_path: Path, word: str
) -> None:
    picture(tmp_path / "1.png", 77)
    before = stored_files()
    report, code = ingest(tmp_path, HEAD + ",密级", f"Z1,案卷,题,,1.png,{word}")
    assert code == 1
    (problem,) = report["problems"]
    assert problem["column"] == "密级"
    assert "国家秘密" in problem["message"]
    assert not Record.objects.exists()
    assert stored_files() == before


def test_a_file_with_a_secrecy_mark_in_its_name_is_refused(tmp_path: Path) -> None:
    picture(tmp_path / "机密 1.png", 1)
    picture(tmp_path / "2.png", 2)
    report, code = ingest(tmp_path, HEAD, "Z1,案卷,秘密一词可以在题名里,,*.png")
    assert code == 1
    assert [problem["file"] for problem in report["problems"]] == ["机密 1.png"]
    assert list(Folio.objects.values_list("original_filename", flat=True)) == ["2.png"]


def test_unknown_and_doubled_columns_are_named(tmp_path: Path) -> None:
    report, code = ingest(tmp_path, "档号,题名,颜色,题名,著录层级", "Z1,甲,红,乙,全宗")
    assert code == 1
    assert [problem["column"] for problem in report["problems"]] == ["颜色", "题名"]
    assert Record.objects.get().title == "甲"


@pytest.mark.parametrize("content", [b"", "题名\n甲".encode(), b"\x00\xff\xfe\x81"])
def test_a_table_that_is_none_is_one_clear_problem(
    tmp_path: Path, content: bytes
) -> None:
    table = tmp_path / "t.csv"
    table.write_bytes(content)
    report, code = ingest(tmp_path, csv=table)
    assert code == 1
    assert report["rows"] == 0
    assert report["problems"]


def test_a_code_given_twice_keeps_its_first_row(tmp_path: Path) -> None:
    report, code = ingest(tmp_path, HEAD, "Z·1,全宗,甲,,", "Z•1,全宗,乙,,")
    assert code == 1
    (problem,) = report["problems"]
    assert problem["row"] == 3
    assert "第 2 行" in problem["message"]
    assert Record.objects.get().title == "甲"


def test_a_former_code_is_refused(tmp_path: Path) -> None:
    records.set_reference_code(RecordFactory.create(reference_code="Z1"), "Z2")
    report, code = ingest(tmp_path, HEAD, "Z1,全宗,甲,,")
    assert code == 1
    assert "曾被使用" in messages(report)


def test_children_of_a_row_that_fails_are_named_too(tmp_path: Path) -> None:
    report, _ = ingest(
        tmp_path, HEAD, "Z1-1-1,件,丙,Z1-1,", "Z1-1,案卷,乙,Z1,", "Z1,箱,甲,,"
    )
    assert [problem["row"] for problem in report["problems"]] == [2, 3, 4]
    assert not Record.objects.exists()


def test_a_file_belongs_to_one_row_and_the_first_mention_counts(
    tmp_path: Path,
) -> None:
    for number in (1, 2):
        picture(tmp_path / f"{number}.png", number)
    report, code = ingest(
        tmp_path, HEAD, "Z1,案卷,甲,,2.png;*.png", "Z2,案卷,乙,,1.png"
    )
    assert code == 1
    assert [(p["row"], p["file"]) for p in report["problems"]] == [(3, "1.png")]
    assert not Record.objects.filter(reference_code="Z2").exists()
    names = Folio.objects.order_by("sequence").values_list(
        "original_filename", flat=True
    )
    assert list(names) == ["2.png", "1.png"]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside = picture(tmp_path / "outside.png")
    root = tmp_path / "batch"
    picture(root / "1.png", 1)
    (root / "2.png").symlink_to(outside)
    report, code = ingest(root, HEAD, "Z1,案卷,甲,,*.png")
    assert code == 1
    (problem,) = report["problems"]
    assert problem["file"] == "2.png"
    assert Folio.objects.count() == 1


def test_an_unreadable_date_is_kept_and_told(tmp_path: Path) -> None:
    report, code = ingest(tmp_path, HEAD + ",日期", "Z1,全宗,甲,,,某年")
    assert code == 0
    (notice,) = report["notices"]
    assert (notice["row"], notice["column"]) == (2, "日期")
    assert Record.objects.get().date_original == "某年"


def test_broken_files_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    picture(tmp_path / "1.png", 1)
    (tmp_path / "2.png").write_bytes(b"")
    picture(tmp_path / "3.png", 3)
    whole = (tmp_path / "3.png").read_bytes()
    (tmp_path / "4.png").write_bytes(whole[: len(whole) // 2])
    picture(tmp_path / "x.jpg", 5).rename(tmp_path / "5.png")
    (tmp_path / "6.png").write_bytes(b"%PDF-1.4\ntrailer<</Encrypt 1 0 R>>")
    before = stored_files()
    report, code = ingest(tmp_path, HEAD, "Z1,案卷,甲,,*.png")
    assert code == 1
    problems = {problem["file"]: problem for problem in report["problems"]}
    assert sorted(problems) == ["2.png", "4.png", "5.png", "6.png"]
    assert "空的" in problems["2.png"]["message"]
    assert "损坏" in problems["4.png"]["message"]
    assert "扩展名" in problems["5.png"]["message"]
    assert "密码" in problems["6.png"]["message"]
    assert all(problem["row"] == 2 for problem in problems.values())
    assert list(Folio.objects.values_list("sequence", flat=True)) == [1, 3]
    assert len(stored_files() - before) == 2 == MasterFile.objects.count()


def test_an_image_beyond_the_limit_is_refused_from_its_header(tmp_path: Path) -> None:
    huge_png(tmp_path / "1.png", 30_000)
    report, code = ingest(tmp_path, HEAD, "Z1,案卷,甲,,*.png")
    assert code == 1
    assert "图像过大" in messages(report)
    assert not Record.objects.exists()


def test_a_repaired_file_takes_its_place_the_next_time(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        picture(tmp_path / f"{number}.png", number)
    good = (tmp_path / "2.png").read_bytes()
    (tmp_path / "2.png").write_bytes(b"")
    lines = (HEAD, "Z1,案卷,甲,,*.png")
    ingest(tmp_path, *lines)
    (tmp_path / "2.png").write_bytes(good)
    report, code = ingest(tmp_path, *lines)
    assert (code, report["pages"], report["pages_existing"]) == (0, 1, 2)
    folios = Folio.objects.order_by("sequence")
    assert [folio.original_filename for folio in folios] == ["1.png", "2.png", "3.png"]


def test_a_page_is_never_replaced(tmp_path: Path) -> None:
    picture(tmp_path / "1.png", 1)
    lines = (HEAD, "Z1,案卷,甲,,*.png")
    ingest(tmp_path, *lines)
    master = MasterFile.objects.get()
    picture(tmp_path / "1.png", 2)
    report, code = ingest(tmp_path, *lines)
    assert code == 1
    assert "没有替换" in messages(report)
    assert Folio.objects.get().master == master


def test_a_table_that_differs_from_the_record_changes_nothing_and_says_so(
    tmp_path: Path,
) -> None:
    ingest(tmp_path, HEAD, "Z1,全宗,甲,,")
    report, code = ingest(tmp_path, HEAD, "Z1,全宗,乙,,")
    assert code == 0
    assert "题名" in report["notices"][0]["message"]
    assert Record.objects.get().title == "甲"


def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path: Path) -> None:
    picture(tmp_path / "1.png", 123)
    (tmp_path / "2.png").write_bytes(b"")
    before = stored_files()
    lines = (HEAD, "Z1,全宗,甲,,", "Z1-1,案卷,乙,Z1,*.png", "Z2,箱,丙,,")
    dry, dry_code = ingest(tmp_path, *lines, dry_run=True)
    assert not Record.objects.exists()
    assert stored_files() == before
    real, code = ingest(tmp_path, *lines)
    assert dry.pop("dry_run") and not real.pop("dry_run")
    assert (dry, dry_code) == (real, code)
    again, _ = ingest(tmp_path, *lines, dry_run=True)
    assert (again["existing"], again["pages_existing"]) == (2, 1)


def test_folders_named_by_codes_become_records_and_are_extended(tmp_path: Path) -> None:
    picture(tmp_path / "Z1-001/1.png", 1)
    picture(tmp_path / "Z1-002/1.png", 2)
    (tmp_path / "Z1-003").mkdir()
    report, code = ingest(tmp_path)
    assert code == 1
    assert (report["rows"], report["created"], report["pages"]) == (3, 2, 2)
    assert [problem["file"] for problem in report["problems"]] == ["Z1-003"]
    second = tmp_path / "second"
    picture(second / "Z1-001/2.png", 3)
    report, code = ingest(second)
    assert (code, report["existing"], report["pages"]) == (0, 1, 1)
    record = Record.objects.get(reference_code="Z1-001")
    assert list(record.folios.values_list("sequence", flat=True)) == [1, 2]


def test_a_folder_without_folders_is_itself_a_record(tmp_path: Path) -> None:
    picture(tmp_path / "Z9-001/1.png", 1)
    report, code = ingest(tmp_path / "Z9-001")
    assert (code, report["created"]) == (0, 1)
    assert Record.objects.get().reference_code == "Z9-001"


def test_the_report_is_also_written_for_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"{HEAD}\nZ1,箱,甲,,\nZ2,全宗,乙,,\n")
    with pytest.raises(SystemExit) as stop:
        call_command("ingest", tmp_path, csv=table)
    assert stop.value.code == 1
    shown = capsys.readouterr()
    assert "第 2 行 “著录层级”列：" in shown.err
    assert "新建档案 1" in shown.out


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有这个目录"):
        call_command("ingest", tmp_path / "missing")
