"""The publicity weeks of two years, and one list of honours, all labelled.

Made after the exhibitions, to which one event leads. What is there is left alone.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from archive.models import Subject
from archive.subjects.found import called
from cms.demonstration import week_texts as texts
from cms.demonstration.translations import translate
from cms.knowledge.contents import make
from cms.models import (
    EventPage,
    ExhibitionPage,
    Honour,
    HonourList,
    ProgrammePage,
    WeekIndexPage,
)
from cms.publicity_week.dates import week_of
from cms.registration import running

_SUBJECT: Final = "“枫桥经验”宣传周"
_OPENS_BEFORE, _CLOSES_BEFORE = timedelta(days=28), timedelta(days=1)


def add() -> None:
    """Add what is missing, in one go."""
    section = WeekIndexPage.objects.filter(locale__language_code="zh-hans").first()
    if section is None:
        return
    with transaction.atomic():
        if not ProgrammePage.objects.exists():
            for year in sorted(texts.EVENTS):
                _programme(section, year)
        if not HonourList.objects.exists():
            _honours()


def add_english() -> list[Page]:
    """The section and this year's programme in English, once."""
    section = WeekIndexPage.objects.filter(locale__language_code="zh-hans").first()
    found = ProgrammePage.objects.filter(
        year=texts.THIS, locale__language_code="zh-hans", is_demonstration=True
    ).first()
    if section is None or found is None:
        return []
    words = texts.ENGLISH
    fields: dict[str, Any] = {
        name: words[name] for name in ("title", "theme", "summary")
    }
    for field, name in (
        ("introduction", "introduction"),
        ("before", "poster"),
        ("after", "minutes"),
    ):
        fields[field] = _text(words[name])
    made = [translate(section, texts.INDEX_ENGLISH), translate(found, fields)]
    return [page for page in made if page is not None]


def _programme(section: WeekIndexPage, year: int) -> None:
    words = texts.PROGRAMMES[year]
    programme = make(
        section,
        ProgrammePage,
        year=year,
        title=words["title"],
        theme=words["theme"],
        summary=words["summary"],
        introduction=_text(words["introduction"]),
        before=_text(words["poster"]),
        after=_text(words["minutes"]),
        is_demonstration=True,
    )
    programme.subjects = _subjects()
    programme.save_revision().publish()
    for event in texts.EVENTS[year]:
        _event(programme, event)


def _event(programme: ProgrammePage, event: texts.Event) -> None:
    starts, ends = event.times
    page: EventPage = make(
        programme,
        EventPage,
        slug=event.slug,
        title=event.title,
        summary=event.summary,
        kind=event.kind,
        day=week_of(programme.year).first + timedelta(days=event.offset),
        starts=starts,
        ends=ends,
        place=event.place,
        access=texts.ACCESS if event.place == texts.HALL else "",
        audience="公众（演示）",
        speakers=[_block("speaker", _speaker(*one)) for one in event.speakers],
        body=_text("本场活动为演示而虚设，时间、地点与人物都不是真实的安排。"),
        after=_minutes(programme, event) if event.minutes else [],
        related=_related() if event.slug == "family-tour" else [],
        is_demonstration=True,
    )
    subjects: Any = _subjects()
    page.subjects = subjects
    page.save_revision().publish()
    if event.capacity and page.occasion_id:
        values = {
            "takes_registrations": True,
            "capacity": event.capacity,
            "opens_at": page.starts_at - _OPENS_BEFORE,
            "closes_at": page.starts_at - _CLOSES_BEFORE,
        }
        running.change(page.occasion_id, values, user=None)


def _honours() -> None:
    made = HonourList(
        year=texts.LAST,
        award=texts.HONOURS_AWARD,
        decided_by="演示，未经任何机关决定",
        decided_on=week_of(texts.LAST).first,
        source=texts.HONOURS_SOURCE,
        is_published=True,
        is_demonstration=True,
    )
    kinds = Honour.Kind
    rows = [(kinds.COLLECTIVE, *row) for row in texts.COLLECTIVES]
    rows += [(kinds.INDIVIDUAL, *row) for row in texts.INDIVIDUALS]
    made.honours = [
        Honour(sort_order=order, kind=kind, name=name, unit=unit, citation=citation)
        for order, (kind, name, unit, citation) in enumerate(rows)
    ]
    made.full_clean()
    made.save()


def _subjects() -> list[Subject]:
    found = called(_SUBJECT)
    return [found] if found is not None else []


def _text(words: str) -> list[tuple[str, str]]:
    return [("text", f"<p>{words}</p>")]


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _speaker(name: str, unit: str, topic: str) -> dict[str, str]:
    return {"name": name, "unit": unit, "topic": topic}


def _minutes(programme: ProgrammePage, event: texts.Event) -> list[dict[str, Any]]:
    """A line, and the same as a file to take along."""
    title = f"{programme.year} 年“{event.title}”纪要"
    words = f"{title}\n（演示材料，{timezone.localdate():%Y}）\n\n{event.minutes}\n"
    document = get_document_model()(title=title)
    name = f"minutes-{programme.year}-{event.slug}.txt"
    document.file.save(name, ContentFile(words.encode()), save=False)
    document.save()
    return [
        _block("text", f"<p>{event.minutes}</p>"),
        _block("file", {"document": document.pk, "title": title}),
    ]


def _related() -> list[dict[str, Any]]:
    shown = ExhibitionPage.objects.live().order_by("path").first()
    if shown is None:
        return []
    listed = [{"type": "item", "value": shown.pk, "id": str(uuid4())}]
    return [_block("pages", {"title": "随身带的展览", "pages": listed})]
