"""Teachers and teaching points: who is shown, on what, and with whose consent."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import Teacher, TeachingPoint
from tests.cms.exhibitions.building import exhibition, image
from tests.cms.training import building
from tests.factories import subject

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*tempfile"),
]
TEACHERS, POINTS = "/training/teachers/", "/training/points/"


def teacher(name: str = "某甲", *subjects: Any, **fields: Any) -> Any:
    usual = {"has_consent": True, "is_shown": True, "unit": "样本培训班"}
    made: Any = Teacher(name=name, **{**usual, **fields})
    made.subjects = list(subjects)
    made.save()
    return made


def point(name: str = "样本议事亭", *subjects: Any, **fields: Any) -> Any:
    made: Any = TeachingPoint(name=name, place="某县", **{"is_shown": True, **fields})
    made.subjects = list(subjects)
    made.save()
    return made


def text(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200
    return str(answer.text)


def test_teachers_are_shown_with_consent_only() -> None:
    building.index()
    teacher(introduction="讲记录。", photo=image(), consent_note="凭据鹇")
    teacher("某乙", is_shown=False)
    read = text(TEACHERS)
    assert "某甲" in read and "讲记录。" in read and "<img" in read
    assert "某乙" not in read and "凭据鹇" not in read


def test_nobody_is_shown_without_consent() -> None:
    person = Teacher(name="某丙", is_shown=True)
    with pytest.raises(ValidationError, match="没有本人同意"):
        person.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        person.save()


def test_registers_are_narrowed_by_subject() -> None:
    building.index()
    one, other = subject("记录鹇", source="书"), subject("说理鹇", source="书")
    teacher("某甲", one)
    teacher("某乙", other)
    teacher("某丁")
    assert "某乙" in text(TEACHERS) and "某丁" in text(TEACHERS)
    narrowed = text(f"{TEACHERS}?subject=记录鹇")
    assert "某甲" in narrowed and "某乙" not in narrowed and "某丁" not in narrowed
    assert "某丁" in text(f"{TEACHERS}?subject=没有的")


def test_points_tell_where_and_what() -> None:
    building.index()
    page = exhibition(title="相关的展览", slug="related")
    point(
        shows="看一块议事牌。",
        group_size=30,
        map_url="https://example.org/map",
        page=page,
    )
    point("不公开的地方", is_shown=False)
    read = text(POINTS)
    for told in (
        "样本议事亭",
        "某县",
        "看一块议事牌。",
        "一批至多 30 人",
        "相关的展览",
    ):
        assert told in read
    assert "不公开的地方" not in read
    page.unpublish()
    assert "相关的展览" not in text(POINTS)


@pytest.mark.parametrize("url", [TEACHERS, POINTS])
def test_queries_do_not_grow(url: str, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    building.index()
    one = subject("记录鹇", source="书")
    page = exhibition(title="展览", slug="shown")

    def more(number: int) -> None:
        teacher(f"某甲{number}", one, photo=image())
        point(f"某处{number}", one, page=page)

    def queries() -> int:
        Client().get(url)
        with CaptureQueriesContext(connection) as asked:
            Client().get(url)
        return len(asked)

    more(0)
    before = queries()
    for number in range(1, 6):
        more(number)
    assert queries() == before
