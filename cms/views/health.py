"""Whether the process lives, and whether it can serve."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from cms.languages.prefixes import CODES, in_language
from search.errors import SearchUnavailable
from search.index import engine


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _fresh(JsonResponse({"status": "ok"}))


def ready(request: HttpRequest) -> HttpResponse:
    """503 and the names of the parts that are down."""
    parts = {"database": _database_answers(), "search": _search_answers()}
    up = all(parts.values())
    body = {
        "status": "ok" if up else "unavailable",
        "parts": {name: "ok" if fine else "down" for name, fine in parts.items()},
    }
    return _fresh(JsonResponse(body, status=200 if up else 503))


def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers may read the catalogue, but not try out searches."""
    searches = [in_language(reverse("search"), language) + "?" for language in CODES]
    closed = (*searches, "/api/", "/language/", "/admin/", "/documents/")
    rules = "".join(f"Disallow: {path}\n" for path in closed)
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    body = f"User-agent: *\n{rules}Disallow: /*?q=\n\nSitemap: {sitemap}\n"
    response = HttpResponse(body, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _search_answers() -> bool:
    try:
        engine().ping()
    except SearchUnavailable:
        return False
    return True
