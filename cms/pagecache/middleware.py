"""Pages for strangers are made once, and given out for as long as they are true.

An entry holds a whole answer and the value of ``archive.generation`` that was read
before the answer was made. It counts only while that value is the present one, so a
record that was closed or a page that was taken down is gone at the very next request,
in every process (docs/decisions/0020-page-cache.md). Besides, an entry ends with the
day, which pages name, and after ``PAGE_CACHE_SECONDS``: what pages get from elsewhere
(the search engine may have been down) is not in the generation.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from archive import generation

CACHED_VIEWS = {
    "wagtail_serve",
    "catalogue",
    "record",
    "viewer",
    "sitemap",
    "sitemap-section",
    "feed-records",
    "feed-all",
    "feed-section",
}
"""Names of views whose answers depend on nothing but address and content."""

# Who has one of these may be shown something of their own.
_OWN_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
_NEVER_UNDER = ("/admin/", "/api/", "/documents/", "/iiif/", "/media/", "/search/")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer of status 200 and the generation that it was made under."""

    generation: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def response(self) -> HttpResponse:
        response = HttpResponse(self.body)
        for name, value in self.headers:
            response[name] = value
        return response


class PageCacheMiddleware:
    """Outside of sessions: a hit asks for none, nor for the reader."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request)
        now = _generation() if key else None
        if key is None or now is None:
            return self.get_response(request)
        cache = caches["pages"]
        entry = cache.get(key)
        if isinstance(entry, Entry) and entry.generation == now:
            return _conditional(request, entry.response())
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _may_be_kept(
            request, response
        ):
            return response
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        headers = tuple(response.items())
        cache.set(
            key, Entry(now, headers, response.content), settings.PAGE_CACHE_SECONDS
        )
        return _conditional(request, response)


def _generation() -> str | None:
    try:
        return generation.current()
    except DatabaseError:
        # The view will say so, in its own way.
        return None


def _key(request: HttpRequest) -> str | None:
    """What tells one entry from another; None for what is never cached."""
    if (
        settings.PAGE_CACHE_SECONDS <= 0
        or request.method != "GET"
        or request.META.get("QUERY_STRING")
        or request.path.startswith(_NEVER_UNDER)
        or any(name in request.COOKIES for name in _OWN_COOKIES)
    ):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    parts = (
        request.scheme or "",
        host,
        request.path,
        timezone.localdate().isoformat(),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer would be the same for every stranger."""
    match = request.resolver_match
    return (
        response.status_code == 200
        and match is not None
        and match.view_name in CACHED_VIEWS
        and not response.cookies
        and not response.has_header("Cache-Control")
        # Set where a form got a token, and where the visitor brought one.
        and "CSRF_COOKIE" not in request.META
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
    )


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """304 where the browser has this very page."""
    # For those who count pages: a 304 does not say of what it is.
    request.kept_type = response["Content-Type"]  # type: ignore[attr-defined]
    answer: HttpResponseBase | None = get_conditional_response(
        request, etag=response["ETag"], response=response
    )
    return answer or response
