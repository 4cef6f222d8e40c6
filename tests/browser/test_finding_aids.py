"""Finding aids as a printer gets them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from archive import records
from archive.models import Record
from tests.browser.conftest import Visit
from tests.browser.pdf import Pdf, PdfPage
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser]

PORTRAIT, LANDSCAPE = (595, 842), (842, 595)
LONG = "关于依靠群众就地化解邻里纠纷、做好登记和回访工作的样本报告及附件目录" * 3
ITEMS = 200

Print = Callable[..., list[PdfPage]]
Open = Callable[[str], Page]


@pytest.fixture
def open_page(visit: Visit, live_server: LiveServer) -> Open:
    def opened(path: str) -> Page:
        page = visit("/")
        client = Client()
        client.force_login(UserFactory.create(is_superuser=True))
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        cookie: Any = {"name": name, "value": value, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    return opened


@pytest.fixture
def printed(open_page: Open) -> Print:
    def pages(record: Record, form: str) -> list[PdfPage]:
        page = open_page(reverse("archive_print", args=(record.pk, form)))
        return Pdf(page.pdf(prefer_css_page_size=True)).pages

    return pages


@pytest.fixture
def fonds(site: object) -> Record:
    """With a file of 200 items, every seventh of them with a long title."""
    top = records.create(
        None,
        level="fonds",
        reference_code="P001",
        title="样本全宗",
        admin_bio_history="沿革。" * 400,
        scope_content="内容。" * 400,
    )
    file = records.create(
        top, level="file", reference_code="P001-001", title=f"样本案卷{LONG}"
    )
    rows = [
        {
            "level": "item",
            "reference_code": f"P001-001-{number:03d}",
            "title": f"第{number}号{LONG if number % 7 == 0 else '登记表'}号毕",
            "document_number": f"样〔1963〕{number}号",
            "date_original": "1963年11月20日",
            "first_page": number,
            "last_page": number,
        }
        for number in range(1, ITEMS + 1)
    ]
    records.create_many(file, rows)
    return top


def child(fonds: Record) -> Record:
    return Record.objects.get(parent=fonds)


@pytest.mark.parametrize(
    ("form", "heads", "size"),
    [
        ("contents", "顺序号文号责任者题名日期页号备注", PORTRAIT),
        ("filing-list", "序号档号文号责任者题名日期密级页数备注", LANDSCAPE),
    ],
)
def test_a_long_table_has_its_heads_and_number_on_each_sheet_and_loses_no_row(
    printed: Print, fonds: Record, form: str, heads: str, size: tuple[int, int]
) -> None:
    pages = printed(child(fonds) if form == "contents" else fonds, form)

    assert {page.size for page in pages} == {size}
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert page.text.count(heads) == 1
        assert f"第{number}页共{len(pages)}页" in page.text
    everything = "".join(page.text for page in pages)
    titles = re.findall(r"第(\d+)号(?:关于|登记表)", everything)
    assert [int(number) for number in titles] == list(range(1, ITEMS + 1))
    assert pages[-1].text.count(f"以上共{ITEMS}件") == 1


def test_no_row_is_split_between_two_sheets(printed: Print, fonds: Record) -> None:
    for page in printed(child(fonds), "contents"):
        began = re.findall(r"第\d+号(?:关于|登记表)", page.text)
        assert page.text.count("号毕") == len(began)


def test_nothing_of_the_bar_is_on_paper(printed: Print, fonds: Record) -> None:
    text = "".join(page.text for page in printed(child(fonds), "contents"))
    for word in ("打印", "下载", "馆内用", "供读者"):
        assert word not in text


def test_the_last_page_of_the_last_item_is_told(printed: Print, fonds: Record) -> None:
    Record.objects.filter(reference_code=f"P001-001-{ITEMS}").update(last_page=233)
    assert "19631120200-233" in printed(child(fonds), "contents")[-1].text


@pytest.mark.parametrize(
    ("form", "sheets", "words"),
    [
        ("file-note", 1, ("卷内备考表", "本卷共有文件200件", "立卷人", "检查人")),
        ("cover", 2, ("P001-001", "保管期限", "案卷脊背")),
    ],
)
def test_a_form_to_sign_or_to_cut_keeps_to_its_sheets(
    printed: Print, fonds: Record, form: str, sheets: int, words: tuple[str, ...]
) -> None:
    pages = printed(child(fonds), form)
    assert [page.size for page in pages] == [PORTRAIT] * sheets
    text = "".join(page.text for page in pages)
    assert not [word for word in words if word not in text]


def test_a_guide_goes_on_over_sheets_that_are_numbered(
    printed: Print, fonds: Record
) -> None:
    pages = printed(fonds, "fonds-guide")
    assert len(pages) > 1
    assert f"第{len(pages)}页共{len(pages)}页" in pages[-1].text
    text = "".join(page.text for page in pages)
    assert text.count("沿革。") == text.count("内容。") == 400
    assert "文件200件" in text


def test_the_screen_shows_a_sheet_and_prints_it_with_one_button(
    open_page: Open, fonds: Record
) -> None:
    page = open_page(reverse("archive_print", args=(child(fonds).pk, "contents")))
    box = page.locator("main").bounding_box()
    assert box is not None
    assert round(box["width"]) == 794  # 210 mm
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="打印").click()
    assert page.title() == "printed"
    page.set_viewport_size({"width": 390, "height": 844})
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    assert page.evaluate(wide)
