"""Quizzes: marking, feedback without a script, and what is told of a pass."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.blocks.quiz import MultipleBlock, QuizBlock, SingleBlock
from cms.models import LessonPage, VisitCount
from cms.training import quizzes
from tests.cms.exhibitions.building import listed
from tests.cms.training import building

LESSON = "/training/records/register/six/"


@pytest.fixture
def lesson(db: None) -> LessonPage:
    above = building.course(building.curriculum())
    made: LessonPage = building.lesson(above, building.quiz())
    return made


@pytest.fixture
def told() -> Iterator[list[tuple[Any, ...]]]:
    """What is told of quizzes that come with a number."""
    calls: list[tuple[Any, ...]] = []

    def receive(*given: Any) -> str:
        calls.append(given)
        return f"记下了 {given[-1]}"

    quizzes.register_passed(receive)
    yield calls
    quizzes._registered.remove(receive)


def the_quiz(lesson: LessonPage) -> quizzes.Quiz:
    (child,) = lesson.content
    found = quizzes.find(lesson.content, child.id)
    assert found is not None
    return found


def address(quiz: quizzes.Quiz) -> str:
    return f"{LESSON}quiz/{quiz.id}/"


def sent(quiz: quizzes.Quiz, *chosen: list[str], **more: str) -> dict[str, Any]:
    pairs = zip(quiz.questions, chosen, strict=True)
    return {**{question.field: values for question, values in pairs}, **more}


RIGHT = (["1"], ["1", "2"], ["false"])


def test_the_form_says_nothing_of_what_is_right(lesson: LessonPage) -> None:
    quiz = the_quiz(lesson)
    html = Client().get(address(quiz)).text
    assert html.count('type="radio"') == 4 and html.count('type="checkbox"') == 3
    for secret in ("正是", "还早", "先听后写", "当场记", "right", "正确"):
        assert secret not in html


def test_all_right_is_passed_with_its_feedback(lesson: LessonPage) -> None:
    quiz = the_quiz(lesson)
    html = Client().post(address(quiz), sent(quiz, *RIGHT)).text
    assert "答对 3 题，共 3 题" in html and "及格。" in html
    assert html.count("答对了") == 3
    for said in ("正是", "对，当场记", "先听后写。", "事后补记，容易失实。"):
        assert said in html
    assert "还早" not in html and "不可以" not in html


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        ((["2"], ["1", "2"], ["false"]), 2),
        ((["1"], ["1"], ["false"]), 2),
        ((["1"], ["1", "2", "3"], ["false"]), 2),
        (([], [], []), 0),
        ((["2"], ["3"], ["true"]), 0),
        ((["9"], ["1", "2", "x"], ["false"]), 2),
    ],
)
def test_part_of_it_is_marked(
    lesson: LessonPage, chosen: tuple[list[str], ...], score: int
) -> None:
    quiz = the_quiz(lesson)
    html = Client().post(address(quiz), sent(quiz, *chosen)).text
    assert f"答对 {score} 题，共 3 题" in html
    assert ("还没有及格" in html) == (score < 2)


def test_wrong_answers_tell_why(lesson: LessonPage) -> None:
    quiz = the_quiz(lesson)
    html = Client().post(address(quiz), sent(quiz, ["2"], [], ["true"])).text
    assert "还早" in html and "不可以" in html and "没有作答" in html
    assert html.count("正确答案") == 4


def test_the_mark_is_that_of_the_quiz(lesson: LessonPage) -> None:
    page = building.lesson(
        lesson.get_parent(), building.quiz(pass_mark=100), slug="strict"
    )
    (child,) = page.content
    quiz = quizzes.find(page.content, child.id)
    assert quiz is not None
    given = sent(quiz, ["2"], *RIGHT[1:])
    html = Client().post(f"/training/records/register/strict/quiz/{quiz.id}/", given)
    assert "还没有及格" in html.text and "及格线为百分之 100" in html.text


def test_a_number_is_told_with_the_result(
    lesson: LessonPage, told: list[tuple[Any, ...]]
) -> None:
    quiz = the_quiz(lesson)
    Client().post(address(quiz), sent(quiz, *RIGHT))
    assert told == []
    assert 'name="number"' in Client().get(address(quiz)).text
    html = Client().post(address(quiz), sent(quiz, *RIGHT, number=" AB-1 ")).text
    assert told == [(lesson, quiz.id, 3, 3, True, "AB-1")]
    assert "记下了 AB-1" in html
    Client().post(address(quiz), sent(quiz, [], [], [], number="AB-1"))
    assert told[1][2:] == (0, 3, False, "AB-1")


def test_nothing_of_it_is_kept(lesson: LessonPage) -> None:
    quiz = the_quiz(lesson)
    client = Client()
    answer = client.post(address(quiz), sent(quiz, *RIGHT, number="AB-1"))
    assert "no-store" in answer["Cache-Control"]
    assert not client.session.keys()
    assert not VisitCount.objects.filter(path__contains="AB-1").exists()
    again = client.get(address(quiz)).text
    assert "AB-1" not in again


def test_a_form_without_its_token_is_refused(lesson: LessonPage) -> None:
    quiz = the_quiz(lesson)
    client = Client(enforce_csrf_checks=True)
    assert client.post(address(quiz), sent(quiz, *RIGHT)).status_code == 403
    token = re.search(
        r'csrfmiddlewaretoken" value="([^"]+)"', client.get(address(quiz)).text
    )
    assert token is not None
    given = {**sent(quiz, *RIGHT), "csrfmiddlewaretoken": token[1]}
    assert client.post(address(quiz), given).status_code == 200


def test_the_lesson_itself_needs_no_cookie(lesson: LessonPage) -> None:
    client = Client()
    assert "开始测验" in client.get(LESSON).text
    assert not client.cookies


def test_there_is_no_other_quiz(lesson: LessonPage) -> None:
    assert Client().get(f"{LESSON}quiz/no-such-quiz/").status_code == 404


def test_search_does_not_give_answers_away() -> None:
    block = QuizBlock()
    found = block.get_searchable_content(block.to_python(building.quiz()["value"]))
    assert "先做什么？" in found and "可以事后补记。" in found
    assert not {"听", "正是", "先听后写。"} & set(found)


@pytest.mark.parametrize(
    ("kind", "right", "words"),
    [
        (SingleBlock, (), "有且只有一个"),
        (SingleBlock, (0, 1), "有且只有一个"),
        (MultipleBlock, (), "至少要有一个"),
    ],
)
def test_a_question_needs_a_right_answer(
    kind: Any, right: tuple[int, ...], words: str
) -> None:
    block = kind()
    answers = [building.answer(str(n), n in right) for n in range(3)]
    value = {"text": "问", "answers": listed(*answers), "explanation": ""}
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value))
    told: Any = refused.value
    assert words in str(told.as_json_data())
