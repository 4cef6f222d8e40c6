"""A collection of cases as PDF: made when asked for, kept while it is true."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive import generation
from archive.readers import ANONYMOUS
from cms import pdf
from cms.blocks.sources import sources_of
from cms.cases import collecting
from cms.evidence.claims import Sources
from cms.languages.prefixes import TRADITIONAL, tag
from cms.models.site import site_details
from cms.traditional.current import converter
from cms.views import images

_KEPT_SECONDS = 3600
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")/(?!/)')


@dataclass(frozen=True, slots=True)
class Printed:
    """A case in the booklet, with what it names as the public sees it."""

    case: Any
    sources: Sources


def answer(collection: Any, request: HttpRequest) -> HttpResponse:
    """The booklet of what everyone may read now; 404 while there is nothing in it."""
    cases = collecting.cases_of(collection)
    if not cases or not collection.live:
        raise Http404
    filename = f"{collection.slug}.pdf"
    key, now = _key(collection, request), generation.current()
    kept = caches["pages"].get(key) if now is not None else None
    if kept is not None and kept[0] == now:
        return pdf.response(filename, kept[1])
    made = pdf.pdf_of(_html(collection, cases, request), fetch)
    if now is not None:
        caches["pages"].set(key, (now, made), _KEPT_SECONDS)
    return pdf.response(filename, made)


def _key(collection: Any, request: HttpRequest) -> str:
    # The day stands on the cover, the host in the address below it.
    parts = (
        "case-booklet",
        str(collection.pk),
        get_language() or "",
        request.get_host(),
        timezone.localdate().isoformat(),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _html(collection: Any, cases: list[Any], request: HttpRequest) -> str:
    context = {
        "page": collection,
        "cases": [Printed(case, sources_of(case)) for case in cases],
        "sources": sources_of(collection),
        "house": site_details(request).organiser or _("“枫桥经验”陈列馆"),
        "made": timezone.localtime(),
        "address": request.build_absolute_uri(collection.get_url(request)),
        "html_lang": tag(get_language()),
        "printed": True,
    }
    html: str = render_to_string("cms/cases/booklet.html", context)
    # Links must lead here from wherever the file is opened.
    html = _LINK.sub(rf"\g<1>{request.build_absolute_uri('/')}", html)
    # A PDF is past the middleware that turns answers into 繁體.
    return converter().page(html) if get_language() == TRADITIONAL else html


def fetch(path: str) -> tuple[bytes, str] | None:
    """An image of a page as everyone may see it; nothing else of the site."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.view_name != "iiif-image":
        return None
    asked: Any = HttpRequest()
    asked.method, asked.reader = "GET", ANONYMOUS
    got = images.image(asked, **match.kwargs)
    if got.status_code != 200:
        return None
    return got.content, got["Content-Type"]
