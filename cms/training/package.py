"""The package of a course for rooms without a network: pages, files, a ZIP.

It opens from a folder, loads nothing from elsewhere and holds only what the public
sees. Links to the site stay links, to be followed where there is a network.
"""

import base64
import hashlib
import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms import kept, public_files
from cms.pdf import static_file
from cms.training.rendering import document_context, rendered

STATIC = (
    "site.css",
    "components.css",
    "exhibition.css",
    "training.css",
    "offline.css",
    "offline_quiz.js",
    "slides.js",
)
"""What its pages look and work by, from ``static/cms``."""

MEBIBYTE = 1024 * 1024
_ADDRESS = re.compile(
    r'(?P<name>\s(?:src|href|poster|xlink:href))="(?P<address>/[^"]*)"'
)
_SRCSET = re.compile(r'\ssrcset="[^"]*"')
_TRACK = re.compile(r"<track\b[^>]*>")


class PackageTooLargeError(Exception):
    """What the package would hold is more than ``HANDOUTS_MOST_BYTES``."""


@dataclass(slots=True)
class Package:
    """A ZIP that is being written; ``root`` is the site's scheme and host."""

    archive: zipfile.ZipFile
    root: str
    size: int = 0
    names: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, content: bytes) -> None:
        self._count(len(content))
        self.archive.writestr(name, content)

    def page(self, name: str, text: str) -> None:
        """Write a page, and each file that it shows beside it."""
        text = _TRACK.sub(self._captions, _SRCSET.sub("", text))
        self.write(name, _ADDRESS.sub(self._here, text).encode())

    def _here(self, match: re.Match[str]) -> str:
        address = html.unescape(match["address"])
        if address.startswith(public_files.PREFIXES):
            inner = self._file(address)
        elif address.startswith(settings.STATIC_URL):
            inner = f"look/{address.rpartition('/')[2]}"
        else:
            inner = self.root + address
        return f'{match["name"]}="{html.escape(inner)}"'

    def _file(self, address: str) -> str:
        """The name of the file in the package; of none an address on the site."""
        if address not in self.names:
            self._count(public_files.size_of(address), only_look=True)
            found = public_files.stream(address)
            if found is None:
                return self.root + address
            media_type, pieces = found
            digest = hashlib.sha256(address.encode()).hexdigest()[:16]
            name = f"files/{digest}{public_files.suffix_of(address, media_type)}"
            self.names[address] = name
            with self.archive.open(name, "w") as into:
                for piece in pieces:
                    self._count(len(piece))
                    into.write(piece)
        return self.names[address]

    def _captions(self, match: re.Match[str]) -> str:
        """Captions within the page: browsers read none from a file beside it."""

        def inside(source: re.Match[str]) -> str:
            found = public_files.fetch(html.unescape(source["address"]))
            if found is None:
                return ""
            data = base64.b64encode(found.content).decode()
            return f'{source["name"]}="data:text/vtt;base64,{data}"'

        return _ADDRESS.sub(inside, match[0])

    def _count(self, size: int, only_look: bool = False) -> None:
        if self.size + size > settings.HANDOUTS_MOST_BYTES:
            raise PackageTooLargeError
        self.size += 0 if only_look else size


def package(taught: Any, request: HttpRequest) -> HttpResponseBase:
    """The ZIP, made once for each state of the site; a page that says why not."""
    name = f"package {taught.pk} {get_language()} {request.get_host()}"
    try:
        path = kept.kept(name, ".zip", lambda file: _make(taught, request, file))
    except PackageTooLargeError:
        most = settings.HANDOUTS_MOST_BYTES // MEBIBYTE
        template = "cms/training/too_large.html"
        answer: HttpResponseBase = taught.render(
            request, template=template, context_overrides={"most": most}
        )
        answer.status_code = 404
        return answer
    filename = _("%(title)s 离线课程包.zip") % {"title": taught.title}
    return kept.response(path, filename, "application/zip")


def _make(taught: Any, request: HttpRequest, file: Path) -> None:
    root = request.build_absolute_uri("/")[:-1]
    context = {**document_context(taught, request), "offline": True}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        made = Package(archive, root)
        for name, content in _look():
            made.write(f"look/{name}", content)
        made.page("index.html", rendered("cms/training/offline/index.html", context))
        for lesson in context["lessons"]:
            inner = {**context, "lesson": lesson, "lesson_page": lesson.page}
            text = rendered("cms/training/offline/lesson.html", inner)
            made.page(f"lesson-{lesson.number}.html", text)


def _look() -> Iterator[tuple[str, bytes]]:
    for name in STATIC:
        found = static_file(f"{settings.STATIC_URL}cms/{name}")
        if found is None:
            raise FileNotFoundError(name)
        yield name, found[0]
