"""Import, export and undo in the admin."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from archive import records, workflow
from archive.models import Batch, Record
from cms.admin import imports
from tests.cms.admin.conftest import ClientOf
from tests.factories import (
    ADMINISTRATOR,
    ARCHIVIST,
    RESEARCHER,
    REVIEWER,
    FolioFactory,
    RecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TABLE = "编号,著录层级,题名,题注\nZ1,全宗,新题名,甲\nZ2,,没有层级,\n"


def upload(client: Client, text: str = TABLE) -> str:
    """The address of the page that checks the table."""
    file = SimpleUploadedFile("著录.csv", text.encode("gb18030"))
    response = client.post(reverse("batch:import"), {"file": file})
    assert response.status_code == 302
    return str(response.headers["Location"])


MAPPING = {
    "column0": "reference_code",
    "column1": "level",
    "column2": "title",
    "column3": "-",
}


def test_a_table_is_mapped_checked_and_imported(client_of: ClientOf) -> None:
    RecordFactory.create(reference_code="Z1", level="fonds", title="旧题名")
    client = client_of(ARCHIVIST)
    address = upload(client)
    page = client.get(address)
    assert "缺少“档号”一列" in page.text
    page = client.post(address, {**MAPPING, "check": "1"}, follow=True)
    assert [one["row"] for one in page.context["problems"]] == [3]
    assert "旧题名" in page.text and "新题名" in page.text
    assert not Batch.objects.exists()
    assert Record.objects.get().title == "旧题名"
    page = client.post(address, {**MAPPING, "run": "1"}, follow=True)
    batch = Batch.objects.get()
    assert page.redirect_chain[-1][0] == reverse("batch:inspect", args=[batch.pk])
    assert (batch.label, batch.by is not None) == ("著录.csv", True)
    assert Record.objects.get().title == "新题名"
    assert client.get(address).status_code == 404
    # The columns are remembered for a table with the same heads.
    page = client.get(upload(client, TABLE.replace("新题名", "更新的题名")))
    assert page.context["report"].updated == 1


def test_a_large_table_is_checked_on_demand_and_says_how_far_it_is(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "AT_ONCE", 1)
    client, other = client_of(ARCHIVIST), client_of(ARCHIVIST)
    address = upload(client, "档号,著录层级,题名\nZ1,件,甲\nZ2,件,乙\n")
    page = client.get(address)
    assert "report" not in page.context
    assert "data-start" in page.text
    page = client.post(address, {"check": "1"})
    assert page.context["report"].created == 2
    assert client.get(f"{address}progress/").json() == {"done": 2}
    assert other.get(f"{address}progress/").status_code == 404
    client.post(address, {"run": "1"})
    # The page may ask once more when it is over.
    assert client.get(f"{address}progress/").json() == {"done": 0}


def test_a_column_is_remembered_in_other_company(client_of: ClientOf) -> None:
    RecordFactory.create(reference_code="Z1", level="fonds", title="旧题名")
    client = client_of(ARCHIVIST)
    client.post(upload(client), {**MAPPING, "run": "1"})
    page = client.get(upload(client, "编号,题名\nZ1,更新的题名\n"))
    assert page.context["report"].updated == 1


def test_all_or_nothing_in_the_form(client_of: ClientOf) -> None:
    client = client_of(ARCHIVIST)
    address = upload(client)
    data = {**MAPPING, "run": "1", "atomic": "1"}
    page = client.post(address, data)
    assert "没有写入任何档案" in page.text
    assert not Record.objects.exists()


def test_too_many_rows_are_sent_to_the_command_line(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MAX_ROWS", 1)
    client = client_of(ARCHIVIST)
    page = client.get(upload(client, "档号,著录层级,题名\nZ1,件,甲\nZ2,件,乙\n"))
    assert "manage.py import" in page.text
    assert not page.context["can_run"]


def test_an_upload_belongs_to_its_session(client_of: ClientOf) -> None:
    address = upload(client_of(ARCHIVIST))
    assert client_of(ARCHIVIST).get(address).status_code == 404


def test_a_batch_is_undone_after_a_look_at_what_is_lost(client_of: ClientOf) -> None:
    client = client_of(ADMINISTRATOR)
    address = upload(client, "档号,著录层级,题名\nZ1,件,甲\nZ2,件,乙\nZ3,件,丙\n")
    client.post(
        address,
        {
            f"column{n}": name
            for n, name in enumerate(["reference_code", "level", "title"])
        }
        | {"run": "1"},
    )
    batch = Batch.objects.get()
    first, second, _third = Record.objects.order_by("reference_code")
    records.edit(first, {"note": "后来"}, None)
    FolioFactory.create(record=second)
    undo = reverse("batch:undo", args=[batch.pk])
    page = client.get(undo)
    assert [one.reference_code for one in page.context["lost"]] == ["Z1"]
    assert [one.reference_code for one in page.context["impossible"]] == ["Z2"]
    assert "什么都没有撤销" in client.post(undo, {"how": "all"}).text
    assert Record.objects.count() == 3
    client.post(undo, {"how": "partial"})
    left = Record.objects.order_by("reference_code")
    assert [record.reference_code for record in left] == ["Z1", "Z2"]
    assert "已经撤销过" in client.post(undo, {"how": "partial"}).text


def test_a_batch_that_was_submitted_since_says_so_before_it_is_undone(
    client_of: ClientOf,
) -> None:
    client = client_of(ADMINISTRATOR)
    address = upload(client, "档号,著录层级,题名\nZ1,件,甲\n")
    mapping = {"column0": "reference_code", "column1": "level", "column2": "title"}
    client.post(address, {**mapping, "run": "1"})
    record = Record.objects.get()
    workflow.submit([record], UserFactory.create())
    workflow.send_back([record], UserFactory.create(), "缺日期")
    page = client.get(reverse("batch:undo", args=[Batch.objects.get().pk]))
    assert [one.message for one in page.context["lost"]] == ["著录已经提交审核。"]
    history = client.get(reverse("archive_history", args=[record.pk]))
    assert "退回意见" in history.text


def test_what_the_list_shows_is_exported_and_logged(client_of: ClientOf) -> None:
    fonds = RecordFactory.create(reference_code="Z1", level="fonds")
    RecordFactory.create(reference_code="Z1-1", level="item", parent=fonds)
    client = client_of(REVIEWER)
    address = reverse("batch:export") + "?level=item"
    assert client.get(address).context["count"] == 1
    response = client.post(address, {"format": "csv", "layout": "catalogue"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["档号"] for row in rows] == ["Z1-1"]
    entry = ModelLogEntry.objects.get(action="archive.export")
    assert (entry.object_id, entry.data["count"]) == (str(fonds.pk), 1)
    assert entry.data["asked"] == "level=item"
    assert entry.user is not None


@pytest.mark.parametrize("name", ["import", "export"])
def test_readers_get_neither_way(client_of: ClientOf, name: str) -> None:
    response = client_of(RESEARCHER).get(reverse(f"batch:{name}"))
    assert response.status_code in (302, 403)
