"""The language of an address: 简体 without a prefix, the others with one of theirs.

Not negotiated and not kept in a cookie: the same address shows the same page to
everybody and to every cache, and an English browser is no wish for an English
archive. What is not for reading (API, images, files, the admin) has no prefix.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation

from cms.scripts import HANS, HANT

DEFAULT: str = settings.LANGUAGE_CODE
TRADITIONAL = "zh-hant"
ENGLISH = "en"
CODES = tuple(code for code, _ in settings.LANGUAGES)
X_DEFAULT = "x-default"
_TAGS = {DEFAULT: HANS, TRADITIONAL: HANT}
_reading: ContextVar[str | None] = ContextVar("reading", default=None)


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language; ``hreflang`` as in HTML, sitemaps and feeds."""

    hreflang: str
    url: str


class LanguageMiddleware:
    """Activates the language of the address.

    The admin goes on to its account's own language by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        request.LANGUAGE_CODE = language
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        token = _reading.set(None if in_admin else language)
        try:
            with translation.override(language):
                response = self.get_response(request)
        finally:
            _reading.reset(token)
        if not response.has_header("Content-Language"):
            response["Content-Language"] = tag(language)
        return response


def reading_language() -> str | None:
    """The language of the address that is being answered.

    None in the admin and outside requests, where a page has its own language's
    address.
    """
    return _reading.get()


def tag(language: str | None) -> str:
    """The language tag (``lang``, ``hreflang``) of Django's ``language``."""
    language = language or DEFAULT
    return _TAGS.get(language, language)


def language_of(path: str) -> str:
    """The language that an address asks for."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in CODES and first != DEFAULT else DEFAULT


def bare(path: str) -> str:
    """``path`` (with or without a query) as it is in 简体: without a prefix."""
    language = language_of(path.partition("?")[0])
    if language == DEFAULT:
        return path
    rest = path[len(language) + 1 :]
    # Two slashes would begin the address of another site.
    return "/" + rest.lstrip("/\\")


def in_language(path: str, language: str) -> str:
    """The address of the same page in ``language``, query string and all."""
    path = bare(path)
    return path if language == DEFAULT else f"/{language}{path}"


def alternates(
    path: str, languages: Iterable[str] = CODES, root: str = ""
) -> list[Alternate]:
    """The addresses of a page in each of ``languages``, and ``x-default``.

    ``path`` is the page's address in any language; ``root`` (scheme and host) makes
    the addresses absolute, as ``hreflang`` wants them. Leave a language out in
    which a page has not been translated: there is nothing there to be found.
    """
    found = [
        Alternate(tag(language), root + in_language(path, language))
        for language in languages
    ]
    return [*found, Alternate(X_DEFAULT, root + bare(path))]
