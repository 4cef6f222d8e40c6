"""A table with a mistake in it: corrected, imported, edited, undone."""

from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from archive.models import Batch, Record
from cms.admin import imports
from tests.browser.conftest import Visit
from tests.browser.desk import house, sign_in
from tests.factories import ARCHIVIST

pytestmark = pytest.mark.browser

HEAD = ["档号", "著录层级", "题名", "日期", "备考内容"]


def table(path: Path, *rows: list[str]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(row)
    book.save(path)
    return path


def upload(page: Page, live_server: LiveServer, path: Path) -> None:
    page.goto(live_server.url + reverse("batch:import"))
    page.get_by_label("著录表").set_input_files(path)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", name=path.name)).to_be_visible()


def test_a_table_is_corrected_imported_edited_and_undone(
    visit: Visit, live_server: LiveServer, tmp_path: Path
) -> None:
    page = visit("/")
    sign_in(page, live_server, house(ARCHIVIST, username="archivist"))
    good = ["I-1", "件", "第一件", "一九六三年冬", "甲"]
    wrong = table(tmp_path / "错.xlsx", good, ["I-2", "卷宗", "第二件", "", ""])
    upload(page, live_server, wrong)
    row = page.get_by_role("row", name="卷宗")
    expect(row.get_by_role("cell").first).to_have_text("3")
    expect(row).to_contain_text("著录层级")
    page.get_by_label("备考内容").select_option("note")
    page.get_by_role("button", name="重新检查").click()
    expect(page.get_by_label("备考内容")).to_have_value("note")
    assert not Record.objects.filter(reference_code__startswith="I-").exists()

    right = table(tmp_path / "对.xlsx", good, ["I-2", "件", "第二件", "", ""])
    upload(page, live_server, right)
    page.get_by_label("备考内容").select_option("note")
    page.get_by_role("button", name="写入").click()
    page.wait_for_url("**/inspect/**")
    batch = Batch.objects.get()
    first = Record.objects.get(reference_code="I-1")
    assert (first.note, first.date_edtf) == ("甲", "1963-24")
    # The column is known the next time.
    upload(page, live_server, right)
    expect(page.get_by_label("备考内容")).to_have_value("note")

    edit = reverse("wagtailsnippets_archive_record:edit", args=[first.pk])
    page.goto(live_server.url + edit)
    page.locator("#id_genre").fill("纪要")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messages .success")
    page.goto(live_server.url + reverse("batch:undo", args=[batch.pk]))
    expect(page.locator("main")).to_contain_text("I-1 后来修改过：文种")
    page.get_by_label("放弃后来的修改").check()
    page.get_by_role("button", name="撤销").click()
    page.wait_for_url("**/inspect/**")
    assert not Record.objects.filter(reference_code__startswith="I-").exists()


def test_a_large_table_shows_how_far_it_is(
    visit: Visit,
    live_server: LiveServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    page = visit("/")
    sign_in(page, live_server, house(ARCHIVIST, username="archivist"))
    rows = [[f"L-{n:04d}", "件", f"第{n}件", "1963", ""] for n in range(1500)]
    many = table(tmp_path / "多.xlsx", *rows)
    page.goto(live_server.url + reverse("batch:import"))
    page.get_by_label("著录表").set_input_files(many)
    page.get_by_role("button", name="上传并检查").click()
    # The page starts the check by itself.
    expect(page.locator("main")).to_contain_text("将新建 1500", timeout=60_000)
    with page.expect_response("**/progress/") as asked:
        page.get_by_role("button", name="写入").click(no_wait_after=True)
    assert asked.value.ok
    page.wait_for_url("**/inspect/**", timeout=60_000)
    assert Record.objects.filter(reference_code__startswith="L-").count() == 1500
