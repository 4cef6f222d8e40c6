"""The demonstration's training: labelled, whole, and made once."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from cms import sections
from cms.demonstration import training
from cms.models import (
    CoursePage,
    CurriculumPage,
    LessonPage,
    Teacher,
    TeachingPoint,
)
from tests.cms.training import building
from tests.remembered import remembered

pytestmark = pytest.mark.filterwarnings("ignore:.*tempfile")
ADDRESS = "/training/recording-and-filing/"


@pytest.fixture
def shown(db: None) -> None:
    remembered("sections", sections.provide)
    remembered("demonstration of training", training.add)


def test_it_is_whole_and_labelled(shown: None) -> None:
    page = CurriculumPage.objects.get(locale__language_code="zh-hans")
    assert page.hours == Decimal(14)
    assert [len(course.lessons) for course in page.courses] == [2, 3]
    models: list[Any] = [CoursePage, LessonPage, Teacher, TeachingPoint]
    for model in models:
        assert all(one.is_demonstration for one in model.objects.all())
    assert Teacher.objects.count() == TeachingPoint.objects.count() == 2
    html = Client().get(ADDRESS).text
    assert "六个问题" in html and "随堂测验：约定" in html and "登记簿空白样页" in html


def test_it_is_made_once(shown: None) -> None:
    counts = [one.objects.count() for one in (CurriculumPage, LessonPage, Teacher)]
    assert training.add() == []
    again = [one.objects.count() for one in (CurriculumPage, LessonPage, Teacher)]
    assert again == counts


def test_its_quizzes_can_be_passed(shown: None) -> None:
    for lesson in LessonPage.objects.all():
        for child in lesson.content:
            block = child.block
            # What its editor's form would take: links to records are open here.
            if child.block_type in ("quiz", "discussion", "slides", "text"):
                block.clean(child.value)
    lesson = LessonPage.objects.get(slug="six-questions")
    assert [one.block_type for one in lesson.content].count("quiz") == 1
    assert lesson.trainer_notes


def test_the_curriculum_is_in_english(shown: None) -> None:
    html = Client().get(f"/en{ADDRESS}").text
    assert "Recording and filing local mediation" in html and "14 hours" in html
    assert "Training" in Client().get("/en/training/").text


def test_a_case_is_linked_where_there_is_one(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sections.provide()
    case = building.case_like()
    monkeypatch.setattr(type(case), "search_kind", "case")
    training.add()
    lesson = LessonPage.objects.get(slug="agreement")
    assert "case" in [one.block_type for one in lesson.content]
