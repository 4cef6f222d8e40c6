"""The list of outputs, narrowed by a query string; nonsense in it is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.models import Subject
from cms.knowledge.articles import in_english
from cms.languages import translated

OUTPUTS_A_PAGE: Final = 20
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the form: ``name`` in the query string, its ``options``."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """``narrowed``: something was chosen; ``kept``: the query without the page."""

    choices: tuple[Choice, ...]
    page: Page[Any]
    narrowed: bool
    kept: str


def listed(query: QueryDict | Mapping[str, str]) -> Listed:
    """A constant number of queries. Counts are of all outputs, not of those chosen."""
    model: Any = apps.get_model("cms", "OutputPage")
    outputs = translated.originals(model)
    asked = {
        name: str(query.get(name, ""))[:_LONGEST]
        for name in ("kind", "year", "author", "subject")
    }
    choices = (
        _kinds(outputs, asked["kind"]),
        _years(outputs, asked["year"]),
        _authors(outputs, asked["author"]),
        _subjects(outputs, asked["subject"]),
    )
    chosen = {
        one.name: option.value
        for one in choices
        for option in one.options
        if option.selected
    }
    found = outputs.filter(_wanted(chosen)).order_by("-issued_max", "-pk").distinct()
    pages = Paginator(found.prefetch_related("authors"), OUTPUTS_A_PAGE)
    page = pages.get_page(query.get("page"))
    page.object_list = translated.readable(page.object_list, "authors")
    return Listed(choices, page, bool(chosen), urlencode(chosen))


def _wanted(chosen: Mapping[str, str]) -> Q:
    wanted = Q()
    if kind := chosen.get("kind"):
        wanted &= Q(kind=kind)
    if year := chosen.get("year"):
        wanted &= Q(issued_min__year=int(year))
    if author := chosen.get("author"):
        wanted &= Q(authors__name=author)
    if number := chosen.get("subject"):
        subject = Subject.objects.filter(number=number).first()
        if subject is not None:
            wanted &= Q(subjects__path__startswith=subject.path)
    return wanted


def _kinds(outputs: Any, asked: str) -> Choice:
    counts = dict(
        outputs.order_by().values_list("kind").annotate(Count("pk", distinct=True))
    )
    options = (
        Option(value, str(label), counts[value], value == asked)
        for value, label in outputs.model.Kind.choices
        if counts.get(value)
    )
    return Choice("kind", _("种类"), tuple(options))


def _years(outputs: Any, asked: str) -> Choice:
    rows = outputs.filter(issued_min__isnull=False).order_by()
    counted = rows.annotate(year=ExtractYear("issued_min")).values_list("year")
    found = sorted(counted.annotate(Count("pk", distinct=True)), reverse=True)
    options = (
        Option(str(year), str(year), count, str(year) == asked) for year, count in found
    )
    return Choice("year", _("年份"), tuple(options))


def _authors(outputs: Any, asked: str) -> Choice:
    rows = outputs.filter(authors__isnull=False).order_by()
    found = rows.values_list("authors__name").annotate(Count("pk", distinct=True))
    options = (Option(name, name, n, name == asked) for name, n in sorted(found))
    return Choice("author", _("作者"), tuple(options))


def _subjects(outputs: Any, asked: str) -> Choice:
    rows = outputs.filter(subjects__isnull=False).order_by()
    columns = ("subjects__path", "subjects__number", "subjects__label")
    found = rows.values_list(*columns, "subjects__label_en")
    options = (
        Option(number, (english if in_english() else "") or label, n, number == asked)
        for _path, number, label, english, n in sorted(
            found.annotate(Count("pk", distinct=True))
        )
    )
    return Choice("subject", _("主题"), tuple(options))
