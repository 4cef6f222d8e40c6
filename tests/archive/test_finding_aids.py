"""What stands on a finding aid: the lines, their numbers, and for whom."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import finding_aids, records
from archive.finding_aids import (
    CONTENTS,
    FILE_LIST,
    FILING_LIST,
    FORMS,
    STAFF,
    Form,
    Row,
)
from archive.models import Folio, Record
from archive.readers import ANONYMOUS, Reader
from tests.factories import (
    CATALOGUE_ONLY,
    FolioFactory,
    RecordFactory,
    decide,
    open_record,
    open_with_ancestors,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fonds() -> Record:
    return made(None, "Z001", level="fonds", title="样本全宗", creators="样本机构")


@pytest.fixture
def file(fonds: Record) -> Record:
    return made(fonds, "Z001-001-002", level="file", title="样本案卷")


def made(parent: Record | None, code: str, **fields: Any) -> Record:
    wanted = {"level": "item", "title": f"题 {code}", **fields}
    record: Record = RecordFactory.create(parent=parent, reference_code=code, **wanted)
    return record


def scanned(record: Record, pages: int) -> None:
    for _number in range(pages):
        FolioFactory.create(record=record, quarantined=False)


def rows_of(form: Form, record: Record, reader: Reader = STAFF) -> list[Row]:
    chosen = finding_aids.choose(form, record, reader)
    return list(finding_aids.lines(form, finding_aids.order(chosen).ids, reader))


def column(form: Form, head: str, rows: Iterable[Row]) -> list[str]:
    return [row.cells[form.heads.index(head)] for row in rows]


def test_the_heads_are_those_of_the_standards() -> None:
    assert "".join(CONTENTS.heads) == "顺序号文号责任者题名日期页号备注"
    assert "".join(FILING_LIST.heads) == "序号档号文号责任者题名日期密级页数备注"
    assert "".join(FILE_LIST.heads) == "案卷号题名起止日期保管期限件数页数备注"


def test_each_level_has_its_own_sheets(fonds: Record, file: Record) -> None:
    item = made(file, "Z001-001-002-001")
    names = [[form.title for form in finding_aids.forms_of(one)] for one in (fonds,)]
    assert names == [["全宗介绍", "案卷目录", "归档文件目录"]]
    titles = [form.title for form in finding_aids.forms_of(file)]
    assert titles == ["卷内文件目录", "卷内备考表", "案卷封面"]
    assert finding_aids.forms_of(item) == []
    assert all(FORMS[form.name] is form for form in finding_aids.forms_of(file))


def test_items_of_a_volume_have_the_first_page_and_the_last_one_both(
    file: Record,
) -> None:
    scanned(file, 9)
    for number, (first, last) in enumerate([(1, 3), (4, 4), (4, 9)], start=1):
        made(file, f"Z001-001-002-{number}", first_page=first, last_page=last)
    rows = rows_of(CONTENTS, file)
    assert column(CONTENTS, "顺序号", rows) == ["1", "2", "3"]
    assert column(CONTENTS, "页号", rows) == ["1", "4", "4-9"]


def test_items_with_scans_of_their_own_are_counted_through(file: Record) -> None:
    for number, pages in enumerate((2, 3, 1), start=1):
        scanned(made(file, f"Z001-001-002-{number}"), pages)
    assert column(CONTENTS, "页号", rows_of(CONTENTS, file)) == ["1", "3", "6"]


def test_after_an_item_without_scans_no_page_number_is_made_up(file: Record) -> None:
    scanned(made(file, "Z001-001-002-1"), 2)
    made(file, "Z001-001-002-2")
    scanned(made(file, "Z001-001-002-3"), 2)
    assert column(CONTENTS, "页号", rows_of(CONTENTS, file)) == ["1", "", ""]


def test_dates_are_written_as_the_standard_writes_them(file: Record) -> None:
    written = {
        "1963年11月20日": "19631120",
        "1963年11月": "19631100",
        "[19631120]": "[19631120]",
        "1963-11/1964-01": "19631100-19640100",
        "一九六三年冬": "1963年冬",
    }
    for number, date in enumerate(written):
        made(file, f"Z001-001-002-{number}", date_original=date)
    assert column(CONTENTS, "日期", rows_of(CONTENTS, file)) == list(written.values())


def test_what_an_item_does_not_say_the_units_above_say(
    fonds: Record, file: Record
) -> None:
    made(file, "Z001-001-002-1")
    made(file, "Z001-001-002-2", creators="甲；乙")
    assert column(CONTENTS, "责任者", rows_of(CONTENTS, file)) == [
        "样本机构",
        "甲；乙",
    ]


def test_a_file_list_counts_items_and_pages(fonds: Record, file: Record) -> None:
    scanned(file, 4)
    made(file, "Z001-001-002-1", first_page=1, last_page=2)
    other = made(fonds, "Z001-001-003", level="file", retention_code="D30")
    for number in (1, 2):
        scanned(made(other, f"Z001-001-003-{number}"), 3)
    made(fonds, "Z001-001-004", level="file", retention_code="Y")
    rows = rows_of(FILE_LIST, fonds)
    assert column(FILE_LIST, "案卷号", rows) == ["002", "003", "004"]
    assert column(FILE_LIST, "件数", rows) == ["1", "2", ""]
    assert column(FILE_LIST, "页数", rows) == ["4", "6", ""]
    assert column(FILE_LIST, "保管期限", rows) == ["", "30年", "永久"]
    assert {row.group for row in rows} == {"Z001　样本全宗"}


def test_a_filing_list_has_the_items_of_all_files_in_order(
    fonds: Record, file: Record
) -> None:
    later = made(fonds, "Z001-001-003", level="file")
    made(later, "Z001-001-003-1", document_number="样〔1963〕3 号", note="注")
    scanned(file, 3)
    made(file, "Z001-001-002-1", first_page=2, last_page=3)
    rows = rows_of(FILING_LIST, fonds)
    assert column(FILING_LIST, "档号", rows) == ["Z001-001-002-1", "Z001-001-003-1"]
    assert column(FILING_LIST, "页数", rows) == ["2", ""]
    assert column(FILING_LIST, "密级", rows) == ["内部", "内部"]
    assert column(FILING_LIST, "文号", rows) == ["", "样〔1963〕3 号"]


def test_what_nobody_has_published_is_a_draft(file: Record) -> None:
    made(file, "Z001-001-002-1")
    published([made(file, "Z001-001-002-2")])
    assert [row.draft for row in rows_of(CONTENTS, file)] == [True, False]


def test_readers_get_what_the_public_sees_and_its_numbers_only(
    fonds: Record, file: Record
) -> None:
    scanned(file, 9)
    shut = made(file, "Z001-001-002-1", first_page=1, last_page=4, note="秘注")
    told = made(file, "Z001-001-002-2", first_page=5, last_page=6, note="秘注")
    free = made(file, "Z001-001-002-3", first_page=7, last_page=9)
    open_with_ancestors(free)
    open_record(file)
    decide([told], CATALOGUE_ONLY)
    rows = rows_of(CONTENTS, file, ANONYMOUS)
    assert column(CONTENTS, "题名", rows) == [told.title, free.title]
    assert column(CONTENTS, "顺序号", rows) == ["1", "2"]
    assert column(CONTENTS, "页号", rows) == ["", "7-9"]
    assert column(CONTENTS, "备注", rows) == ["", ""]
    assert column(CONTENTS, "责任者", rows) == ["", "样本机构"]
    (line,) = rows_of(FILE_LIST, fonds, ANONYMOUS)
    assert line.cells[4:6] == ("2", "3")
    assert shut.title not in str(rows)


def test_pages_counted_through_are_not_told_to_readers(file: Record) -> None:
    """The first page of the second item is the number of pages of the first."""
    scanned(made(file, "Z001-001-002-1"), 5)
    free = made(file, "Z001-001-002-2")
    scanned(free, 2)
    open_with_ancestors(free)
    rows = rows_of(CONTENTS, file, ANONYMOUS)
    assert column(CONTENTS, "页号", rows) == [""]
    assert column(CONTENTS, "页号", rows_of(CONTENTS, file)) == ["1", "6-7"]


def test_pages_in_quarantine_and_of_closed_items_do_not_count_for_readers(
    fonds: Record,
) -> None:
    file = made(fonds, "Z001-001-009", level="file")
    free, shut = made(file, "Z001-001-009-1"), made(file, "Z001-001-009-2")
    scanned(free, 3)
    scanned(shut, 4)
    open_with_ancestors(free)
    Folio.objects.filter(record=free, sequence=2).update(quarantined=True)
    (line,) = rows_of(FILE_LIST, fonds, ANONYMOUS)
    assert line.cells[4:6] == ("1", "2")
    (line,) = rows_of(FILE_LIST, fonds)
    assert line.cells[4:6] == ("2", "7")


def test_a_record_that_is_deleted_meanwhile_is_left_out(file: Record) -> None:
    items = [made(file, f"Z001-001-002-{number}") for number in (1, 2, 3)]
    ids = finding_aids.order(finding_aids.choose(CONTENTS, file, STAFF)).ids
    records.delete(items[1])
    rows = list(finding_aids.lines(CONTENTS, ids, STAFF))
    assert column(CONTENTS, "顺序号", rows) == ["1", "2"]


@pytest.mark.parametrize("form", [CONTENTS, FILE_LIST, FILING_LIST], ids=str)
@pytest.mark.parametrize("reader", [STAFF, ANONYMOUS], ids=["house", "readers"])
def test_the_queries_are_by_the_chunk_not_by_the_row(
    fonds: Record, form: Form, reader: Reader
) -> None:
    def add(count: int, start: int) -> None:
        for number in range(start, start + count):
            file = made(fonds, f"Z001-001-{number:03d}", level="file")
            scanned(file, 2)
            made(file, f"Z001-001-{number:03d}-1", first_page=1, last_page=2)
            one = made(first, f"Z001-001-000-{number}")
            scanned(one, 1)
            decide([file, one], {**CATALOGUE_ONLY})

    first = made(fonds, "Z001-001-000", level="file")
    decide([fonds, first], CATALOGUE_ONLY)
    counts = []
    for size, start in ((2, 1), (6, 10)):
        add(size, start)
        below = first if form is CONTENTS else fonds
        with CaptureQueriesContext(connection) as captured:
            rows = rows_of(form, below, reader)
        counts.append(len(captured))
        assert len(rows) >= size
    assert counts[0] == counts[1]


def test_the_note_counts_items_by_kind_and_pages_once(file: Record) -> None:
    scanned(file, 10)
    described: list[dict[str, Any]] = [
        {"first_page": 1, "last_page": 4},
        {"first_page": 4, "last_page": 6, "material": "document"},
        {"first_page": 7, "last_page": 7, "material": "photograph"},
        {"first_page": 8, "last_page": 9, "genre": "平面图"},
        {"material": "object"},
    ]
    for number, fields in enumerate(described):
        made(file, f"Z001-001-002-{number}", **fields)
    note = finding_aids.file_note(file)
    assert (note.items, note.pages) == (5, 10)
    told = [(kind.name, kind.items, kind.pages) for kind in note.kinds]
    assert told == [
        ("文字材料", 2, 7),
        ("图样材料", 1, 2),
        ("照片", 1, 1),
        ("其他材料", 1, 0),
    ]


def test_the_cover_names_the_fonds_and_the_parts_of_the_code(fonds: Record) -> None:
    series = made(fonds, "Z001-001", level="series", title="会议", retention_code="Y")
    file = made(series, "Z001-001-007", level="file", date_original="1963-01/1964-12")
    cover = finding_aids.cover(file)
    assert (cover.fonds, cover.series) == ("样本全宗", "会议")
    codes = (cover.fonds_code, cover.series_code, cover.number)
    assert codes == ("Z001", "001", "007")
    assert (cover.dates, cover.retention) == ("19630100-19641200", "永久")


def test_the_guide_counts_what_lies_below_each_series(fonds: Record) -> None:
    one, two = (made(fonds, f"Z001-00{n}", level="series") for n in (1, 2))
    file = made(one, "Z001-001-001", level="file")
    for number in (1, 2):
        made(file, f"Z001-001-001-{number}")
    free = made(two, "Z001-002-1")
    guide = finding_aids.fonds_guide(fonds, STAFF)
    assert guide is not None
    assert (guide.files, guide.items, guide.creators) == (1, 3, "样本机构")
    assert [(s.code, s.files, s.items) for s in guide.series] == [
        ("Z001-001", 1, 2),
        ("Z001-002", 0, 1),
    ]
    assert finding_aids.fonds_guide(fonds, ANONYMOUS) is None
    open_with_ancestors(free)
    guide = finding_aids.fonds_guide(fonds, ANONYMOUS)
    assert guide is not None
    assert (guide.files, guide.items) == (0, 1)
    assert [s.code for s in guide.series] == ["Z001-002"]
