"""A site with its sections, and a record that everybody may read."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page, Site

from archive.models import Record
from cms import sections
from cms.knowledge.contents import make
from cms.models import GlossaryPage, NewsIndexPage, OutputIndexPage
from search.drain import drain
from search.engines.base import Engine
from tests.factories import PUBLIC, RecordFactory, decide
from tests.remembered import remembered

Make = Callable[..., Any]


@pytest.fixture
def site(db: None, embedded_index: Engine) -> Site:
    """All sections, and a search that holds nothing yet."""
    remembered("sections", sections.provide)
    return Site.objects.get(is_default_site=True)


def add_to(index: type[Page], model: Any, **fields: Any) -> Any:
    """A published page of ``model`` below the first page of ``index``."""
    subjects = fields.pop("subjects", ())
    page = make(index.objects.first(), model, **fields)
    if subjects:
        page.subjects = list(subjects)
        page.save_revision().publish()
    return page


def add_term(title: str, **fields: Any) -> Any:
    from cms.models import TermPage

    given = {"slug": f"t{Page.objects.count()}", "short": f"{title}的简释。", **fields}
    return add_to(GlossaryPage, TermPage, title=title, **given)


def add_output(title: str, *authors: str, **fields: Any) -> Any:
    from cms.models import OutputAuthor, OutputPage

    names = [OutputAuthor(name=name) for name in authors or ("演示作者甲",)]
    given = {"slug": f"o{Page.objects.count()}", "issued": "2025", **fields}
    page = OutputPage(title=title, **given)
    page.clean()
    extra = {"issued_min": page.issued_min, "issued_max": page.issued_max}
    return add_to(
        OutputIndexPage, OutputPage, title=title, authors=names, **given, **extra
    )


def add_news(title: str, **fields: Any) -> Any:
    from cms.models import NewsPage

    given = {"slug": f"n{Page.objects.count()}", **fields}
    return add_to(NewsIndexPage, NewsPage, title=title, **given)


def opened(subjects: str, parent: Record | None = None, **fields: Any) -> Record:
    """An open record that bears these subjects, indexed."""
    record: Record = RecordFactory.create(parent=parent, subjects=subjects, **fields)
    if record.level != "fonds" and parent is None:
        raise ValueError("a file hangs below a fonds that is open")
    decide([record], PUBLIC)
    settle()
    return record


def open_fonds(code: str = "K001") -> Record:
    fonds: Record = RecordFactory.create(level="fonds", reference_code=code)
    decide([fonds], PUBLIC)
    return fonds


def settle() -> None:
    while drain():
        pass
