"""Every HTML answer below ``/zh-hant/`` is the 简体 page, converted as a whole.

So a page written tomorrow is in 繁體 tomorrow, whatever view made it, error pages and
all.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cms.languages.prefixes import TRADITIONAL, language_of, reading_language
from cms.traditional.current import converter


class TraditionalMiddleware:
    """Stands right inside ``LanguageMiddleware``: nothing comes after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            language_of(request.path_info) == TRADITIONAL
            and isinstance(response, HttpResponse)
            and response.get("Content-Type", "").startswith("text/html")
        ):
            response.content = converter().page(response.text).encode(response.charset)
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response


def as_read(text: str) -> str:
    """``text`` (简体) in the script of the address: for answers that are no HTML."""
    return converter().text(text) if reading_language() == TRADITIONAL else text
