"""Our pages as PDF: WeasyPrint, with the fonts embedded.

What is printed by whoever has it open is left to the browser (decision 0013); a PDF is
made where a file is handed on: certificates, handouts, booklets of cases.
"""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.utils.http import content_disposition_header

Fetch = Callable[[str], tuple[bytes, str] | None]
"""The bytes and media type of what a path of the site names; None for nothing."""

# Nobody is asked: every address below it is answered here.
_HERE = "https://site.invalid/"


def pdf_of(html: str, fetch: Fetch | None = None) -> bytes:
    """A PDF of ``html``, a whole document with its print style sheets.

    Nothing is loaded over the network: style sheets come from the static files, other
    paths of the site through ``fetch``; what neither has is left out.
    """
    # Loads Pango: only where something is printed.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class FromHere(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = unquote(urlsplit(url).path)
            found = static_file(path) or (fetch(path) if fetch else None)
            if found is None or not url.startswith(_HERE):
                raise ValueError(url)
            data, media_type = found
            return URLFetcherResponse(url, data, {"Content-Type": media_type})

    made = HTML(string=html, base_url=_HERE, url_fetcher=FromHere()).write_pdf()
    return bytes(made)


def static_file(path: str) -> tuple[bytes, str] | None:
    """A static file by its path on the site, as collected or as it lies here."""
    if not path.startswith(settings.STATIC_URL):
        return None
    name = path.removeprefix(settings.STATIC_URL)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read(), media_type
    here = finders.find(name)
    return (Path(here).read_bytes(), media_type) if here else None


def response(filename: str, content: bytes) -> HttpResponse:
    """The PDF, to look at or to keep under ``filename``."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = str(content_disposition_header(False, filename))
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
