"""What search engines are told of: records, pages and classes that the public may see.

A section lists ``SECTION`` addresses. Records are counted and paged out of an index
(``record_newest``), the rows of one section read by their keys, so a million cost a
constant number of queries and a fraction of a second. https://www.sitemaps.org/
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page, Site

from archive.models import Record
from archive.openness import Access
from cms.languages.prefixes import CODES
from cms.languages.translated import is_shown, languages_of
from cms.publicity_week import honours
from cms.training import classes

SECTION = 5000


@dataclass(frozen=True, slots=True)
class Place:
    """The path of an address and the day of its last change, if that is known.

    ``languages`` are those in which it can be read.
    """

    path: str
    changed: date | None
    languages: tuple[str, ...] = CODES


@dataclass(frozen=True, slots=True)
class Kind:
    """What is listed together: how many there are, and those of one section."""

    count: Callable[[], int]
    section: Callable[[int], Iterator[Place]]


def sections() -> list[tuple[str, int]]:
    """Every section that is not empty, as name of its kind and number from 1."""
    return [
        (name, number)
        for name, kind in KINDS.items()
        for number in range(1, -(-kind.count() // SECTION) + 1)
    ]


def places(name: str, number: int) -> list[Place]:
    """Of one section; empty where there is none of that name or number."""
    kind = KINDS.get(name)
    if kind is None or number < 1:
        return []
    return list(kind.section((number - 1) * SECTION))


def _records(access: Access) -> QuerySet[Record]:
    return Record.objects.filter(public_access=access).order_by("created_at", "pk")


def _record_kind(access: Access) -> Kind:
    def section(start: int) -> Iterator[Place]:
        keys = _records(access).values("pk")[start : start + SECTION]
        rows = Record.objects.filter(pk__in=keys)
        for code, changed in rows.order_by("pk").values_list(
            "reference_code", "updated_at"
        ):
            # To the day: at what hour somebody works here is nobody's business.
            yield Place(reverse("record", args=[code]), changed.date())

    return Kind(lambda: _records(access).order_by().count(), section)


def _pages() -> QuerySet[Page]:
    """Live, and below no page that asks for a password; without translations."""
    root = Site.objects.get(is_default_site=True).root_page
    pages: QuerySet[Page] = root.get_descendants(inclusive=True).live().public()
    return pages


def _page_section(start: int) -> Iterator[Place]:
    pages = list(_pages().order_by("path")[start : start + SECTION])
    for page, translations in zip(pages, _translations(pages), strict=True):
        parts = page.get_url_parts()
        if parts is None:
            continue
        published = page.last_published_at
        languages = languages_of(page.specific_deferred, translations)
        yield Place(parts[2], published.date() if published else None, languages)


def _translations(pages: list[Page]) -> Iterator[dict[str, Page]]:
    """The published translations of each of ``pages`` by language; one query."""
    found = Page.objects.filter(
        is_shown(), translation_key__in=[page.translation_key for page in pages]
    ).select_related("locale")
    by_key: dict[object, dict[str, Page]] = {}
    for page in found:
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    for page in pages:
        yield by_key.get(page.translation_key, {})


def _class_section(start: int) -> Iterator[Place]:
    rows = classes.published().order_by("pk")[start : start + SECTION]
    for one in rows:
        changed = one.occasion.changed_at.date()
        yield Place(reverse("training-class", args=[one.pk]), changed)


def _honour_section(start: int) -> Iterator[Place]:
    for path in honours.addresses()[start : start + SECTION]:
        yield Place(path, None)


KINDS: dict[str, Kind] = {
    "pages": Kind(lambda: int(_pages().count()), _page_section),
    "records": _record_kind(Access.FULL),
    "entries": _record_kind(Access.CATALOGUE),
    "classes": Kind(lambda: classes.published().count(), _class_section),
    "honours": Kind(lambda: len(honours.addresses()), _honour_section),
}
"""By the names that stand in addresses; ``entries`` are open as catalogue entries."""
