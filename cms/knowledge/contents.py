"""The pages that a new knowledge base begins with."""

from typing import Any, Final

from wagtail.models import Page

from archive.models import Subject
from cms.knowledge import fulltexts
from cms.knowledge.articles import articles
from cms.models import (
    ChroniclePage,
    GlossaryPage,
    OutputIndexPage,
    RegulationPage,
    SubjectIndexPage,
    SubjectPage,
)
from cms.models.base import SitePage

SUMMARY: Final = (
    "从条例的条目、专题和名词进入馆藏：每一处都通向档案、案例、课程、展览与研究成果。"
)

_PARTS: Final[tuple[tuple[type[SitePage], str, str, str], ...]] = (
    (
        RegulationPage,
        "regulation",
        "条例导读",
        "《绍兴市“枫桥经验”传承发展条例（草案送审稿）》尚未施行。此处逐条写一段提要，"
        "旁列与之相关的材料；提要与分组为编者所加，以送审稿原文为准。",
    ),
    (
        SubjectIndexPage,
        "subjects",
        "专题",
        "送审稿第六条至第十九条各成一个专题，汇集相关的档案、案例、课程、展览与成果。",
    ),
    (
        OutputIndexPage,
        "outputs",
        "研究成果",
        "论文、专著、课题与研究报告，附引用格式；经权利人许可的可读全文。",
    ),
    (
        GlossaryPage,
        "glossary",
        "名词解释",
        "条例与档案中常见的名词。本站各页正文中带点线的名词，点按即可看到简释。",
    ),
    (
        ChroniclePage,
        "chronicle",
        "大事记",
        "每条纪事都注明出处；说法不一的日期并列各说，不作取舍。",
    ),
)


def fill(section: Page) -> None:
    """Make the parts, and a page for each subject of the articles."""
    fulltexts.collection()
    for model, slug, title, summary in _PARTS:
        page = make(section, model, title=title, slug=slug, summary=summary)
        if model is SubjectIndexPage:
            _subjects(page)


def _subjects(parent: Page) -> None:
    concepts = {one.label: one for one in Subject.objects.all()}
    for one in articles():
        if one.slug:
            make(
                parent,
                SubjectPage,
                title=one.title,
                slug=one.slug,
                summary=one.summary,
                article=one.number,
                subject=concepts.get(one.subject),
            )


def make(parent: Page, model: Any, **fields: Any) -> Any:
    """A published page below ``parent``, in its language."""
    page = model(locale=parent.locale, **fields)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
