"""``/sitemap.xml`` and its sections."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.languages.prefixes import alternates
from cms.metadata import sitemaps
from cms.views.errors import not_found

_HEAD = SafeString('<?xml version="1.0" encoding="UTF-8"?>\n')
_SPACES = SafeString(
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def index(request: HttpRequest) -> HttpResponse:
    """The sections, none of them empty."""
    entries = format_html_join(
        "\n",
        "<sitemap><loc>{}</loc></sitemap>",
        (
            [request.build_absolute_uri(reverse("sitemap-section", args=section))]
            for section in sitemaps.sections()
        ),
    )
    return _xml(
        format_html("<sitemapindex {}>\n{}\n</sitemapindex>\n", _SPACES, entries)
    )


def section(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The addresses of one section, each with itself in the other languages."""
    places = sitemaps.places(kind, number)
    if not places:
        return not_found(request)
    root = request.build_absolute_uri("/")[:-1]
    entries = format_html_join("\n", "{}", ([_entry(one, root)] for one in places))
    return _xml(format_html("<urlset {}>\n{}\n</urlset>\n", _SPACES, entries))


def _entry(place: sitemaps.Place, root: str) -> SafeString:
    links = format_html_join(
        "",
        '<xhtml:link rel="alternate" hreflang="{}" href="{}"/>',
        (
            (one.hreflang, one.url)
            for one in alternates(place.path, place.languages, root)
        ),
    )
    changed = (
        format_html("<lastmod>{}</lastmod>", place.changed.isoformat())
        if place.changed
        else ""
    )
    location = root + place.path
    return format_html("<url><loc>{}</loc>{}{}</url>", location, changed, links)


def _xml(body: SafeString) -> HttpResponse:
    response = HttpResponse(_HEAD + body, content_type="application/xml")
    # To be read, not to be found.
    response["X-Robots-Tag"] = "noindex"
    return response
