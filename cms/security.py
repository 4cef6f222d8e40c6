"""Headers that keep pages to themselves: nothing from elsewhere, nothing inline."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

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

    A page depends on who asks, so none may be kept by a cache on the way unless
    its view says so.
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
            response["Cache-Control"] = "private, no-cache"
        return response
