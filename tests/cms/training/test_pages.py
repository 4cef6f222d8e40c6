"""Curricula, courses and lessons as readers see them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import extruct
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import PageViewRestriction

from cms.demonstration.translations import translate
from cms.models import CurriculumPage, ExhibitionPage, LessonPage
from cms.training import joined
from tests.cms.collection import Collection
from tests.cms.exhibitions.building import WORDS, block, exhibition, stop
from tests.cms.training import building

# Willow leaves the file of a picture that it resized to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*tempfile")

RECORDS = "/training/records/"
COURSE = f"{RECORDS}register/"
LESSON = f"{COURSE}six/"


def text(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200, url
    return str(answer.text)


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_section_lists_what_is_taught(held: Collection) -> None:
    building.full(held.public)
    read = text("/training/")
    assert "记录与归档" in read and "基层调解员" in read
    assert "/training/teachers/" in read and "/training/points/" in read


def test_a_curriculum_sums_its_hours_and_numbers_its_lessons(held: Collection) -> None:
    page = building.full(held.public)
    assert page.hours == Decimal("6.5")
    assert page.taught_minutes == 292
    read = flat(text(RECORDS))
    assert "6.5 学时" in read and "2 课，3 讲" in read
    assert "第一课" in read and "第二课" in read and "2 讲 含实物观摩" in read
    numbers = re.findall(r"<li><b>(\d+)</b>", text(RECORDS))
    assert numbers == ["1", "2", "3"]
    assert "空白样页" in read and "第 1 版，PDF，可自由使用，2026-11-01" in read


def test_a_curriculum_tells_what_the_lessons_use(held: Collection) -> None:
    building.full(held.public)
    html = text(RECORDS)
    uses = re.findall(r'<div class="uses">(.*?)</div>', html, re.S)
    assert len(uses) == 2
    assert 'class="evidence"' in uses[0] and "展点 3" in uses[0]
    assert "/exhibitions/walk/visit/3/" in uses[0]
    assert "第一讲课件" in uses[0] and "随堂测验" in uses[0] and "讨论" in uses[0]
    quiz = re.search(rf'href="({LESSON}quiz/[0-9a-f-]+/)"', uses[0])
    assert quiz is not None and Client().get(quiz[1]).status_code == 200


def test_a_course_goes_on_counting(held: Collection) -> None:
    building.full(held.public)
    html = text(f"{RECORDS}filing/")
    assert re.findall(r"<li><b>(\d+)</b>", html) == ["3"]
    assert "交一份记录" in html and f'href="{RECORDS}"' in html


def test_a_lesson_shows_each_of_its_blocks(held: Collection) -> None:
    building.full(held.public)
    read = text(LESSON)
    for words in ("第 1 讲", "3 学时", "小标题", "第一页的话", building.HOW, "第三站"):
        assert words in flat(read)
    for words in ("看这里", "短片", "遇到不愿说话", "开始测验", "练习", "所引档案"):
        assert words in read
    assert 'alt="课件第一页"' in read and "slides" in read
    assert WORDS in read and "GB/T" not in read
    assert re.search(r"\[Z\]|\[A\]|\[DB/OL\]|\[A/OL\]", read), "a GB/T 7714 citation"
    assert building.NOTE not in read


def test_lessons_lead_to_one_another(held: Collection) -> None:
    building.full(held.public)
    first, second = text(LESSON), text(f"{COURSE}true/")
    assert f'rel="next" href="{COURSE}true/"' in first
    assert f'rel="prev" href="{LESSON}"' in second
    assert f'rel="next" href="{RECORDS}filing/volume/"' in second


def test_what_is_not_published_is_not_counted(held: Collection) -> None:
    page = building.full(held.public)
    LessonPage.objects.get(slug="true").unpublish()
    assert CurriculumPage.objects.get(pk=page.pk).hours == Decimal(5)
    course = page.get_children().get(slug="filing")
    PageViewRestriction.objects.create(page=course, restriction_type="login")
    shown = CurriculumPage.objects.get(pk=page.pk)
    assert shown.hours == Decimal(3) and len(shown.courses) == 1
    assert "整理成卷" not in text(RECORDS)


def test_a_stop_that_is_gone_is_not_shown(held: Collection) -> None:
    shown = exhibition(stops=[stop(4, title="第四站")], slug="gone")
    value = {"page": shown.pk, "number": 4, "note": "看这里"}
    building.lesson(building.course(building.curriculum()), block("stop", value))
    assert "第四站" in text(LESSON)
    shown.unpublish()
    assert "看这里" not in text(LESSON)
    assert "展点 4" not in text(RECORDS)


def queries(url: str) -> int:
    Client().get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert Client().get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("language", ["", "/en"])
def test_queries_do_not_grow_with_lessons(
    held: Collection, settings: Any, language: str
) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    page = building.full(held.public)
    before = [queries(language + url) for url in (RECORDS, COURSE, LESSON)]
    first = page.get_children().get(slug="register")
    for number in range(6):
        building.lesson(
            first,
            building.record(held.public),
            building.quiz(),
            block("stop", {"page": exhibition_pk(), "number": 3, "note": ""}),
            title=f"加课{number}",
            slug=f"more-{number}",
        )
    after = [queries(language + url) for url in (RECORDS, COURSE, LESSON)]
    assert after == before


def exhibition_pk() -> int:
    return int(ExhibitionPage.objects.get(slug="walk").pk)


def test_queries_do_not_grow_with_blocks(held: Collection, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    building.full(held.public)
    before = queries(LESSON)
    lesson = LessonPage.objects.get(slug="six")
    more = [building.record(held.public), building.quiz(), building.discussion()]
    lesson.content = [*lesson.content.raw_data, *more, *more]
    lesson.save_revision().publish()
    assert queries(LESSON) == before


def test_a_translated_curriculum_is_read_in_english(held: Collection) -> None:
    page = building.full(held.public)
    fields = {"title": "Records and files", "summary": "To register.", "aims": "Aims."}
    assert translate(page, {**fields, "audience": "Mediators"}) is not None
    read = text(f"/en{RECORDS}")
    assert "Records and files" in read and "六个问题" in read
    assert f"/en{LESSON}" in read
    assert "Records and files" in text("/en/training/")


def things(url: str) -> dict[str, dict[str, Any]]:
    """What the page tells programs, by type."""
    found = extruct.extract(text(url), syntaxes=["json-ld"])["json-ld"]
    return {one["@type"]: one for one in found[0]["@graph"]}


def test_programs_are_told_of_a_course(held: Collection) -> None:
    building.full(held.public)
    course = things(RECORDS)["Course"]
    assert course["name"] == "记录与归档" and course["teaches"] == "能够据实登记。"
    assert course["timeRequired"] == "PT292M"
    assert course["audience"]["audienceType"] == "基层调解员"
    assert course["provider"]["@type"] == "ArchiveOrganization"
    parts = [one["url"] for one in course["hasPart"]]
    assert parts[0] == f"http://testserver{LESSON}" and len(parts) == 3
    assert things(COURSE)["Course"]["timeRequired"] == "PT202M"
    lesson = things(LESSON)["LearningResource"]
    assert lesson["name"] == "六个问题"


def test_a_case_is_shown_while_it_is_public(
    held: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = building.case_like()
    monkeypatch.setattr(type(case), "search_kind", "case")
    value = {"page": case.pk, "note": "找出每一句约定。"}
    building.lesson(building.course(building.curriculum()), block("case", value))
    for url in (RECORDS, LESSON):
        assert "两户共渠" in text(url)
    assert "找出每一句约定。" in text(LESSON)
    assert f'href="{case.get_url()}"' in text(RECORDS)
    case.unpublish()
    for url in (RECORDS, LESSON):
        assert "两户共渠" not in text(url) and "找出每一句约定" not in text(url)


@pytest.fixture
def panel() -> Iterator[None]:
    """What another part of the site adds to a curriculum."""

    def classes(curriculum: Any, request: Any) -> SafeString:
        return format_html("<p>班次：{}</p>", f"{curriculum.slug} {request.path}")

    joined.register("side", classes)
    joined.register("below", lambda _curriculum, _request: "")
    yield
    joined._panels["side"].pop()
    joined._panels["below"].pop()


def test_other_parts_add_to_a_curriculum(held: Collection, panel: None) -> None:
    building.full(held.public)
    assert f"<p>班次：records {RECORDS}</p>" in text(RECORDS)
    assert "班次" not in text(COURSE)
