"""Files of the site as a stranger gets them: what goes into booklets and packages.

The site's own views are asked, as anybody asks them, so that what is closed to the
public is closed here, too.
"""

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from archive.readers import ANONYMOUS
from cms.models import SiteDocument

PREFIXES = ("/iiif/image/", "/media/images/", "/documents/")
"""Where pictures of records, pictures of pages and uploaded files are."""


class PublicFile(NamedTuple):
    """``media_type`` without parameters."""

    content: bytes
    media_type: str


def fetch(address: str) -> PublicFile | None:
    """What a stranger gets at a path of ``PREFIXES``; None for anything else."""
    found = stream(address)
    return PublicFile(b"".join(found[1]), found[0]) if found is not None else None


def stream(address: str) -> tuple[str, Iterator[bytes]] | None:
    """The same in pieces, after its media type: for films, which are large."""
    answer = _ask(address)
    if answer is None or answer.status_code != 200:
        return None
    media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    return media_type, _pieces(answer)


def suffix_of(address: str, media_type: str) -> str:
    """The ending of the name of such a file, with its point."""
    if address.startswith("/documents/"):
        return Path(urlsplit(address).path).suffix
    return mimetypes.guess_extension(media_type) or ""


def _pieces(answer: HttpResponseBase) -> Iterator[bytes]:
    try:
        if answer.streaming:
            yield from answer
        else:
            yield answer.content  # type: ignore[attr-defined]
    finally:
        # Not ``close``: that would say that the visitor's own request is over.
        for release in answer._resource_closers:  # type: ignore[attr-defined]
            release()


def size_of(address: str) -> int:
    """Bytes of an uploaded file, before it is read; 0 for what is made on demand."""
    parts = urlsplit(address).path.split("/")
    if not address.startswith("/documents/") or not parts[2].isdecimal():
        return 0
    found = SiteDocument.objects.filter(pk=int(parts[2])).first()
    return int(found.get_file_size() or 0) if found is not None else 0


def _ask(address: str) -> HttpResponseBase | None:
    path = unquote(urlsplit(address).path)
    if not path.startswith(PREFIXES):
        return None
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META.update({"SERVER_NAME": "localhost", "SERVER_PORT": "80"})
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    request.reader = ANONYMOUS  # type: ignore[attr-defined]
    try:
        view, args, kwargs = resolve(path)
        answer: HttpResponseBase = view(request, *args, **kwargs)
    except (Resolver404, Http404):
        return None
    return answer
