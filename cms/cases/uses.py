"""Where on the site a page is used: asked of Wagtail's index of references."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, ReferenceIndex

from cms.editing import leaves
from cms.languages.translated import original_of, shown


@dataclass(frozen=True, slots=True)
class Use:
    """A page that everyone may read and that chose the one asked about.

    ``above`` is what it stands below: the course of a lesson.
    """

    page: Page
    above: Page | None


def uses(page: Page, *kinds: str) -> list[Use]:
    """The live public pages that ``page`` was chosen on, in the order of the tree.

    ``kinds`` are ``search_kind``s to keep; none: all. Pages of any type, in the
    reader's language. What is chosen in a draft alone counts nothing. The number of
    queries grows with the kinds of pages, not with the pages.
    """
    original = original_of(page) or page
    ids = _referring(original)
    found = Page.objects.filter(pk__in=ids).live().public().order_by("path")
    pages = list(found.exclude(pk=original.pk).specific())
    naming = {one.pk for one in _naming(pages, original.pk)}
    kept = [
        one
        for one in pages
        if one.pk in naming and (not kinds or getattr(one, "search_kind", "") in kinds)
    ]
    parents = _parents(kept)
    return [
        Use(one.page, parents.get(one.original.path[: -Page.steplen]))
        for one in shown(_originals(kept))
    ]


def _referring(page: Page) -> list[int]:
    types = ContentType.objects.get_for_models(Page, type(page)).values()
    rows = ReferenceIndex.objects.filter(
        to_object_id=str(page.pk),
        to_content_type__in=types,
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return [int(pk) for pk in rows.values_list("object_id", flat=True).distinct()]


def _naming(pages: Iterable[Any], wanted: int) -> list[Page]:
    """Those whose published text has it: the index follows drafts, too."""
    return [
        page
        for page, found in leaves.of_many(pages)
        if any(leaf.kind == "page" and leaf.value == wanted for leaf in found)
    ]


def _originals(pages: list[Page]) -> list[Page]:
    default = Locale.get_default().pk
    return [page for page in pages if page.locale_id == default]


def _parents(pages: list[Page]) -> dict[str, Page]:
    paths = {page.path[: -Page.steplen] for page in pages}
    found = Page.objects.filter(path__in=paths, depth__gt=3).live()
    listed = shown(found.order_by("path"))
    return {one.original.path: one.page for one in listed}
