"""What the page types of training need: a curriculum, teachers and points."""

from typing import Any

from archive.models import Record, Subject
from cms import sections
from cms.models import Teacher, TeachingPoint
from tests.browser.sample_site import VERTICAL
from tests.cms.exhibitions.building import image
from tests.cms.training import building

WORDS = "據實登簿，不得增減"
RECORDS = "/training/records/"
COURSE = f"{RECORDS}register/"
LESSON = f"{COURSE}six/"
QUIZ = "5d4c1d3e-0000-4000-8000-000000000001"
ONLY_QUIZ = f"{COURSE}only-quiz/quiz/{QUIZ}/"


def training_made() -> None:
    """Everything that a lesson may have, and both registers."""
    sections.provide()
    record = Record.objects.get(reference_code=VERTICAL)
    made = building.full(record, WORDS, is_demonstration=True)
    course = made.get_children().get(slug="register")
    quiz = {**building.quiz(), "id": QUIZ}
    building.lesson(course, quiz, title="只有测验", slug="only-quiz", hours=1)
    concept = Subject.objects.filter(status=Subject.Status.APPROVED).first()
    _register(concept)


def _register(concept: Subject | None) -> None:
    teacher = Teacher(
        name="某甲",
        unit="样本培训班",
        position="讲师",
        introduction="讲登记与回访。",
        photo=image("演示头像"),
        has_consent=True,
        is_shown=True,
        is_demonstration=True,
    )
    point = TeachingPoint(
        name="样本议事亭",
        place="某县",
        address="某街一号（演示）",
        shows="一块议事牌。",
        group_size=30,
        map_url="https://example.org/map",
        is_shown=True,
        is_demonstration=True,
    )
    other = Teacher(name="某乙", has_consent=True, is_shown=True, is_demonstration=True)
    made: list[Any] = [teacher, point, other]
    for one in made:
        one.subjects = [concept] if concept is not None else []
        one.save()
