"""A curriculum as readers see it: its courses, numbered lessons, and what they use.

Read from the stored form of the lessons' streams, so that a curriculum costs as many
queries with thirty lessons as with one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from wagtail.models import Page

from cms.evidence.claims import Claim, Evidence, Sources, gather
from cms.languages import translated

MOST_EVIDENCE = 2
"""So many pages of records are named in a list of lessons; all are in the lesson."""


@dataclass(frozen=True, slots=True)
class Use:
    """Something that a lesson uses; ``found`` where it is a page of a record.

    ``kind`` is ``record``, ``stop``, ``case``, ``slides``, ``discussion``, ``quiz``;
    ``number`` is that of a stop.
    """

    kind: str
    url: str
    label: str = ""
    number: int = 0
    found: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """``number`` counts from 1 through the whole curriculum."""

    number: int
    original: int
    page: Any
    url: str
    uses: tuple[Use, ...] = ()

    @property
    def hours(self) -> Decimal:
        return Decimal(self.page.hours)


@dataclass(frozen=True, slots=True)
class Course:
    """``number`` counts from 1; ``original`` is the key of the Chinese page."""

    number: int
    original: int
    page: Any
    lessons: tuple[Lesson, ...] = ()

    @property
    def hours(self) -> Decimal:
        return sum((lesson.hours for lesson in self.lessons), Decimal(0))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lesson stands."""

    course: Course
    lesson: Lesson
    before: Lesson | None
    after: Lesson | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The courses in order, and ``page``, the curriculum, as the reader sees it."""

    page: Any
    courses: tuple[Course, ...] = ()

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for course in self.courses for lesson in course.lessons)

    @property
    def hours(self) -> Decimal:
        return sum((course.hours for course in self.courses), Decimal(0))

    def place_of(self, original: int) -> Place | None:
        """None for a lesson that is not shown in the curriculum (a draft)."""
        lessons = self.lessons
        for index, lesson in enumerate(lessons):
            if lesson.original == original:
                course = next(one for one in self.courses if lesson in one.lessons)
                before = lessons[index - 1] if index else None
                after = lessons[index + 1] if index + 1 < len(lessons) else None
                return Place(course, lesson, before, after)
        return None


def outline_of(curriculum: Page) -> Outline:
    """All that is published of ``curriculum`` (the Chinese original).

    A constant number of queries. Records, cases and stops that the public may not
    see are left out of what the lessons use.
    """
    from cms.models import CoursePage, CurriculumPage, LessonPage

    courses = list(CoursePage.objects.child_of(curriculum).live().public())
    lessons = list(LessonPage.objects.descendant_of(curriculum).live().public())
    shown = dict(zip(courses, translated.readable(courses), strict=True))
    read = dict(zip(lessons, translated.readable(lessons), strict=True))
    found = [
        Course(
            number,
            course.pk,
            shown[course],
            tuple(
                Lesson(0, lesson.pk, read[lesson], read[lesson].get_url() or "")
                for lesson in lessons
                if lesson.path.startswith(course.path)
            ),
        )
        for number, course in enumerate(courses, start=1)
    ]
    own = CurriculumPage.objects.filter(pk=curriculum.pk)
    (page,) = translated.readable(own) or [curriculum]
    return Outline(page, _with_uses(found))


def _with_uses(courses: Sequence[Course]) -> tuple[Course, ...]:
    """The lessons numbered, each with what it uses."""
    used = {
        lesson.original: list(_used(lesson))
        for course in courses
        for lesson in course.lessons
    }
    every = [one for found in used.values() for one in found]
    claims = [one.claim for one in every if one.claim is not None]
    pages = _live({one.page for one in every if one.page})
    sources = gather((), claims, pages)
    numbered, number = [], 0
    for course in courses:
        lessons = []
        for lesson in course.lessons:
            number += 1
            uses = tuple(_told(used[lesson.original], sources))
            lessons.append(replace(lesson, number=number, uses=uses))
        numbered.append(replace(course, lessons=tuple(lessons)))
    return tuple(numbered)


@dataclass(frozen=True, slots=True)
class _Used:
    """A block of a lesson as it is stored."""

    kind: str
    url: str
    label: str = ""
    number: int = 0
    page: int = 0
    claim: Claim | None = field(default=None)


def _used(lesson: Lesson) -> Iterator[_Used]:
    for block in lesson.page.content.raw_data:
        kind, value = block["type"], block["value"]
        here = f"{lesson.url}#b-{block.get('id', '')}"
        if kind in ("record", "quotation", "detail") and value.get("record"):
            claim = Claim(value["record"], value["page"], value.get("words") or "")
            yield _Used("record", here, value.get("label") or "", claim=claim)
        elif kind in ("case", "stop") and value.get("page"):
            number = value.get("number") or 0
            yield _Used(kind, here, number=number, page=value["page"])
        elif kind in ("slides", "discussion"):
            yield _Used(kind, here, value.get("title") or "")
        elif kind == "quiz":
            url = f"{lesson.url}quiz/{block.get('id', '')}/"
            yield _Used(kind, url, value.get("title") or "")


def _told(used: Sequence[_Used], sources: Sources) -> Iterator[Use]:
    shown: set[tuple[int, int]] = set()
    for one in used:
        if one.claim is not None:
            found = sources.evidence(one.claim)
            key = (one.claim.record, one.claim.page)
            if found and key not in shown and len(shown) < MOST_EVIDENCE:
                shown.add(key)
                yield Use("record", found.url, one.label, found=found)
        elif one.page:
            page = sources.pages.get(one.page)
            if page is None:
                continue
            url = page.get_url() or ""
            if one.kind == "stop":
                url += page.reverse_subpage("stop", args=[one.number])
            yield Use(one.kind, url, page.title, one.number)
        else:
            yield Use(one.kind, one.url, one.label)


def _live(ids: set[int]) -> dict[int, Page]:
    """Those that everybody may see, each as what it is, in the reader's language."""
    if not ids:
        return {}
    found = list(Page.objects.filter(pk__in=ids).live().public().specific())
    by_model: dict[type[Page], list[Page]] = {}
    for page in found:
        by_model.setdefault(type(page), []).append(page)
    return {
        page.pk: shown
        for same in by_model.values()
        for page, shown in zip(same, translated.readable(same), strict=True)
    }
