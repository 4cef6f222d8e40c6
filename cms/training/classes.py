"""Classes as everyone may see them: when, where, what is taught, and the seats.

Only classes that were published, of curricula that are live and open to everyone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.calendars import Entry, entry_of
from cms.languages.prefixes import tag
from cms.languages.translated import Shown, original_of, shown
from cms.models.classes import TrainingClass
from cms.models.lessons import LessonPage
from cms.models.occasions import Occasion
from cms.models.training import CurriculumPage
from cms.registration.places import Places, places_of
from cms.training.telling import at


@dataclass(frozen=True, slots=True)
class SessionView:
    """A row of the timetable; ``lesson`` where it can be read."""

    uid: UUID
    sequence: int
    changed_at: datetime
    day: date
    begins: time
    ends: time
    title: str
    place: str
    teacher: str
    is_cancelled: bool
    lesson: Page | None

    @property
    def starts_at(self) -> datetime:
        return at(self.day, self.begins)

    @property
    def ends_at(self) -> datetime:
        return at(self.day, self.ends)


@dataclass(frozen=True, slots=True)
class ClassView:
    """``curriculum`` in the reader's language, ``language`` the tag of its words.

    What the class says of itself (``number``, ``place``, …) is Chinese always.
    """

    pk: int
    curriculum: Page
    language: str
    title: str
    number: str
    first_day: date
    last_day: date
    place: str
    teachers: tuple[str, ...]
    note: str
    is_demonstration: bool
    occasion: Occasion
    places: Places
    sessions: tuple[SessionView, ...]

    @property
    def url(self) -> str:
        return reverse("training-class", args=[self.pk])

    @property
    def calendar_url(self) -> str:
        return reverse("training-class-ics", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        return self.occasion.is_cancelled

    @property
    def is_past(self) -> bool:
        return self.last_day < timezone.localdate()

    @property
    def is_one_day(self) -> bool:
        return self.first_day == self.last_day

    @property
    def names_teachers(self) -> bool:
        """Whether the timetable says who teaches what."""
        return any(row.teacher for row in self.sessions)


def upcoming(curriculum: Page) -> list[ClassView]:
    """The classes of a curriculum that are not over, the next one first."""
    original = original_of(curriculum)
    if original is None:
        return []
    coming = published().filter(
        curriculum=original.pk, last_day__gte=timezone.localdate()
    )
    return _views(coming.order_by("first_day", "pk"))


def coming() -> list[ClassView]:
    """All that are not over, the next one first."""
    found = published().filter(last_day__gte=timezone.localdate())
    return _views(found.order_by("first_day", "pk"))


def past() -> QuerySet[TrainingClass]:
    """Those that are over, the last one first; to be paged, then ``views``."""
    return published().filter(last_day__lt=timezone.localdate())


def views(classes: Iterable[TrainingClass]) -> list[ClassView]:
    """What is shown of classes; as many queries for many as for one."""
    return _views(classes)


def find(pk: int) -> ClassView | None:
    """The class of that number, None if there is none for everyone."""
    return next(iter(_views(published().filter(pk=pk))), None)


def entries(one: ClassView, root: str) -> list[Entry]:
    """The class in a calendar, a session an entry; whole where it has no timetable.

    ``root`` is the site's scheme and host.
    """
    if not one.sessions:
        return [entry_of(one.occasion, root, one.note)]
    host = root.rpartition("/")[2]
    return [
        Entry(
            uid=f"{row.uid}@{host}",
            # Both only ever rise, so the sum does.
            sequence=row.sequence + one.occasion.sequence,
            title=f"{one.title}：{row.title}",
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            changed_at=max(row.changed_at, one.occasion.changed_at),
            place=row.place or one.place,
            summary=row.teacher,
            url=root + one.url,
            is_cancelled=row.is_cancelled or one.is_cancelled,
        )
        for row in one.sessions
    ]


def published() -> QuerySet[TrainingClass]:
    """Those that everyone may read of."""
    curricula = CurriculumPage.objects.live().public()
    found: QuerySet[TrainingClass] = (
        TrainingClass.objects.filter(is_published=True, curriculum__in=curricula)
        .select_related("curriculum__locale", "occasion")
        .prefetch_related("sessions", "teachers")
    )
    return found


def _views(classes: Iterable[TrainingClass]) -> list[ClassView]:
    found = list(classes)
    if not found:
        return []
    curricula = shown([one.curriculum for one in found if one.curriculum])
    lessons = _lessons(found)
    places = places_of(one.occasion for one in found)
    return [
        _view(one, curriculum, places[one.occasion_id], lessons)
        for one, curriculum in zip(found, curricula, strict=True)
    ]


def _lessons(classes: list[TrainingClass]) -> dict[int, Page]:
    """By the originals' keys, those that everyone may read."""
    keys = {row.lesson_id for one in classes for row in one.sessions.all()}
    if not keys - {None}:
        return {}
    readable = LessonPage.objects.live().public().filter(pk__in=keys - {None})
    listed = shown(readable.defer_streamfields().select_related("locale"))
    return {one.original.pk: one.page for one in listed}


def _teachers(one: TrainingClass) -> tuple[str, ...]:
    """Those whom the public may be told of, and those written down for it."""
    listed = [teacher.name for teacher in one.teachers.all() if teacher.is_shown]
    written = [name.strip() for name in one.teachers_text.split("、")]
    return tuple(dict.fromkeys(name for name in (*listed, *written) if name))


def _view(
    one: TrainingClass, curriculum: Shown, places: Places, lessons: dict[int, Page]
) -> ClassView:
    return ClassView(
        pk=one.pk,
        curriculum=curriculum.page,
        language=tag(curriculum.language),
        title=str(one),
        number=one.number,
        first_day=one.first_day,
        last_day=one.last_day,
        place=one.place,
        teachers=_teachers(one),
        note=one.note,
        is_demonstration=one.is_demonstration,
        occasion=one.occasion,
        places=places,
        sessions=tuple(
            SessionView(
                uid=row.uid,
                sequence=row.sequence,
                changed_at=row.changed_at,
                day=row.day,
                begins=row.begins,
                ends=row.ends,
                title=row.title,
                place=row.place or one.place,
                teacher=row.teacher,
                is_cancelled=row.is_cancelled,
                lesson=lessons.get(row.lesson_id or 0),
            )
            for row in one.sessions.all()
        ),
    )
