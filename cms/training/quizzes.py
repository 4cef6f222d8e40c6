"""Quizzes of lessons: what they ask, what an answer is worth, and why.

Nothing that anybody answers is kept. Who keeps that somebody enrolled has passed
registers for it (``register_passed``) and is told the number that the person gave.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

TRUE, FALSE = "true", "false"

Passed = Callable[..., str | None]
"""Called with ``(lesson, quiz_id, score, total, passed, number)``; says what became
of it, to be shown to the person, or nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    value: str
    text: str
    right: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Question:
    """``kind`` is ``single``, ``multiple`` or ``truth``; ``number`` counts from 1."""

    number: int
    key: str
    kind: str
    text: str
    answers: tuple[Answer, ...]
    explanation: str

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return f"q-{self.key}"

    @property
    def right(self) -> frozenset[str]:
        return frozenset(answer.value for answer in self.answers if answer.right)


@dataclass(frozen=True, slots=True)
class Quiz:
    """``pass_mark`` in per cent."""

    id: str
    title: str
    pass_mark: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What was chosen of one question; ``feedback`` is said to just these choices."""

    question: Question
    chosen: frozenset[str]

    @property
    def is_right(self) -> bool:
        return self.chosen == self.question.right

    @property
    def answers(self) -> tuple[tuple[Answer, bool], ...]:
        """Each answer, and whether it was chosen."""
        return tuple((one, one.value in self.chosen) for one in self.question.answers)


@dataclass(frozen=True, slots=True)
class Result:
    quiz: Quiz
    replies: tuple[Reply, ...]

    @property
    def score(self) -> int:
        return sum(reply.is_right for reply in self.replies)

    @property
    def total(self) -> int:
        return len(self.replies)

    @property
    def passed(self) -> bool:
        return self.score * 100 >= self.quiz.pass_mark * self.total


_registered: list[Passed] = []


def register_passed(receive: Passed) -> None:
    """Have ``receive`` told of each quiz that is sent in with an enrolment number.

    Called once, when the site starts. The number is whatever the person typed.
    """
    _registered.append(receive)


def takes_numbers() -> bool:
    """Whether anybody wants to be told: else a number need not be asked for."""
    return bool(_registered)


def tell(lesson: Any, result: Result, number: str) -> list[str]:
    """Tell those who registered; what they say to the person."""
    said = [
        receive(
            lesson, result.quiz.id, result.score, result.total, result.passed, number
        )
        for receive in _registered
    ]
    return [one for one in said if one]


def find(stream: Any, quiz_id: str) -> Quiz | None:
    """The quiz of that id in the stream of a lesson."""
    for child in stream:
        if child.block_type == "quiz" and child.id == quiz_id:
            return of_block(child.id, child.value)
    return None


def of_block(block_id: str | None, value: Mapping[str, Any]) -> Quiz:
    """A quiz as its block has it."""
    return Quiz(
        block_id or "",
        value["title"],
        value["pass_mark"] or 0,
        tuple(
            _question(number, child)
            for number, child in enumerate(value["questions"], start=1)
        ),
    )


def mark(quiz: Quiz, given: QueryDict) -> Result:
    """What a form that was sent in is worth; a question left out is not right."""
    replies = []
    for question in quiz.questions:
        offered = {answer.value for answer in question.answers}
        chosen = frozenset(given.getlist(question.field)) & offered
        replies.append(Reply(question, chosen))
    return Result(quiz, tuple(replies))


def _question(number: int, child: Any) -> Question:
    value = child.value
    if child.block_type == "truth":
        true = bool(value["is_true"])
        answers: tuple[Answer, ...] = (
            Answer(TRUE, _("对"), true, value["when_true"] or ""),
            Answer(FALSE, _("错"), not true, value["when_false"] or ""),
        )
    else:
        answers = tuple(
            Answer(str(place), one["text"], bool(one["right"]), one["feedback"] or "")
            for place, one in enumerate(value["answers"], start=1)
        )
    return Question(
        number,
        child.id or str(number),
        child.block_type,
        value["text"],
        answers,
        value["explanation"] or "",
    )
