import re
from html import unescape

import pytest
from django.test import Client

from search.drain import drain
from search.engines.base import MAX_WINDOW
from search.service import PAGE_SIZE
from tests.cms.collection import Collection
from tests.factories import RecordFactory, open_record, record_with_pages

NONSENSE = [
    "page=0",
    "page=-3",
    "page=x",
    "page=99999999999999999999",
    "page=２",
    "sort=colour",
    "year=abc",
    "year=99999999999",
    "date_from=x&date_to=y",
    "date_from=1953-99-99",
    "date_to=0000",
    "fonds=%F0%9F%98%80&tag=%27%22%3C",
    "q=%22",
    "q=NOT",
    "q=AND%20OR",
    "q=%28%28%28",
    "q=%ED%A0%80",
    "q=" + "矛" * 5000,
    "q=*",
    "unknown=1",
]


def page(client: Client, query: str) -> str:
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("word", ["矛盾糾紛", "矛盾纠纷"])
def test_both_scripts_find_the_page_and_mark_the_words(
    client: Client, held: Collection, word: str
) -> None:
    html = page(client, f"q={word}")
    assert "共 1 件" in html
    assert "凡遇<mark>矛盾糾紛</mark>" in html
    assert 'lang="zh-Hant">調解須知' in html


def test_the_other_script_is_named(client: Client, held: Collection) -> None:
    html = page(client, "q=矛盾糾紛")
    assert re.search(r"已同时检索：<span lang=\"zh-Hans\"[^>]*>矛盾纠纷</span>", html)


def test_a_thumbnail_boxes_the_words_in_the_pixels_of_the_page(
    client: Client, held: Collection
) -> None:
    html = page(client, "q=矛盾糾紛")
    assert '<rect class="hit" x="40" y="0" width="78" height="18"/>' in html
    assert 'viewBox="0 0 200 100"' in html


def test_a_snippet_leads_to_the_words_on_the_scan(
    client: Client, held: Collection
) -> None:
    html = page(client, "q=矛盾糾紛")
    link = re.search(r'<a class="text" href="([^"]+)"', html)
    assert link is not None
    shown = client.get(unescape(link[1])).content.decode()
    assert '<mark id="hit-1" data-match="1" class="at">' in shown


def test_a_catalogue_entry_is_found_by_its_title_only(
    client: Client, held: Collection
) -> None:
    html = page(client, "q=目录开放")
    assert "<mark>目录开放</mark>案卷" in html
    assert "目录已开放，原文请申请查阅。" in html
    assert "未找到“只见目录”。" in page(client, "q=只见目录")


def test_nothing_found_says_what_was_looked_for(
    client: Client, held: Collection
) -> None:
    html = page(client, "q=无此説")
    assert "未找到“无此説”。" in html
    assert "已同时检索：" in html


def test_a_chosen_facet_value_can_be_taken_back(
    client: Client, held: Collection
) -> None:
    html = page(client, "q=矛盾纠纷&tag=调解")
    assert 'href="?q=%E7%9F%9B%E7%9B%BE%E7%BA%A0%E7%BA%B7"' in html
    assert "共 1 件" in html
    assert "未找到" in page(client, "q=矛盾纠纷&tag=别的")


def test_without_words_everything_open_is_listed(
    client: Client, held: Collection
) -> None:
    assert "共 3 件" in page(client, "")


def dated(held: Collection, *dates: str) -> None:
    """An open record of each date, indexed."""
    for date in dates:
        record = RecordFactory.create(parent=held.fonds, date_original=date)
        open_record(record)
    while drain():
        pass


def bars(html: str) -> list[tuple[str, str]]:
    """The histogram: (address, label) of each bar that is a link."""
    drawn = html[html.index('class="hist"') : html.index("<form", html.index("hist"))]
    found = re.findall(r'<a href="([^"]+)" title="([^"]+)"', drawn)
    return [(unescape(url), label) for url, label in found]


def test_many_years_are_drawn_as_decades_that_lead_to_their_years(
    client: Client, held: Collection
) -> None:
    dated(held, "1951", "1953", "1953-07", "1958/1962")
    everything = page(client, "")
    assert bars(everything) == [
        ("?decade=1950", "1950 年代，5 件"),
        ("?decade=1960", "1960 年代，1 件"),
        ("?decade=2000", "2000 年代，1 件"),
    ]
    # The decades without hits keep their place on the axis.
    assert everything.count("<li>", everything.index('class="bars"')) >= 6
    fifties = page(client, "decade=1950")
    assert "共 5 件" in fifties
    assert bars(fifties)[0] == ("?decade=1950&year=1951", "1951 年，1 件")
    assert [label for _url, label in bars(fifties)] == [
        "1951 年，1 件",
        "1953 年，3 件",
        "1958 年，1 件",
        "1959 年，1 件",
    ]
    assert "共 3 件" in page(client, "decade=1950&year=1953")


def test_the_chosen_bar_is_marked_and_lets_go(client: Client, held: Collection) -> None:
    dated(held, "1953/1954")
    html = page(client, "year=1953")
    assert re.search(r'<a href="\?" title="1953 年，2 件" aria-current="true"', html)
    assert bars(html)[1] == ("?year=1953&year=1954", "1954 年，1 件")
    assert "共 1 件" in page(client, "year=1953&year=1954")
    # One bar alone would say nothing.
    assert bars(page(client, "year=2003")) == []


@pytest.mark.parametrize(
    "query", ["", "q=矛盾纠纷", "q=无此词", "date_from=1800&date_to=1801"]
)
def test_dates_can_be_typed_whatever_was_found(
    client: Client, held: Collection, query: str
) -> None:
    html = page(client, query)
    assert '<input class="field num" id="df" name="date_from"' in html
    assert '<input class="field num" id="dt" name="date_to"' in html


def test_results_come_before_the_filters(client: Client, held: Collection) -> None:
    html = page(client, "q=矛盾纠纷")
    assert html.index('class="hitlist"') < html.index('class="facets"')
    assert html.index('href="#facets"') < html.index('class="hitlist"')


def test_every_number_beside_a_value_is_what_a_click_finds(
    client: Client, held: Collection
) -> None:
    dated(held, "1951", "1953", "1953/1954")
    for number in range(6):
        creators = ("甲某", "甲某；乙某")[number % 2]
        record = record_with_pages("另有矛盾纠纷。", creators=creators)
        record.tags.add("调解", *["登记"] * (number % 2), *["会议"] * (number % 3))
        open_record(record)
    while drain():
        pass
    link = re.compile(
        r'<a href="(\?[^"]+)">\s*<span lang="[^"]+">[^<]+</span>'
        r'\s*<span class="num">(\d+)</span>'
    )
    followed = 0
    for start in ("", "tag=调解", "tag=登记", "type=file&creator=甲某"):
        html = page(client, start)
        shown = [(unescape(url), count) for url, count in link.findall(html)]
        shown += [(url, re.findall(r"\d+", label)[-1]) for url, label in bars(html)]
        for url, count in shown:
            assert f"共 {count} 件" in page(client, url[1:]), (start, url)
            followed += 1
    assert followed > 30


def test_a_chosen_value_of_a_level_leaves_no_other(
    client: Client, held: Collection
) -> None:
    assert 'href="?type=fonds"' in page(client, "")
    html = page(client, "type=file")
    assert "type=fonds" not in html
    assert "取消此限定" in html


def test_a_facet_that_is_cut_off_says_so(
    client: Client, held: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "项目过多，未能尽列"
    assert words not in page(client, "")
    monkeypatch.setattr("search.engines.base.FACET_SIZE", 1)
    assert page(client, "").count(words) == 2
    answer = client.get("/api/v1/search").json()
    cut_off = {"type", "decade", "year", "creator"}
    assert set(answer["approximate_facets"]) == cut_off


@pytest.mark.parametrize(
    "query", ["q=矛盾纠纷&page=2", "q=矛盾纠纷&page=9", "q=无此词&page=3"]
)
def test_a_page_past_the_end_leads_to_the_last_one(
    client: Client, held: Collection, query: str
) -> None:
    response = client.get(f"/search/?{query}")
    assert response.status_code == 302
    last = client.get(response.headers["Location"])
    assert last.status_code == 200
    assert last.context["params"].q == query[2:].partition("&")[0]
    assert last.context["params"].page == 1


def test_a_query_that_is_too_long_is_not_cut_but_refused(
    client: Client, held: Collection
) -> None:
    html = page(client, "q=" + "矛盾纠纷 " * 120)
    assert "检索词过长" in html
    assert "未找到" in html


def test_what_was_typed_is_never_markup(client: Client, held: Collection) -> None:
    html = page(client, "q=<script>alert(1)</script>&tag=<b>")
    assert "<script>alert" not in html
    assert "<b>" not in html.replace("<b>“枫桥经验”陈列馆</b>", "")


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_is_answered_by_a_page(
    client: Client, held: Collection, query: str
) -> None:
    assert client.get(f"/search/?{query}").status_code == 200


def test_results_go_on_on_the_next_page(client: Client, held: Collection) -> None:
    for number in range(PAGE_SIZE + 2):
        open_record(record_with_pages("另有矛盾纠纷。", title=f"第 {number} 件"))
    drain()
    first, second = (page(client, f"q=矛盾纠纷&page={n}") for n in (1, 2))
    assert "共 13 件" in first
    assert "第 1 至 10 件" in first
    assert "第 11 至 13 件" in second
    assert first.count('<li class="has-pages">') == PAGE_SIZE


def test_paging_past_what_engines_reach_is_explained(
    client: Client, held: Collection
) -> None:
    last = MAX_WINDOW // PAGE_SIZE
    response = client.get(f"/search/?q=矛盾纠纷&page={last + 1}")
    assert response.status_code == 400
    assert "结果翻得太深" in response.content.decode()


def test_a_search_out_of_order_says_so(
    client: Client, settings: object, db: None, tmp_path: object
) -> None:
    settings.SEARCH = {  # type: ignore[attr-defined]
        "ENGINE": "embedded",
        "PATH": f"{tmp_path}/never-made/search.sqlite3",
    }
    response = client.get("/search/?q=矛盾纠纷")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    html = response.content.decode()
    assert "检索暂不可用" in html
    assert 'value="矛盾纠纷"' in html
