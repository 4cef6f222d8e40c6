"""The knowledge base of the demonstration: terms, outputs, facts, news, introductions.

All of it is labelled. Authors, journals and houses are invented and say so in their
names; the facts are those of the project's own table, each with its source.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from pypinyin import lazy_pinyin
from wagtail.documents import get_document_model

from archive.models import Subject
from archive.names import split
from archive.subjects import editing
from archive.subjects.found import called
from cms.demonstration.chronicle import FACTS
from cms.knowledge import fulltexts
from cms.knowledge.articles import articles
from cms.knowledge.contents import make
from cms.models import (
    ChronicleEvent,
    ChroniclePage,
    EventSource,
    GlossaryPage,
    NewsIndexPage,
    NewsPage,
    OutputAuthor,
    OutputIndexPage,
    OutputPage,
    SubjectPage,
    TermPage,
)

_HERE: Final = Path(__file__).parent

# Concepts of the articles after the nineteenth, of which the thesaurus knows nothing.
_CONCEPTS: Final = (20, 21, 24)

_NEWS: Final = (
    (
        "site-opens",
        date(2026, 11, 2),
        "档案与知识库试运行",
        "演示数据已装入，检索、看图、引用和知识库可以试用。",
        "试运行期间所有内容均为演示材料。使用中发现的问题，请按页脚的联系方式告诉我们。",
        "“枫桥经验”陈列馆",
    ),
    (
        "glossary-opens",
        date(2026, 11, 9),
        "名词解释上线",
        "正文里带点线的名词，点按即可看到简释。",
        "现收名词三十余个，都取自送审稿的用语。例如网格化服务管理、就地化解、村规民约："
        "在任何一页的正文里遇到它们，点按即可看到一两句话的解释。",
        "网格化服务管理体系",
    ),
    (
        "reading-room",
        date(2026, 11, 16),
        "阅览室开放时间样例",
        "样例：周二至周日开放，请携带证件登记。",
        "本条用来演示动态的写法，时间为虚设，不代表任何机构的实际安排。",
        "",
    ),
    (
        "week-call",
        date(2026, 11, 20),
        "宣传周材料征集（样例）",
        "样例：向社会征集宣传周的照片与口述。",
        "本条为演示而写。真正的征集启事应写明范围、期限、联系方式和权利约定。",
        "“枫桥经验”宣传周",
    ),
)


def add() -> None:
    """Add what is missing; what is there already is left alone."""
    with transaction.atomic():
        _concepts()
        _terms()
        _outputs()
        _chronicle()
        _news()
        _introductions()


def _concepts() -> None:
    for one in articles():
        if one.number in _CONCEPTS and called(one.subject) is None:
            editing.create(
                label=one.subject,
                label_en=one.title_en,
                source=one.citation,
                status=Subject.Status.APPROVED.value,
            )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _subjects(labels: str) -> list[Subject]:
    return [one for label in split(labels) if (one := called(label)) is not None]


def _text(words: str) -> list[tuple[str, str]]:
    return [("text", f"<p>{words}</p>")] if words else []


def _terms() -> None:
    parent = GlossaryPage.objects.first()
    if parent is None or TermPage.objects.exists():
        return
    made: dict[str, Any] = {}
    related: dict[str, list[str]] = {}
    for row in _rows("terms.csv"):
        term = row["term"]
        made[term] = make(
            parent,
            TermPage,
            title=term,
            slug=slugify("-".join(lazy_pinyin(term))),
            variants=row["variants"],
            short=row["short"],
            body=_text(row["long"]),
            articles=row["articles"],
            is_demonstration=True,
        )
        related[term] = split(row["related"])
        made[term].subjects = _subjects(row["subject"])
    for term, page in made.items():
        page.related = [made[other] for other in related[term] if other in made]
        page.save_revision().publish()


def _outputs() -> None:
    parent = OutputIndexPage.objects.first()
    if parent is None or OutputPage.objects.exists():
        return
    for row in _rows("outputs.csv"):
        authors = [OutputAuthor(name=name) for name in split(row.pop("authors"))]
        subjects = _subjects(row.pop("subjects"))
        abstract = row.pop("abstract")
        model: Any = OutputPage
        page = model(
            **row,
            body=_text(abstract),
            authors=authors,
            document=_file(row["slug"], row["full_text"], row["title"], abstract),
            is_demonstration=True,
            locale=parent.locale,
        )
        page.subjects = subjects
        page.clean()
        parent.refresh_from_db()
        parent.add_child(instance=page)
        page.save_revision().publish()


def _file(slug: str, full_text: str, title: str, abstract: str) -> Any:
    """The text of an output that is read somewhere; the others have none."""
    if full_text == OutputPage.FullText.ABSTRACT:
        return None
    words = f"{title}\n（演示材料）\n\n{abstract}\n"
    document = get_document_model()(title=title, collection=fulltexts.collection())
    document.file.save(f"{slug}.txt", ContentFile(words.encode()), save=False)
    document.save()
    return document


def _chronicle() -> None:
    page = ChroniclePage.objects.first()
    if page is None or page.events.exists():
        return
    page.is_demonstration = True
    events = []
    for order, fact in enumerate(FACTS):
        event: Any = ChronicleEvent(
            sort_order=order,
            title=fact.title,
            text=fact.text,
            certainty=fact.certainty,
            sources=[
                EventSource(sort_order=place, text=text, says=says)
                for place, (text, says) in enumerate(fact.sources)
            ],
        )
        event.take(fact.date)
        event.subjects = _subjects(fact.subjects)
        events.append(event)
    page.events = events
    page.save_revision().publish()


def _news() -> None:
    parent = NewsIndexPage.objects.first()
    if parent is None or NewsPage.objects.exists():
        return
    for slug, day, title, summary, text, subjects in _NEWS:
        page = make(
            parent,
            NewsPage,
            slug=slug,
            day=day,
            title=title,
            summary=summary,
            body=_text(text),
            is_demonstration=True,
        )
        page.subjects = _subjects(subjects)
        page.save_revision().publish()


def _introductions() -> None:
    """How to read what is gathered, below the summary that each subject begins with."""
    for page in SubjectPage.objects.filter(is_demonstration=False):
        if page.body or page.regulated is None:
            continue
        page.body = _text(
            f"本专题对应送审稿{page.regulated.chinese_name}。下面按种类列出与它有关的材料："
            "档案只列已经开放的，案例、课程、展览和成果由编者标注主题后自动归入；"
            "某一类还没有材料的，照实写明。"
        )
        page.is_demonstration = True
        page.save_revision().publish()
