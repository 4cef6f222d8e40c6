"""What a page says of itself in its head, and to a reader who finds no translation."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from cms.languages.prefixes import (
    CODES,
    DEFAULT,
    TRADITIONAL,
    Alternate,
    alternates,
    in_language,
    tag,
)

# The parameters that turn a list's page: another page of it is another page.
_TURNING = ("page", "pages")


@dataclass(frozen=True, slots=True)
class PageLanguages:
    """``shown``: the language that a Wagtail page's own text is in.

    ``readable``: those in which it can be read, be it made from 简体 (繁體) or
    translated.
    """

    shown: str
    readable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InLanguages:
    """``canonical`` is the address that counts: its own in each language, the
    Chinese one where a page is not translated.

    ``content_lang`` is the language tag of what a page says, "" where that is the
    language of everything around it; ``by_hand`` says that somebody wrote it in
    繁體, so that only what stands around it is converted.
    """

    canonical: str
    alternates: tuple[Alternate, ...]
    content_lang: str
    by_hand: bool

    @property
    def untranslated(self) -> bool:
        return bool(self.content_lang)


def in_languages(request: HttpRequest) -> InLanguages:
    """For the page that ``request`` asks for, whatever view answers."""
    language = get_language() or DEFAULT
    pages: PageLanguages = getattr(
        request, "page_languages", PageLanguages(DEFAULT, CODES)
    )
    untranslated = language not in pages.readable
    root = request.build_absolute_uri("/")[:-1]
    own = in_language(request.path, DEFAULT if untranslated else language)
    return InLanguages(
        canonical=root + own + _turned(request),
        alternates=tuple(alternates(request.path, pages.readable, root)),
        content_lang=tag(pages.shown) if untranslated else "",
        by_hand=language == TRADITIONAL and pages.shown == TRADITIONAL,
    )


def _turned(request: HttpRequest) -> str:
    kept = request.GET.copy()
    for name in [name for name in kept if name not in _TURNING]:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""
