"""A collection of cases as PDF: made when asked for, kept while it is true."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms import kept, pdf, public_files
from cms.blocks.sources import sources_of
from cms.cases import collecting
from cms.evidence.claims import Sources
from cms.languages.prefixes import TRADITIONAL, tag
from cms.models.site import site_details
from cms.traditional.current import converter

_LINK = re.compile(r'(<a\b[^>]*?\bhref=")/(?!/)')


@dataclass(frozen=True, slots=True)
class Printed:
    """A case in the booklet, with what it names as the public sees it."""

    case: Any
    sources: Sources


def answer(collection: Any, request: HttpRequest) -> HttpResponseBase:
    """The booklet of what everyone may read now; 404 while there is nothing in it."""
    cases = collecting.cases_of(collection)
    if not cases or not collection.live:
        raise Http404

    def make(file: Path) -> None:
        html = _html(collection, cases, request)
        file.write_bytes(pdf.pdf_of(html, public_files.fetch))

    name = f"case-booklet {collection.pk} {get_language()} {request.get_host()}"
    path = kept.kept(name, ".pdf", make)
    return kept.response(path, f"{collection.slug}.pdf", "application/pdf")


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
