"""Pages in the reader's language: which there are, and which to show.

A page's address, its place in the tree and whether it is published are those of the
Chinese original. A translation (a page of another locale with the same
``translation_key``) lends it other words; where there is none, or it is not
published, the original is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import get_language
from wagtail.models import Locale, Page, PageViewRestriction

from cms.languages.prefixes import CODES, DEFAULT, TRADITIONAL, reading_language


def is_shown() -> Q:
    """Of pages in other languages: that they translate an original for everyone.

    Of a page that was never translated, Wagtail keeps a mirror image of the original
    (an alias), to hang translated pages below. What is restricted, itself or from
    above, is nobody's translation. No query of its own.
    """
    above = PageViewRestriction.objects.annotate(
        below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(below__startswith=F("page__path"))
    return Q(live=True, alias_of=None) & ~Q(Exists(above))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list of pages shows of one: ``page`` in ``language``.

    ``original`` is the Chinese page; the same as ``page`` where that is all there is.
    """

    page: Page
    original: Page
    language: str


def shown(pages: Iterable[Page], language: str | None = None) -> list[Shown]:
    """``pages`` (originals) as a reader in ``language`` sees them; at most one query.

    Without ``language``, the language of the address, or else the active one.
    """
    originals = list(pages)
    wanted = language or _wanted()
    found = _translations(originals, wanted) if wanted != DEFAULT else {}
    listed = []
    for original in originals:
        page = found.get(original.translation_key)
        if page is None:
            listed.append(Shown(original, original, DEFAULT))
            continue
        page._translates = original  # so that its address costs no query
        listed.append(Shown(page, original, wanted))
    return listed


def originals(model: Any) -> Any:
    """The published pages of a model that everyone may read, none in translation."""
    pages = model.objects.live().public()
    return pages.filter(locale_id=Locale.get_default().pk)


def readable(pages: Iterable[Any], *related: str) -> list[Any]:
    """Originals of one model, each in the reader's language where it was translated.

    With all their fields, unlike ``shown``. At most one query, and one for each of
    ``related``, which lists show beside them.
    """
    made = list(pages)
    wanted = _wanted()
    if wanted == DEFAULT or not made:
        return made
    rows = _translating(made, wanted, type(made[0]).objects)
    found = {one.translation_key: one for one in rows.prefetch_related(*related)}
    for original in made:
        if original.translation_key in found:
            # So that its address costs no query.
            found[original.translation_key]._translates = original
    return [found.get(one.translation_key, one) for one in made]


def in_reading_language(pages: Iterable[Page]) -> list[Page]:
    """``shown`` for lists that need nothing but the pages."""
    return [one.page for one in shown(pages)]


def language_of_page(page: Page) -> str:
    """The language of a page that ``shown`` listed; costs no query."""
    if getattr(page, "_translates", None) is None:
        return DEFAULT
    return _wanted()


def translations_of(original: Page) -> dict[str, Page]:
    """The published translations of ``original`` by language, one query."""
    found = Page.objects.filter(
        is_shown(), translation_key=original.translation_key
    ).exclude(pk=original.pk)
    return {one.locale.language_code: one for one in found.select_related("locale")}


def languages_of(original: Page, translations: Mapping[str, Page]) -> tuple[str, ...]:
    """In which languages a page can be read: 繁體 is made where nobody wrote it.

    A page without words of its own is all interface, which is in all of them.
    """
    if not getattr(original, "has_text", True):
        return CODES
    readable = {DEFAULT, TRADITIONAL, *translations}
    return tuple(language for language in CODES if language in readable)


def original_of(page: Page) -> Page | None:
    """The Chinese page that ``page`` translates, or itself; None if it has none."""
    known = getattr(page, "_translates", None)
    if known is not None or page.locale.language_code == DEFAULT:
        return known or page
    found: Any = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=DEFAULT
    )
    return found.first()


def remember_originals(pages: Iterable[Page]) -> None:
    """Each translation among ``pages`` gets its original: its address costs no query.

    At most one query, none where all are originals; ``locale`` should be there.
    """
    made = [page for page in pages if page.locale.language_code != DEFAULT]
    if not made:
        return
    keys = [page.translation_key for page in made]
    found = Page.objects.filter(translation_key__in=keys, locale__language_code=DEFAULT)
    originals = {one.translation_key: one for one in found.select_related("locale")}
    for page in made:
        page._translates = originals.get(page.translation_key)


def _wanted() -> str:
    """The language of the address, or else the active one."""
    return reading_language() or get_language() or DEFAULT


def _translations(originals: list[Page], language: str) -> dict[Any, Page]:
    found = _translating(originals, language, Page.objects)
    return {one.translation_key: one for one in found.defer_streamfields().specific()}


def _translating(originals: list[Any], language: str, of: Any) -> Any:
    return of.filter(
        is_shown(),
        translation_key__in=[one.translation_key for one in originals],
        locale__language_code=language,
    )
