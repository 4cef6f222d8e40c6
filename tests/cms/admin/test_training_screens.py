"""The screens of training: who may open each, and in what language."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse

from cms.models import LessonPage, Teacher, TeachingPoint
from tests.cms.admin.conftest import ClientOf
from tests.cms.admin.screens import DATA, let_in, lines_in_chinese, lines_in_latin
from tests.cms.admin.test_editing_screens import GROUPS, NAMES
from tests.cms.exhibitions.building import block
from tests.cms.training import building
from tests.factories import ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class World:
    lesson: LessonPage
    teacher: Teacher
    point: TeachingPoint


@pytest.fixture
def world(db: None) -> World:
    above = building.course(building.curriculum("Title"), "Title")
    notes = [block("text", "<p>Text</p>")]
    lesson = building.lesson(above, title="Title", trainer_notes=notes)
    teacher = Teacher.objects.create(name="Name", unit="Text")
    return World(lesson, teacher, TeachingPoint.objects.create(name="Name", place="x"))


def named(name: str, of: str = "") -> Callable[[World], str]:
    return lambda w: reverse(name, args=[getattr(w, of).pk] if of else [])


KEEPERS = "trainer admin"
SCREENS: dict[str, tuple[Callable[[World], str], str]] = {
    "teachers": (named("teachers:index"), KEEPERS),
    "new teacher": (named("teachers:add"), KEEPERS),
    "edit teacher": (named("teachers:edit", "teacher"), KEEPERS),
    "delete teacher": (named("teachers:delete", "teacher"), "admin"),
    "history of teacher": (named("teachers:history", "teacher"), KEEPERS),
    "points": (named("teaching-points:index"), KEEPERS),
    "new point": (named("teaching-points:add"), KEEPERS),
    "edit point": (named("teaching-points:edit", "point"), KEEPERS),
    "delete point": (named("teaching-points:delete", "point"), "admin"),
    "notes": (named("training_notes", "lesson"), KEEPERS),
    "lesson": (named("wagtailadmin_pages:edit", "lesson"), "editor admin"),
    "broken evidence": (named("broken_evidence"), "editor trainer reviewer admin"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_those_groups_only_that_work_with_it(
    client_of: ClientOf, world: World, screen: str
) -> None:
    address, groups = SCREENS[screen]
    assert let_in(client_of, address(world), GROUPS) == set(groups.split())


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_both_languages(
    client_of: ClientOf, world: World, screen: str
) -> None:
    address = SCREENS[screen][0](world)
    chinese = client_of(ADMINISTRATOR).get(address)
    assert chinese.status_code == 200
    known = DATA | {
        "PDF", "URL", "https", "AVIF", "GIF", "JPG", "JPEG", "PNG", "WEBP", "WebM",
        "WebVTT", "vtt", "UTF", "OGG", "WAV", "English", "Root", "localhost", "http",
        "register", "six", "records", "WEBVTT", "HTML", "user",
        "domain", "com", "work", "docs", "editor",
    }  # fmt: skip
    assert not lines_in_latin(chinese, known)

    english = client_of(ADMINISTRATOR, language="en").get(address)
    # The section goes by its title, in any language.
    known = NAMES | {"学习培训"}
    assert not lines_in_chinese(english, known)
