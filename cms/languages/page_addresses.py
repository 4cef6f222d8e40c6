"""The address of a Wagtail page: that of its Chinese original, in a language.

Wagtail gives each language a tree and each tree addresses of its own. Here the
language is a prefix and nothing else, so that the switch keeps the page, a link on
an English page stays in English also where it leads to an untranslated one, and an
editor who gives a translation another slug breaks nothing.
"""

from typing import Any

from django.conf import settings
from wagtail.models import Page

from cms.languages.prefixes import DEFAULT, bare, in_language, reading_language
from cms.languages.translated import original_of

_wagtails_own = Page.get_url_parts

Parts = tuple[int, str | None, str | None]


def url_parts(page: Page, request: Any = None) -> Parts | None:
    """Wagtail's ``get_url_parts``: site, its root address, the path below it.

    While a reader's request is answered, the path is in the language of that
    request, otherwise in the page's own. A translation without an original, which
    nobody can reach, has no address.
    """
    sites = page._get_relevant_site_root_paths(request)
    if not sites:
        return None
    own = sites[0].language_code
    original = page if own == DEFAULT else original_of(page)
    if original is None:
        return None
    parts: Parts | None = _wagtails_own(original, request)
    if parts is None:
        return None
    site, root, path = parts
    if path is None:
        return parts
    return site, root, in_language(bare(path), reading_language() or own)


def install() -> None:
    """Make it the rule for every page.

    Not a method of our page types: menus, breadcrumbs and choosers hold pages as
    Wagtail's ``Page``, whatever their type, and Wagtail has no other place for it.
    """
    if settings.WAGTAIL_I18N_ENABLED:
        Page.get_url_parts = url_parts
