"""Pages of the site among the hits: on the search page and in the API."""

import re
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Subject
from archive.subjects import editing
from cms.checks import check_kinds
from cms.models import IndexedPage, StandardPage
from cms.models.base import SitePage
from cms.page_search import kinds
from search.consistency import compare
from search.index import engine
from tests.cms.collection import Collection
from tests.cms.stories import drain_all, story
from tests.factories import open_record, record_with_pages, subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(held: Collection) -> StandardPage:
    made: StandardPage = story(
        "怎么办<b>",
        "遇到矛盾糾紛，先找调解员。",
        "又一处矛盾纠纷，再一处矛盾纠纷。",
        summary="办事的步骤。",
        is_demonstration=True,
    )
    drain_all()
    return made


def asked(client: Client, query: str) -> str:
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def tabs(html: str) -> list[tuple[str, int, bool]]:
    """Label, number and whether it is chosen."""
    found = re.findall(
        r'<li><a href="[^"]*"( aria-current="page")?>([^<]+)<span class="num">(\d+)<',
        html,
    )
    return [(label, int(count), bool(chosen)) for chosen, label, count in found]


def test_a_page_shows_its_kind_its_title_and_the_words(
    client: Client, page: StandardPage
) -> None:
    html = asked(client, "q=矛盾纠纷")
    assert "共 2 项结果" in html
    card = html[html.index('<li class="story">') :]
    card = card[: card.index("</li>\n")]
    assert f'<a href="{page.get_url()}" lang="zh-Hans">怎么办&lt;b&gt;</a>' in card
    assert "演示材料" in card
    assert '<span class="kind">页面</span>' in card
    assert "遇到<mark>矛盾糾紛</mark>，先找调解员。" in html
    assert client.get(page.get_url()).status_code == 200


def test_a_page_found_by_its_title_alone_shows_its_summary(
    client: Client, page: StandardPage
) -> None:
    html = asked(client, "q=怎么办")
    assert "<mark>怎么办</mark>&lt;b&gt;" in html
    assert "办事的步骤。" in html
    assert "<mark>办事</mark>的步骤。" in asked(client, "q=办事")


def test_tabs_count_every_section_whichever_is_chosen(
    client: Client, page: StandardPage
) -> None:
    html = asked(client, "q=矛盾纠纷")
    assert tabs(html) == [("全部", 2, True), ("馆藏", 1, False), ("本馆", 1, False)]
    for section, total, chosen in (("catalogue", 1, "馆藏"), ("about", 1, "本馆")):
        narrowed = asked(client, f"q=矛盾纠纷&section={section}")
        assert [(label, count) for label, count, _ in tabs(narrowed)] == [
            ("全部", 2),
            ("馆藏", 1),
            ("本馆", 1),
        ]
        assert [label for label, _, on in tabs(narrowed) if on] == [chosen]
        assert len(re.findall(r'<li class="(?:story|has-pages)">', narrowed)) == total
    # A tab keeps the other restrictions, and paging begins anew.
    html = asked(client, "q=矛盾纠纷&type=page&sort=date_asc")
    assert 'href="?q=%E7%9F%9B%E7%9B%BE%E7%BA%A0%E7%BA%B7&amp;type=page' in html


def test_without_pages_there_are_no_tabs(client: Client, held: Collection) -> None:
    html = asked(client, "q=矛盾纠纷")
    assert tabs(html) == []
    assert "共 1 件" in html


def test_a_chosen_section_stays_in_every_link(
    client: Client, page: StandardPage
) -> None:
    html = asked(client, "q=矛盾纠纷&section=about")
    links = [unescape(url) for url in re.findall(r'href="(\?[^"]*)"', html)]
    kept = [url for url in links if "section=about" in url]
    # Out of it lead the other tabs alone.
    assert len(links) - len(kept) == 2
    assert '<input type="hidden" name="section" value="about">' in html
    assert "已限定" not in html


def test_every_number_beside_a_value_is_what_a_click_finds(
    client: Client, page: StandardPage
) -> None:
    open_record(record_with_pages("矛盾纠纷另一件", level="item"))
    drain_all()
    link = re.compile(
        r'<a href="(\?[^"]+)">\s*<span lang="[^"]+">[^<]+</span>'
        r'\s*<span class="num">(\d+)</span>'
    )
    for start in ("q=矛盾纠纷", "section=about", "section=catalogue&q=矛盾纠纷"):
        for url, count in link.findall(asked(client, start)):
            html = asked(client, unescape(url)[1:])
            assert re.search(rf"共 {count} (件|项结果)", html), (start, url)


def test_the_api_gives_pages_the_shape_of_hits(
    client: Client, page: StandardPage
) -> None:
    answer = client.get("/api/v1/search?q=矛盾纠纷").json()
    assert answer["total"] == 2
    of_page = next(hit for hit in answer["hits"] if hit["section"] == "about")
    of_record = next(hit for hit in answer["hits"] if hit["section"] == "catalogue")
    assert set(of_record) <= set(of_page)
    assert (of_page["type"], of_page["reference_code"]) == ("page", "")
    assert of_page["url"] == f"http://testserver{page.get_url()}"
    assert of_page["summary"] == "办事的步骤。"
    assert of_page["match_count"] == 3
    first = of_page["snippets"][0]
    assert first["page"] is None
    assert [first["text"][a:b] for a, b in first["marks"]] == ["矛盾糾紛"]
    sections = answer["facets"]["section"]
    assert sections == [
        {"value": "about", "label": "本馆", "count": 1},
        {"value": "catalogue", "label": "馆藏", "count": 1},
    ]
    schema = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert set(of_page) == set(schema["Hit"]["properties"])


def test_english_says_it_in_english(client: Client, page: StandardPage) -> None:
    html = client.get("/en/search/?q=矛盾纠纷").content.decode()
    assert "2 results" in html
    assert tabs(html) == [
        ("All", 2, True),
        ("Holdings", 1, False),
        ("The hall", 1, False),
    ]


def test_the_front_page_takes_its_evidence_from_records(
    client: Client, page: StandardPage
) -> None:
    for number in range(12):
        story(f"矛盾糾紛之{number}", "矛盾糾紛")
    drain_all()
    assert "調解須知" in client.get("/").content.decode()


def test_the_box_of_the_desk_finds_records_alone(held: Collection) -> None:
    from archive.models import Record
    from cms.admin.record_search import find

    for number in range(3):
        story(f"須知之{number}", "正文")
    drain_all()
    found = find("须知", Record.objects.all())
    assert [one.title for one in found.records] == ["調解須知"]


@pytest.mark.parametrize("path", ["/search/?q=矛盾纠纷", "/api/v1/search?q=矛盾纠纷"])
def test_the_number_of_queries_does_not_grow(
    client: Client, page: StandardPage, path: str
) -> None:
    def queries() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    few = queries()
    for number in range(6):
        story(f"第 {number} 页", "矛盾纠纷", is_demonstration=bool(number % 2))
    drain_all()
    assert queries() == few <= 24


def test_a_page_is_found_under_its_concepts_and_those_above(
    held: Collection, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    above = subject("基层治理")
    below = subject("邻里纠纷", broader=above.number, alternatives=("街坊口角",))
    concepts = Subject.objects.filter(pk=below.pk)
    monkeypatch.setattr(StandardPage, "subjects", concepts, raising=False)
    story("关于邻里", "甲")
    drain_all()
    for name in ("邻里纠纷", "街坊口角", "基层治理"):
        assert "关于邻里" in asked(client, f"subject={name}")
    # Renamed: the pages are told of in the same transaction.
    monkeypatch.setattr(
        "cms.page_search.index._about_concepts", StandardPage.objects.all
    )
    editing.edit(below, {"label": "邻居纠纷"})
    drain_all()
    assert "关于邻里" in asked(client, "subject=邻居纠纷")
    assert not compare(engine())


def test_the_sections_of_a_new_site_are_found(held: Collection, client: Client) -> None:
    call_command("sections")
    drain_all()
    assert "隐私说明" in asked(client, "q=隐私")
    found = sum(model.objects.live().count() for model in kinds.page_models())
    assert IndexedPage.objects.count() == found > StandardPage.objects.count()


def test_every_model_of_pages_has_a_label_for_its_kind() -> None:
    found = kinds.page_models()
    assert StandardPage in found
    assert all(kinds.kinds()[model.search_kind] for model in found)
    sections = kinds.sections()
    assert set(map(kinds.section_of, found)) == set(sections)
    stray = [one for one in found if one.search_section not in kinds.SECTIONS]
    assert all(not one.search_section for one in stray)


def test_a_kind_that_nobody_listed_is_a_section_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(StandardPage, "search_kind", "novelty")
    assert kinds.kinds()["novelty"] == "普通页面"
    assert kinds.sections()["novelty"] == "普通页面"


def test_a_model_may_stand_in_another_section_than_its_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(StandardPage, "search_section", "exhibitions")
    assert kinds.section_of(StandardPage) == "exhibitions"
    assert kinds.sections()["exhibitions"] == "展览"
    assert kinds.kinds()["page"] == "页面"


def test_a_kind_that_is_a_level_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_kinds(None) == []
    monkeypatch.setattr(StandardPage, "search_kind", "file")
    (error,) = check_kinds(None)
    assert "file" in error.msg


def test_what_pages_read_is_declared_by_every_model() -> None:
    """A stream or a rich text that no search field names would never be found.

    But for pictures, times, and pages that are chosen: none of them are words. And for
    what is not for everyone.
    """
    wordless = {"hero", "hours", "cases", "related"}
    forgotten: list[tuple[Any, str]] = []
    for model in apps.get_models():
        if not (issubclass(model, SitePage) and model.search_kind):
            continue
        named = {getattr(one, "field_name", "") for one in model.get_search_fields()}
        forgotten += [
            (model, field.name)
            for field in model._meta.get_fields()
            if type(field).__name__ in ("StreamField", "RichTextField")
            and field.name not in named | wordless | set(model.private_fields)
        ]
    assert forgotten == []
