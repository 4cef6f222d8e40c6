"""Classes on a curriculum's page, and what a learner finds under the number."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from cms.models import (
    CurriculumPage,
    LessonPage,
    QuizPass,
    Registration,
    TrainingClass,
    User,
)
from cms.training import attendance, certificates
from cms.training.quizzes import find
from tests.cms.classes.building import curriculum, enrol, opened, training_class
from tests.cms.training.building import quiz
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def page() -> CurriculumPage:
    """With a quiz in its first lesson."""
    made = curriculum()
    lesson = LessonPage.objects.get(slug="six")
    lesson.content = [quiz()]
    lesson.save_revision().publish()
    return made


def mine(client: Client, who: Registration) -> str:
    return client.get(f"/registration/mine/{who.number}/").content.decode()


def test_a_curriculum_shows_its_classes_with_seats_and_timetable(
    client: Client, page: CurriculumPage
) -> None:
    one = training_class(page)
    occasion = opened(one, capacity=40)
    training_class(page, -30, number="往期")

    text = client.get(page.get_url()).content.decode()

    assert "近期班次" in text
    assert f"/registration/{occasion.uid}/" in text
    assert f"/training/class/{one.pk}/class.ics" in text
    assert "第二期课表" in text
    assert "听取" in text
    assert "往期" not in text


def test_a_curriculum_without_classes_says_nothing_of_them(
    client: Client, page: CurriculumPage
) -> None:
    assert "近期班次" not in client.get(page.get_url()).content.decode()


def solve(client: Client, number: str, lesson: LessonPage, right: bool = True) -> str:
    """Send in the lesson's quiz with all answers right, or with none."""
    (block,) = lesson.content
    asked = find(lesson.content, block.id)
    assert asked is not None
    sent = {one.field: list(one.right) for one in asked.questions} if right else {}
    path = lesson.address(None, "quiz", block.id)
    return client.post(path, {**sent, "number": number}).content.decode()


def test_a_quiz_passed_with_the_number_is_noted(
    client: Client, page: CurriculumPage
) -> None:
    one = training_class(page)
    (learner,) = enrol(one, "学员甲")
    lesson = LessonPage.objects.get(slug="six")
    assert "未通过" in mine(client, learner)

    assert "已记入" not in solve(client, learner.number, lesson, right=False)
    assert not QuizPass.objects.exists()
    assert "没有记入" in solve(client, "ABCDE-23456", lesson)
    assert not QuizPass.objects.exists()
    assert "已记入您的学习进度" in solve(client, learner.number, lesson)

    (passed,) = QuizPass.objects.all()
    assert (passed.registration, passed.lesson, passed.score) == (learner, lesson, 100)
    text = mine(client, learner)
    assert "已通过" in text
    assert "未通过" not in text


def test_a_learner_finds_timetable_lessons_and_certificate(
    client: Client, page: CurriculumPage
) -> None:
    one = training_class(page, -5, needs_quizzes=False)
    (learner,) = enrol(one, "隐名甲")
    trainer: User = UserFactory.create()
    for row in one.sessions.all():
        attendance.mark_present(one, row.pk, trainer)
    made = certificates.issue(one, learner, "样本馆", trainer)

    text = mine(client, learner)

    assert "听取" in text
    assert text.count("到课") == 3
    for lesson in LessonPage.objects.all():
        assert lesson.get_url() in text
    assert f"/certificates/{made.code}/" in text
    assert made.number in text
    assert "隐名甲" not in text


def test_drafts_are_not_told_of_to_learners(
    client: Client, page: CurriculumPage
) -> None:
    one = training_class(page)
    (learner,) = enrol(one, "学员甲")
    lesson = LessonPage.objects.get(slug="six")
    lesson.unpublish()
    text = mine(client, learner)
    assert "六个问题" not in text
    assert "据实记录" in text

    page.unpublish()
    text = mine(client, learner)
    assert "据实记录" not in text
    assert "登记" in text  # the timetable stays: people have signed up for it


@pytest.mark.parametrize("status", ["waiting", "cancelled"])
def test_who_has_no_place_finds_nothing_of_the_class(
    client: Client, page: CurriculumPage, status: str
) -> None:
    (learner,) = enrol(training_class(page), "学员甲", status=status)
    assert "我的学习" not in mine(client, learner)


def test_a_registration_for_an_event_has_no_such_section(client: Client) -> None:
    one: TrainingClass = training_class()
    (learner,) = enrol(one, "学员甲")
    assert re.search("我的学习", mine(client, learner))
    occasion = one.occasion
    one.delete()
    occasion.kind = "event"
    occasion.save()
    assert "我的学习" not in mine(client, learner)
