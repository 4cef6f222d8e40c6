"""The articles with their texts and with what there is on their subjects."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.utils.translation import pgettext

from archive.models import Subject
from cms.knowledge import gathering, open_records
from cms.knowledge.articles import NAME, PARTS, Article, articles
from cms.knowledge.gathering import Gathered, Item
from cms.knowledge.regulation_text import (
    ArticleText,
    Regulation,
    RegulationUnreadable,
    supplied,
)
from cms.languages import translated

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is of a kind: ``count`` None is not known, ``url`` leads there."""

    kind: str
    label: str
    count: int | None
    url: str


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """One article. ``text`` None: none was supplied, or it has no such article."""

    article: Article
    text: ArticleText | None
    tallies: tuple[Tally, ...]
    newest: tuple[Item, ...]
    terms: tuple[Any, ...]
    subject_page: Any

    @property
    def has_material(self) -> bool:
        """Also where the records cannot be counted now: they may be there."""
        counted = any(one.count is None or one.count for one in self.tallies)
        return counted or bool(self.newest)


@dataclass(frozen=True, slots=True)
class GuidePart:
    label: str
    key: str
    entries: tuple[GuideEntry, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """``problem``: a text was supplied and cannot be read (an operator's business)."""

    parts: tuple[GuidePart, ...]
    has_text: bool
    problem: bool
    counts_missing: bool
    tally_heads: tuple[str, ...]

    @property
    def cited_as(self) -> str:
        """How an article is to be cited, in Chinese."""
        return f"{NAME}第N条"

    @property
    def entries(self) -> list[GuideEntry]:
        return [entry for part in self.parts for entry in part.entries]


def guide() -> Guide:
    """A constant number of queries."""
    text, problem = _text()
    labels = [one.subject for one in articles() if one.subject]
    subjects = {
        one.label: one
        for one in Subject.objects.filter(
            label__in=labels, status=Subject.Status.APPROVED
        )
    }
    gathered = gathering.gather(subjects)
    pages = subject_pages()
    terms = terms_by_article()
    entries = [
        _entry(
            one,
            text.of(one.number) if text is not None else None,
            subjects.get(one.subject),
            gathered.get(one.subject),
            pages.get(one.number),
            terms.get(one.number, ()),
        )
        for one in articles()
    ]
    parts = tuple(
        GuidePart(str(PARTS[key]), key, tuple(found))
        for key, found in groupby(entries, key=lambda entry: entry.article.part)
    )
    missing = any(each.records.count is None for each in gathered.values())
    return Guide(parts, text is not None, problem, missing, tally_heads())


def tally_heads() -> tuple[str, ...]:
    """What is counted beside an article or a subject, in the order of ``tallied``."""
    return (pgettext("plural", "档案"), *map(str, gathering.TALLIED.values()))


def _text() -> tuple[Regulation | None, bool]:
    try:
        return supplied(), False
    except RegulationUnreadable as error:
        # Readers are told that there is no text; why, the operator has to know.
        logger.warning("%s", error)
        return None, True


def _entry(
    article: Article,
    text: ArticleText | None,
    subject: Subject | None,
    gathered: Gathered | None,
    page: Any,
    terms: tuple[Any, ...],
) -> GuideEntry:
    tallies: tuple[Tally, ...] = ()
    newest: list[Item] = []
    if subject is not None and gathered is not None:
        tallies = tuple(tallied(subject, gathered))
        # Terms have a line of their own.
        others = [one for one in gathered.materials if one.kind != "term"]
        newest = [item for one in others for item in one.newest[:1]]
    return GuideEntry(article, text, tallies, tuple(newest), terms, page)


def tallied(subject: Subject, gathered: Gathered) -> list[Tally]:
    """Records and the kinds of ``gathering.TALLIED``, also those there are none of."""
    found = gathered.by_kind
    return [
        Tally(
            "record",
            pgettext("plural", "档案"),
            gathered.records.count,
            open_records.search_url(subject),
        ),
        *(
            Tally(
                kind,
                str(label),
                found[kind].count if kind in found else 0,
                open_records.search_url(subject, kind),
            )
            for kind, label in gathering.TALLIED.items()
        ),
    ]


def subject_pages() -> dict[int, Any]:
    """The pages of the subjects by the article that each stands for; one query."""
    model = apps.get_model("cms", "SubjectPage")
    found = translated.originals(model).filter(article__isnull=False)
    return {page.article: page for page in translated.readable(found)}


def terms_by_article() -> Mapping[int, tuple[Any, ...]]:
    """The terms of the glossary by the articles that use them; one query."""
    model = apps.get_model("cms", "TermPage")
    found: dict[int, tuple[Any, ...]] = {}
    terms = translated.originals(model).exclude(articles="").order_by("title")
    for term in translated.readable(terms):
        for number in term.article_numbers:
            found[number] = (*found.get(number, ()), term)
    return found


def regulation_url() -> str:
    """The address of the guide, "" where none is published; one query."""
    model = apps.get_model("cms", "RegulationPage")
    page = translated.originals(model).first()
    return (page.get_url() or "") if page is not None else ""
