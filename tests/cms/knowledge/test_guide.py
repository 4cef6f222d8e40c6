"""The guide to the regulation, the subjects and the front page, as readers get them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from archive.models import Record, Subject
from cms.knowledge.articles import articles
from cms.knowledge.guide import guide
from cms.models import SubjectPage
from tests.cms.knowledge.conftest import (
    add_news,
    add_output,
    add_term,
    open_fonds,
    opened,
    settle,
)
from tests.factories import READING_ROOM, RecordFactory, decide, subject

pytestmark = pytest.mark.django_db

GUIDE = "/knowledge/regulation/"
SUBJECT = "/knowledge/subjects/dispute-resolution/"
TEXT = (
    "第十五条【网格】 每个网格设网格员。\n（一）走访；\n第十七条【化解】 先行调解。\n"
)


@pytest.fixture(autouse=True)
def no_text(settings: Settings) -> None:
    settings.REGULATION_FILE = ""


@pytest.fixture
def fonds(site: Any) -> Record:
    return open_fonds()


def html(path: str, client: Client | None = None, **extra: Any) -> str:
    response = (client or Client()).get(path, **extra)
    assert response.status_code == 200
    return response.content.decode()


def article(page: str, number: int) -> str:
    start = page.index(f'id="article-{number}"')
    end = page.find('class="art"', start)
    return page[start : end if end > 0 else None]


def concept(label: str) -> Subject:
    return Subject.objects.get(label=label)


def test_every_article_has_its_place_and_the_gap_is_shown(site: Any) -> None:
    page = html(GUIDE)
    for one in articles():
        assert f'href="#article-{one.number}"' in page
        if not one.is_missing:
            assert one.summary in article(page, one.number)
    assert "第二十六条" in article(page, 26)
    assert "送审稿无此条" in article(page, 26)


def test_it_is_cited_as_a_draft(site: Any) -> None:
    page = html(GUIDE)
    assert "《绍兴市“枫桥经验”传承发展条例（草案送审稿）》第N条" in page
    assert "送审稿不是现行法规" in page


def test_without_a_file_the_page_says_that_it_has_no_text(site: Any) -> None:
    assert "本站未收送审稿原文" in html(GUIDE)


def test_the_text_stands_beside_the_summary_where_it_was_supplied(
    site: Any, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "regulation.txt"
    path.write_text(TEXT + "第十八条【网】 a<b>c\n", encoding="utf-8")
    settings.REGULATION_FILE = str(path)
    page = html(GUIDE)
    assert "每个网格设网格员。" in article(page, 15)
    assert "（一）走访；" in article(page, 15)
    assert "a&lt;b&gt;c" in article(page, 18)
    assert 'class="text song"' not in article(page, 16)
    assert "本站未收" not in page


def test_a_file_that_cannot_be_read_leaves_the_summaries(
    site: Any, settings: Settings, tmp_path: Path
) -> None:
    settings.REGULATION_FILE = str(tmp_path / "none.txt")
    page = html(GUIDE)
    assert "送审稿原文暂时无法显示" in page
    assert str(tmp_path) not in page


def test_the_text_has_its_terms_explained(
    site: Any, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "regulation.txt"
    path.write_text(TEXT, encoding="utf-8")
    settings.REGULATION_FILE = str(path)
    term = add_term("网格员", articles="15")
    page = html(GUIDE)
    assert f'popovertarget="term-{term.pk}">网格员</button>' in article(page, 15)
    assert page.count(f'id="term-{term.pk}"') == 1
    assert "名词：" in article(page, 15)


def test_beside_an_article_stands_how_much_there_is_on_its_subject(
    fonds: Record,
) -> None:
    opened("调解", fonds)
    opened("信访", fonds)
    add_output("化解一篇", subjects=[concept("调解")])
    told = article(html(GUIDE), 17)
    counts = re.findall(r"<li><span>(.*?)</span>.*?<b[^>]*>(.*?)</b>", told)
    assert counts == [
        ("档案", "2"),
        ("案例", "—"),
        ("课程", "—"),
        ("展览", "—"),
        ("成果", "1"),
    ]
    assert "化解一篇" in told
    assert "暂无材料" in article(html(GUIDE), 6)


def test_a_closed_record_is_told_of_nowhere(fonds: Record) -> None:
    record = opened("调解", fonds, title="玄鹇调解卷")
    hidden = RecordFactory.create(parent=fonds, subjects="调解", title="赪鲎调解卷")
    decide([hidden], READING_ROOM)
    settle()
    before = html(SUBJECT)
    assert "玄鹇调解卷" in before
    assert "赪鲎" not in before
    assert "全部 1 件" in before
    decide([record], READING_ROOM)
    for path in (SUBJECT, GUIDE, "/knowledge/subjects/", "/knowledge/"):
        assert "玄鹇" not in html(path)
    assert "暂无材料" in html(SUBJECT)
    assert "暂无材料" in article(html(GUIDE), 17)


def test_people_of_the_house_see_on_pages_what_everyone_sees(
    fonds: Record, admin_client: Client
) -> None:
    hidden = RecordFactory.create(parent=fonds, subjects="调解", title="赪鲎调解卷")
    decide([hidden], READING_ROOM)
    settle()
    for path in (SUBJECT, GUIDE, "/knowledge/subjects/"):
        page = html(path, admin_client)
        assert "赪鲎" not in page
        assert "全部 1 件" not in page


def test_a_concept_that_only_closed_records_bear_is_not_among_the_narrower(
    fonds: Record,
) -> None:
    subject("玄鹇瓠语", broader="矛盾纠纷多元化解体系")
    RecordFactory.create(parent=fonds, subjects="玄鹇瓠语")
    settle()
    page = html(SUBJECT)
    assert "玄鹇" not in page
    assert "就地化解" in page
    opened("玄鹇瓠语", fonds)
    assert "玄鹇" in html(SUBJECT)


def test_each_subject_gathers_by_itself_and_names_its_article(site: Any) -> None:
    assert SubjectPage.objects.count() == 14
    add_news("一条消息", subjects=[concept("网格员")])
    page = html("/knowledge/subjects/grid/")
    assert "一条消息" in page
    assert "《绍兴市“枫桥经验”传承发展条例（草案送审稿）》第十五条" in page
    assert 'href="/knowledge/regulation/#article-15"' in page


def test_an_article_after_the_nineteenth_gathers_once_the_thesaurus_has_its_concept(
    fonds: Record,
) -> None:
    assert "暂无材料" in article(html(GUIDE), 21)
    subject("“枫桥经验”陈列馆", source="《样例》")
    add_output("展线", subjects=[concept("“枫桥经验”陈列馆")])
    assert "展线" in article(html(GUIDE), 21)


def test_in_english_the_articles_have_our_english_words(site: Any) -> None:
    with translation.override("en"):
        found = guide()
        assert [part.label for part in found.parts][:1] == ["Principles and duties"]
        ninth = found.entries[8].article
        assert (ninth.name, ninth.heading) == ("Article 9", "Rule of law")
        assert found.tally_heads[-1] == "Outputs"


def queries(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (GUIDE, 60),
        (SUBJECT, 75),
        ("/knowledge/subjects/", 60),
        ("/knowledge/", 40),
        ("/knowledge/outputs/", 30),
        ("/knowledge/glossary/", 23),
        ("/news/", 20),
    ],
)
def test_the_number_of_queries_does_not_grow(
    fonds: Record, settings: Settings, tmp_path: Path, path: str, most: int
) -> None:
    text = tmp_path / "regulation.txt"
    text.write_text(TEXT, encoding="utf-8")
    settings.REGULATION_FILE = str(text)

    def grow(count: int) -> None:
        for number in range(count):
            opened("调解；网格员", fonds)
            shown = [concept("调解"), concept("网格员")]
            add_output(f"成果 {number}", "甲", "乙", subjects=shown)
            add_term(f"样词{fonds.pk}甲{number}{count}", subjects=shown, articles="15")
            add_news(f"消息 {number}", subjects=shown, summary="网格员走访")

    grow(1)
    few = queries(path)
    grow(3)
    assert queries(path) == few
    assert few <= most
