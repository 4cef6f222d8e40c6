"""What every answer of the site keeps to, whichever view made it."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from archive.readers import ANONYMOUS, Reader
from cms.views.errors import not_found

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=()"


class HeadersMiddleware:
    """Content-Security-Policy for all but the admin, and caution with caches.

    Nothing from elsewhere, nothing inline. A page depends on who asks, so none may
    be kept by a cache on the way unless its view says so; and what more than the
    public sees is not kept at all, for the next person at a shared computer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Wagtail's admin needs inline scripts and styles.
        if not request.path.startswith(reverse("wagtailadmin_home")):
            response.setdefault("Content-Security-Policy", _POLICY)
            response.setdefault("Permissions-Policy", _PERMISSIONS)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = (
                "no-store" if _sees_more(request) else "private, no-cache"
            )
        return response


class NulMiddleware:
    """No address has a NUL, and PostgreSQL refuses to look for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return not_found(request)
        return self.get_response(request)


def _sees_more(request: HttpRequest) -> bool:
    reader: Reader = getattr(request, "reader", ANONYMOUS)
    try:
        return reader != ANONYMOUS
    except DatabaseError:
        # Nobody can say who this is: as if it were somebody who sees more.
        return True
