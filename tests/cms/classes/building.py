"""A curriculum with lessons, classes of it, and people who signed up."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from cms.knowledge.contents import make
from cms.models import (
    ClassSession,
    CoursePage,
    CurriculumPage,
    LessonPage,
    Occasion,
    Registration,
    TrainingClass,
    TrainingIndexPage,
)
from cms.training import telling

KEEP = timedelta(days=90)


def curriculum(title: str = "调解记录", slug: str = "records") -> CurriculumPage:
    """Live, with a course of two lessons of 3 and 1.5 hours; made once."""
    found = CurriculumPage.objects.filter(slug=slug).first()
    if found is not None:
        return found
    home = Site.objects.get(is_default_site=True).root_page
    index = TrainingIndexPage.objects.first() or make(
        home, TrainingIndexPage, title="培训", slug="training"
    )
    page: CurriculumPage = make(index, CurriculumPage, title=title, slug=slug)
    course = make(page, CoursePage, title="第一课", slug="one")
    make(course, LessonPage, title="六个问题", slug="six", hours="3")
    make(course, LessonPage, title="据实记录", slug="true", hours="1.5")
    return page


def session(day: date, begins: str, ends: str, title: str, **more: Any) -> ClassSession:
    return ClassSession(
        day=day,
        begins=time.fromisoformat(begins),
        ends=time.fromisoformat(ends),
        title=title,
        **more,
    )


def training_class(
    of: CurriculumPage | None = None, in_days: int = 10, **fields: Any
) -> TrainingClass:
    """Two days from ``in_days`` on with three sessions, published."""
    first = timezone.localdate() + timedelta(days=in_days)
    sessions = fields.pop("sessions", None)
    if sessions is None:
        sessions = [
            session(first, "09:00", "11:30", "登记"),
            session(first, "14:00", "16:30", "听取", place="现场"),
            session(first + timedelta(days=1), "09:00", "11:30", "归档"),
        ]
    usual = {
        "number": "第二期",
        "first_day": first,
        "last_day": first + timedelta(days=1),
        "place": "教室一",
        "is_published": True,
    }
    return telling.make(of or curriculum(), sessions, **{**usual, **fields})


def enrol(one: TrainingClass, *names: str, **fields: Any) -> list[Registration]:
    """People with a place, or with the status given, past the form."""
    begin = one.occasion.registrations.count()
    return [
        Registration.objects.create(
            **{
                "occasion": one.occasion,
                "number": f"N{one.pk}-{turn:05}",
                "turn": turn,
                "status": Registration.Status.CONFIRMED,
                "name": name,
                "unit": "某县某单位",
                "contact": f"learner{turn}@example.org",
                "consent": "同意",
                "keep_until": one.last_day + KEEP,
                **fields,
            }
        )
        for turn, name in enumerate(names, start=begin + 1)
    ]


def opened(one: TrainingClass, **run: Any) -> Occasion:
    """Its registrations, open."""
    occasion: Occasion = one.occasion
    given = {"takes_registrations": True, "capacity": 20, **run}
    for name, value in given.items():
        setattr(occasion, name, value)
    occasion.save()
    return occasion
