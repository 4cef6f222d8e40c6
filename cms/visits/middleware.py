"""Which answers are visits: pages that people open who do not mind being counted."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from cms.languages.prefixes import bare, language_of
from cms.visits import counting

_HTML = "text/html"


class VisitsMiddleware:
    """Outside of the page cache: what is kept is read as well.

    Who is signed in works here, or reads under an account: neither is counted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_page(request, response) and _is_visitor(request):
            counting.note(bare(request.path), language_of(request.path))
        return response


def _is_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A page, or the news that the browser's own copy still holds."""
    if request.method != "GET" or request.path.startswith(reverse("wagtailadmin_home")):
        return False
    if response.status_code == 304:
        kind = getattr(request, "kept_type", "")
    elif response.status_code == 200:
        kind = response.get("Content-Type", "")
    else:
        return False
    return str(kind).startswith(_HTML)


def _is_visitor(request: HttpRequest) -> bool:
    headers = request.headers
    return (
        # Pages whose address is somebody's own (the number of a request).
        not getattr(request, "is_personal", False)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and headers.get("DNT") != "1"
        and headers.get("Sec-GPC") != "1"
        and "prefetch" not in headers.get("Sec-Purpose", "")
        and not counting.is_robot(headers.get("User-Agent", ""))
    )
