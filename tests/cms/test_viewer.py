import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from archive.boxes import pack
from archive.seen import PageView, boxes_of
from archive.vocabulary import Direction, Script
from cms.templatetags.site import page_url
from cms.views import viewer
from cms.views.viewer import STRIP
from media.values import Box
from search import service
from tests.cms.collection import Collection
from tests.factories import FolioFactory, RecordFactory, TranscriptFactory, open_record

VERTICAL = "凡遇矛盾\n糾紛先聽"


def shown(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def vertical(held: Collection) -> str:
    """The address of a vertical page; a match runs over the end of a column."""
    record = RecordFactory.create(
        parent=held.fonds, reference_code="T001-V", title="直書"
    )
    boxes = [Box(150, 10 + 20 * n, 18, 18) for n in range(4)]
    boxes += [Box(110, 10 + 20 * n, 18, 18) for n in range(4)]
    TranscriptFactory.create(
        folio__record=record,
        text=VERTICAL,
        boxes=pack([*boxes[:4], None, *boxes[4:]]),
        direction=Direction.VERTICAL.value,
        script=Script.HANT.value,
    )
    open_record(record)
    return "/catalogue/T001-V/1/"


def test_the_words_are_boxed_at_their_characters(
    client: Client, held: Collection
) -> None:
    html = shown(client, "/catalogue/T001-WS·1953·Y-001/1/?q=矛盾纠纷")
    assert '<rect class="hit" x="40" y="0" width="78" height="18"/>' in html
    assert 'viewBox="0 0 200 100"' in html
    assert 'href="#hit-1" id="box-1"' in html
    assert '<a href="#box-1">矛盾糾紛</a></mark>' in html
    assert "第 1 处，共 1 处" in html


def test_a_match_over_two_columns_has_a_box_in_each(
    client: Client, vertical: str
) -> None:
    html = shown(client, f"{vertical}?q=矛盾纠纷")
    group = html[
        html.index('id="box-1"') : html.index("</a>", html.index('id="box-1"'))
    ]
    assert '<rect class="hit" x="150" y="50" width="18" height="38"/>' in group
    assert '<rect class="hit" x="110" y="10" width="18" height="38"/>' in group
    assert html.count('id="hit-1"') == 1
    assert html.count('<mark id="hit-1"') + html.count('<mark data-match="1"') == 2


def test_a_vertical_page_has_vertical_text_from_the_right(
    client: Client, vertical: str
) -> None:
    html = shown(client, vertical)
    assert '<div class="vt song"' in html
    assert 'class="pages rtl"' in html
    line = r'<p lang="zh-Hant" translate="no">%s</p>'
    assert re.search(rf"{line % '凡遇矛盾'}\s*{line % '糾紛先聽'}", html)


def test_a_missing_page_does_not_make_the_last_one_exceed_the_total(
    client: Client, held: Collection
) -> None:
    record = RecordFactory.create(parent=held.fonds, reference_code="T001-G")
    for sequence in (1, 3):
        TranscriptFactory.create(folio__record=record, folio__sequence=sequence)
    open_record(record)
    html = shown(client, "/catalogue/T001-G/3/")
    assert '第 <b class="num">3</b> 页，共 3 页' in html
    assert 'href="/catalogue/T001-G/1/" rel="prev"' in html


def test_the_tour_leads_over_pages(client: Client, held: Collection) -> None:
    record = RecordFactory.create(parent=held.fonds, reference_code="T001-TOUR")
    for text in ("矛盾一，矛盾二", "没有", "矛盾三"):
        TranscriptFactory.create(folio__record=record, text=text)
    open_record(record)
    seen = []
    url = "/catalogue/T001-TOUR/1/?q=矛盾"
    while url:
        html = shown(client, url)
        seen += re.findall(r"第 \d+ 处，共 \d+ 处", html)
        link = re.search(r'<a href="([^"]+)" class="tool" rel="next"', html)
        url = link[1].replace("&amp;", "&") if link else ""
    assert seen == ["第 1 处，共 3 处", "第 2 处，共 3 处", "第 3 处，共 3 处"]
    between = shown(client, "/catalogue/T001-TOUR/2/?q=矛盾")
    assert "本页没有，本件另有 3 处" in between
    assert 'rel="prev"' in between
    assert "本件没有这个词" in shown(client, "/catalogue/T001-TOUR/2/?q=无此词")


@pytest.mark.parametrize(
    ("q", "notice"),
    [
        ("？", "没有可检索的文字"),
        ("矛" * 600, "检索词过长"),
        ("a " * 1200, "检索词过长"),
    ],
)
def test_a_query_that_cannot_be_looked_for_is_said_to_be_so(
    client: Client, held: Collection, q: str, notice: str
) -> None:
    html = shown(client, f"/catalogue/T001-WS·1953·Y-001/1/?q={q}")
    assert notice in html
    assert "本件没有这个词" not in html


def test_a_long_volume_costs_what_is_in_sight(
    client: Client, held: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = RecordFactory.create(parent=held.fonds, reference_code="T001-VOLUME")
    for _ in range(STRIP * 3):
        TranscriptFactory.create(folio__record=record, text="矛盾一，矛盾二")
    open_record(record)
    unpacked: list[int] = []
    addresses: list[str] = []

    def counted(pages: Iterable[PageView]) -> dict[int, list[Box | None]]:
        pages = list(pages)
        unpacked.extend(page.sequence for page in pages)
        return boxes_of(pages)

    def written(*args: Any) -> str:
        addresses.append(page_url(*args))
        return addresses[-1]

    monkeypatch.setattr(service, "boxes_of", counted)
    monkeypatch.setattr(viewer, "page_url", written)
    html = shown(client, "/catalogue/T001-VOLUME/20/?q=矛盾&at=2")
    assert "第 40 处，共 90 处" in html
    assert unpacked == list(range(13, 28))
    assert len(addresses) == 2
    assert html.count('class="hit"') == 2 * 2 + 2 * STRIP


def test_lines_that_run_on_leave_nothing_in_the_text(
    client: Client, held: Collection
) -> None:
    record = RecordFactory.create(parent=held.fonds, reference_code="T001-LINES")
    text = "为了统一登记的格式特制\n定本办法，矛盾纠\n纷均须登记。"
    TranscriptFactory.create(folio__record=record, text=text)
    open_record(record)
    for q in ("", "?q=矛盾纠纷", "?q=特制定本"):
        html = shown(client, f"/catalogue/T001-LINES/1/{q}")
        assert "\u200b" not in html
    marked = shown(client, "/catalogue/T001-LINES/1/?q=特制定本")
    assert '<a href="#box-1">特制定本</a></mark>' in marked


@pytest.mark.parametrize("at", ["0", "-1", "99", "x", "", "9" * 30])
def test_a_place_that_does_not_exist_is_the_nearest_that_does(
    client: Client, held: Collection, at: str
) -> None:
    html = shown(client, f"/catalogue/T001-WS·1953·Y-001/1/?q=矛盾纠纷&at={at}")
    assert "第 1 处，共 1 处" in html


def test_text_that_nobody_proofread_says_so(client: Client, held: Collection) -> None:
    url = "/catalogue/T001-WS·1953·Y-001/1/"
    assert "未经校对，文字或有误" in shown(client, url)
    folio = held.public.folios.get(sequence=1)
    TranscriptFactory.create(folio=folio, key="", text="校对过的文字")
    assert "未经校对" not in shown(client, url)


def test_a_page_without_text_says_so(client: Client, held: Collection) -> None:
    TranscriptFactory.create(
        folio__record=held.public, folio__quarantined=False, text=""
    )
    html = shown(client, "/catalogue/T001-WS·1953·Y-001/3/")
    assert "本页没有识别出文字" in html


def test_a_page_is_cited_by_its_number(client: Client, held: Collection) -> None:
    html = shown(client, "/catalogue/T001-WS·1953·Y-001/2/")
    assert "，1953：2[" in html
    assert "citation.ris?page=2" in html


@pytest.mark.parametrize("page", ["0", "3", "999999999999999999999", "x"])
def test_a_page_that_is_not_there_is_not_found(
    client: Client, held: Collection, page: str
) -> None:
    assert client.get(f"/catalogue/T001-WS·1953·Y-001/{page}/").status_code == 404


def test_a_catalogue_entry_has_no_viewer(client: Client, held: Collection) -> None:
    assert client.get("/catalogue/T001-WS·2003·Y-004/1/").status_code == 404


def test_the_strip_of_a_long_volume_stays_short(
    client: Client, held: Collection
) -> None:
    record = RecordFactory.create(parent=held.fonds, reference_code="T001-LONG")
    for _ in range(STRIP + 10):
        FolioFactory.create(record=record)
    open_record(record)
    for number in (1, 12, STRIP + 10):
        html = shown(client, f"/catalogue/T001-LONG/{number}/")
        strip = html[html.index('<ol class="pages') :]
        assert strip.count("<li>") == STRIP
        assert f'aria-label="第 {number} 页缩略图"' in strip
