"""Finding aids in the admin: the sheets, the copies, the table file, the log."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from archive.models import Record
from cms.admin import finding_aids as views
from tests.cms.admin.conftest import ClientOf
from tests.factories import (
    ARCHIVIST,
    RESEARCHER,
    REVIEWER,
    RecordFactory,
    open_record,
    open_with_ancestors,
)

LIST = "wagtailsnippets_archive_record:list"
INSPECT = "wagtailsnippets_archive_record:inspect"


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


@pytest.fixture
def fonds(groups: None) -> Record:
    return made(None, "Z109", "fonds", title="样本全宗")


@pytest.fixture
def file(fonds: Record) -> Record:
    series = made(fonds, "Z109-001", "series", title="会议")
    return made(series, "Z109-001-001", "file", title="样本案卷")


def made(parent: Record | None, code: str, level: str, **fields: Any) -> Record:
    record: Record = RecordFactory.create(
        parent=parent, reference_code=code, level=level, **fields
    )
    return record


def sheet(record: Record, form: str, **query: str) -> str:
    address = reverse("archive_print", args=(record.pk, form))
    return address + "?" + "&".join(f"{name}={value}" for name, value in query.items())


def told(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue().decode()


def cells_of(client: Client, address: str) -> list[Any]:
    """All cells of the table file, row by row."""
    body = BytesIO(client.get(address).getvalue())
    rows = openpyxl.load_workbook(body).active.iter_rows(values_only=True)
    return [cell for row in rows for cell in row]


def test_the_sheets_are_offered_where_the_archivist_stands(
    archivist: Client, fonds: Record, file: Record
) -> None:
    page = archivist.get(reverse(INSPECT, args=[file.pk])).text
    assert reverse("archive_print", args=(file.pk, "contents")) in page
    page = archivist.get(reverse(INSPECT, args=[fonds.pk])).text
    assert reverse("archive_print", args=(fonds.pk, "fonds-guide")) in page
    page = archivist.get(f"{reverse(LIST)}?level=item").text
    address = reverse("archive_print_list", args=("filing-list",))
    assert f"{address}?level=item" in page
    bar = told(archivist, sheet(file, "contents"))
    for other in ("file-note", "cover"):
        assert reverse("archive_print", args=(file.pk, other)) in bar


def test_a_table_has_its_heads_its_rows_and_their_number(
    archivist: Client, file: Record
) -> None:
    for number in (1, 2):
        made(file, f"Z109-001-001-{number}", "item", title=f"<b>第 {number} 件</b>")
    page = told(archivist, sheet(file, "contents"))
    assert "卷内文件目录</h1>" in page
    assert "档号：Z109-001-001" in page
    assert page.count("&lt;b&gt;第") == 2
    assert "（草稿）" in page
    assert "以上共 2 件" in page


def test_a_file_list_of_a_fonds_says_which_series_the_files_are_of(
    archivist: Client, fonds: Record, file: Record
) -> None:
    assert "Z109-001　会议" in told(archivist, sheet(fonds, "file-list"))
    series = Record.objects.get(reference_code="Z109-001")
    page = told(archivist, sheet(series, "file-list"))
    assert 'class="group"' not in page
    assert "目录：001　会议" in page


@pytest.mark.parametrize("form", ["contents", "file-note", "cover", "no-form"])
def test_a_level_has_no_sheets_of_another(
    archivist: Client, fonds: Record, form: str
) -> None:
    assert archivist.get(sheet(fonds, form)).status_code == 404


@pytest.mark.parametrize("form", ["file-note", "cover"])
def test_what_is_for_the_house_has_no_copy_for_readers(
    archivist: Client, file: Record, form: str
) -> None:
    assert archivist.get(sheet(file, form)).status_code == 200
    assert archivist.get(sheet(file, form, **{"for": "readers"})).status_code == 404


def test_the_copy_for_readers_tells_nothing_that_is_closed(
    archivist: Client, fonds: Record, file: Record
) -> None:
    shut = made(file, "Z109-001-001-1", "item", title="不开放的题名")
    free = made(file, "Z109-001-001-2", "item", title="开放的题名")
    readers = {"for": "readers"}
    nothing = told(archivist, sheet(file, "contents", **readers))
    assert file.title not in nothing
    assert shut.title not in nothing
    open_with_ancestors(free)
    hidden = made(fonds, "Z109-002", "series", title="不开放的类别")
    for record, form in (
        (file, "contents"),
        (fonds, "file-list"),
        (fonds, "filing-list"),
        (fonds, "fonds-guide"),
    ):
        page = told(archivist, sheet(record, form, **readers))
        assert shut.title not in page
        assert hidden.title not in page
        if form != "fonds-guide":
            cells = cells_of(
                archivist, sheet(record, form, **readers, **{"as": "xlsx"})
            )
            assert (free.title in cells, file.title in cells) != (False, False)
            assert shut.title not in cells
    page = told(archivist, sheet(file, "contents", **readers))
    assert free.title in page
    assert "以上共 1 件" in page
    listed = reverse("archive_print_list", args=("filing-list",))
    page = told(archivist, f"{listed}?level=item&for=readers")
    assert (free.title in page, shut.title in page) == (True, False)
    guide = told(archivist, sheet(fonds, "fonds-guide", **readers))
    assert "文件 1 件" in guide


def test_the_house_has_what_is_closed_too(archivist: Client, file: Record) -> None:
    made(file, "Z109-001-001-1", "item", title="不开放的题名")
    open_record(Record.objects.get(reference_code="Z109"))
    assert "不开放的题名" in told(archivist, sheet(file, "contents"))


def test_the_same_table_is_had_as_a_file_in_which_nothing_runs(
    archivist: Client, file: Record
) -> None:
    made(file, "Z109-001-001-1", "item", title='=HYPERLINK("x")', note="注")
    response = archivist.get(sheet(file, "contents", **{"as": "xlsx"}))
    assert "attachment" in response.headers["Content-Disposition"]
    rows = openpyxl.load_workbook(BytesIO(response.getvalue())).active
    heads, row = rows.iter_rows()
    assert [cell.value for cell in heads][:4] == ["档号", "顺序号", "文号", "责任者"]
    assert row[0].value == "Z109-001-001-1"
    assert row[4].value == '=HYPERLINK("x")'
    assert row[4].data_type == "s"


def test_a_list_prints_what_it_shows(archivist: Client, file: Record) -> None:
    for number, year in ((1, "1963"), (2, "1964")):
        made(
            file, f"Z109-001-001-{number}", "item", title=f"题{year}", genre=f"种{year}"
        )
    address = reverse("archive_print_list", args=("filing-list",))
    page = told(archivist, f"{address}?genre=种1963&p=3")
    assert ("题1963" in page, "题1964" in page) == (True, False)
    assert "以上共 2 件" in told(archivist, address)
    files = reverse("archive_print_list", args=("file-list",))
    assert "以上共 1 卷" in told(archivist, files)
    guide = reverse("archive_print_list", args=("fonds-guide",))
    assert archivist.get(guide).status_code == 404


def test_what_is_too_long_is_refused_with_the_remedy(
    archivist: Client, file: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        made(file, f"Z109-001-001-{number}", "item", title="不印的题名")
    monkeypatch.setattr(views, "MAX_PRINTED", 2)
    page = told(archivist, sheet(file, "contents"))
    assert "共 3 行，超过一次打印的限度 2 行" in page
    assert "不印的题名" not in page
    assert "as=xlsx" in page


def test_each_that_is_taken_out_is_in_the_log(
    archivist: Client, fonds: Record, file: Record
) -> None:
    made(file, "Z109-001-001-1", "item")
    for query in ({}, {"for": "readers"}, {"as": "xlsx"}):
        archivist.get(sheet(file, "contents", **query)).getvalue()
    archivist.get(sheet(file, "cover")).getvalue()
    entries = ModelLogEntry.objects.filter(
        action__in=["archive.print", "archive.export"]
    )
    noted = [
        (e.action, e.data["layout"], e.data["copy"], e.data["count"], e.object_id)
        for e in entries.order_by("pk")
    ]
    root = str(fonds.pk)
    # Readers may not see the file: nothing was taken out.
    assert noted == [
        ("archive.print", "contents", "house", 1, root),
        ("archive.export", "contents", "house", 1, root),
        ("archive.print", "cover", "house", 1, root),
    ]


@pytest.mark.parametrize("group", [REVIEWER, RESEARCHER])
def test_whoever_may_look_at_records_may_print_them(
    client_of: ClientOf, file: Record, group: str
) -> None:
    status = client_of(group).get(sheet(file, "contents")).status_code
    assert (status == 200) is (group == REVIEWER)


def test_the_bar_speaks_the_language_of_the_user_and_the_paper_chinese(
    client_of: ClientOf, file: Record
) -> None:
    page = told(client_of(ARCHIVIST, language="en"), sheet(file, "contents"))
    bar, paper = page.split("</header>")
    for word in ("Print", "For readers", "Download XLSX"):
        assert word in bar
    assert "打印" not in bar
    assert "顺序号" in paper


def test_a_sheet_is_sent_in_the_language_of_its_request(
    client_of: ClientOf, file: Record
) -> None:
    """The rows are made after the view is done, when another language may be on."""
    made(file, "Z109-001-001-1", "item", date_original="1963年冬")
    page = told(client_of(ARCHIVIST, language="en"), sheet(file, "contents"))
    assert "以上共 1 件" in page


def test_more_rows_are_no_more_queries(archivist: Client, file: Record) -> None:
    counts = []
    for start in (0, 20):
        for number in range(start, start + 20):
            made(file, f"Z109-001-001-{number}", "item")
        told(archivist, sheet(file, "contents"))
        with CaptureQueriesContext(connection) as captured:
            told(archivist, sheet(file, "contents"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
