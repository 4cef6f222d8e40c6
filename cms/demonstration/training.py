"""One curriculum with two courses, two teachers and two places, all labelled so.

Its lessons quote the sample records: to be made after recognition. What is there
already is left alone.
"""

from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page, Site

from archive.models import Record, Subject
from cms.demonstration import training_texts as texts
from cms.demonstration.translations import translate
from cms.models import (
    CoursePage,
    CurriculumPage,
    ExhibitionPage,
    LessonPage,
    SiteDocument,
    Teacher,
    TeachingPoint,
    TrainingIndexPage,
)
from cms.pdf import pdf_of

SUBJECT = "调解"
SLIDES_TITLE = "六个问题课件（演示）"
BLANK_TITLE = "登记簿空白样页（演示）"
_KINDS_OF_LISTS = ("answers", "records", "questions")


def add() -> list[Page]:
    """Make what is missing; the pages made."""
    section = TrainingIndexPage.objects.first()
    with transaction.atomic():
        _registers()
        taken = CurriculumPage.objects.filter(slug=texts.CURRICULUM["slug"])
        if section is None or taken.exists():
            return []
        made = _curriculum(section)
        translated = [
            translate(section, texts.SECTION_ENGLISH),
            translate(made, {**texts.ENGLISH, "materials": []}),
        ]
    return [made, *(page for page in translated if page is not None)]


def _curriculum(section: Page) -> Page:
    ids = dict(Record.objects.values_list("reference_code", "pk"))
    made: Any = _below(section, CurriculumPage(**texts.CURRICULUM))
    made.subjects = _subjects()
    made.materials = [_block("material", _material(BLANK_TITLE, "登记簿空白样页"))]
    made.save_revision().publish()
    for told in texts.COURSES:
        fields = {name: value for name, value in told.items() if name != "lessons"}
        course = _below(made, CoursePage(**fields))
        course.subjects = _subjects()
        course.save_revision().publish()
        for lesson in told["lessons"]:
            _lesson(course, lesson, ids)
    return made


def _lesson(course: Page, told: dict[str, Any], ids: dict[str, int]) -> None:
    page = LessonPage(
        **{name: value for name, value in told.items() if name != "content"}
    )
    blocks = [_filled(one, ids) for one in told["content"]]
    if told["slug"] == texts.COURSES[0]["lessons"][0]["slug"]:
        document = _document(SLIDES_TITLE, _slides()).pk
        value = {"title": "课件：六个问题", "document": document, "slides": []}
        blocks.insert(1, _block("slides", value))
        page.trainer_notes = [_block(*one) for one in texts.NOTES]
    if told["slug"] == texts.CASE_LESSON:
        blocks += [
            _block("case", {"page": case.pk, "note": texts.CASE_NOTE})
            for case in _cases()[:1]
        ]
    page.content = [block for block in blocks if block is not None]
    _below(course, page)


def _below(parent: Page, page: Any) -> Any:
    page.is_demonstration = True
    page.locale = parent.locale
    parent.refresh_from_db()
    made = parent.add_child(instance=page)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def _cases() -> list[Page]:
    """The cases of the demonstration, where there are any."""
    home = Site.objects.get(is_default_site=True).root_page
    below = Page.objects.descendant_of(home).live().public().specific().order_by("path")
    return [page for page in below if getattr(page, "search_kind", "") == "case"]


def _subjects() -> list[Subject]:
    return list(Subject.objects.filter(label=SUBJECT))


def _block(kind: str, value: Any) -> dict[str, Any]:
    # With an id, by which a translation finds it.
    return {"type": kind, "value": value, "id": str(uuid4())}


def _filled(block: texts.Block, ids: dict[str, int]) -> dict[str, Any] | None:
    """A block with ids in the place of codes and slugs; None without its page."""
    kind, value = block
    if kind == "stop":
        shown = ExhibitionPage.objects.filter(slug=value["page"]).first()
        return _block(kind, {**value, "page": shown.pk}) if shown else None
    return _block(kind, _values(value, ids))


def _values(value: Any, ids: dict[str, int]) -> Any:
    if not isinstance(value, dict):
        return value
    filled: dict[str, Any] = {}
    for name, inner in value.items():
        if name == "record":
            filled[name] = ids.get(inner)
        elif name == "questions" and isinstance(inner[0], tuple):
            filled[name] = [_block(kind, _values(one, ids)) for kind, one in inner]
        elif name in _KINDS_OF_LISTS:
            filled[name] = [_block("item", _values(one, ids)) for one in inner]
        else:
            filled[name] = inner
    return filled


def _material(title: str, shown: str) -> dict[str, Any]:
    page = (
        "<h1>登记簿空白样页</h1><p>编号　日期　来源　类别　当事人　经过　结果　回访</p>"
    )
    return {
        "document": _document(title, pdf_of(_sheet(page))).pk,
        "title": shown,
        "version": "第 1 版",
        "date": None,
        "licence": "free",
    }


def _slides() -> bytes:
    return pdf_of(
        _sheet(
            "".join(
                f'<section style="break-after: page"><h1>{title}</h1><p>{text}</p>'
                "</section>"
                for title, text in texts.SLIDES
            )
        )
    )


def _sheet(body: str) -> str:
    style = "@page{size:A4 landscape}body{font-family:'Noto Sans CJK SC',sans-serif}"
    return (
        f'<html lang="zh-Hans"><style>{style}</style><body>{body}'
        "<p>演示材料，非历史文献</p></body></html>"
    )


def _document(title: str, content: bytes) -> SiteDocument:
    found: SiteDocument | None = SiteDocument.objects.filter(title=title).first()
    if found is not None:
        return found
    made = SiteDocument(title=title, file=ContentFile(content, name="training.pdf"))
    made.save()
    return made


def _registers() -> None:
    if not Teacher.objects.exists():
        for told in texts.TEACHERS:
            shown = {"has_consent": True, "is_shown": True, "is_demonstration": True}
            _registered(Teacher(**told, **shown))
    if not TeachingPoint.objects.exists():
        for told in texts.POINTS:
            _registered(TeachingPoint(**told, is_shown=True, is_demonstration=True))


def _registered(one: Any) -> None:
    one.subjects = _subjects()
    one.save()
