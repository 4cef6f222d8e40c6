"""The handout of a curriculum or a course: a PDF to print and hand out."""

import re
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms import kept, public_files
from cms.pdf import pdf_of
from cms.training.rendering import document_context, rendered

# Style sheets of the page do not reach into drawings: the box says how it looks.
_BOX = re.compile(r'<rect class="hit"')
_DRAWN = (
    '<rect class="hit" fill="#c8321b" fill-opacity=".08" stroke="#c8321b" '
    'stroke-width="4"'
)


def handout(taught: Any, request: HttpRequest) -> HttpResponseBase:
    """The PDF of what the public sees, made once for each state of the site."""
    name = f"handout {taught.pk} {get_language()} {request.get_host()}"
    path = kept.kept(name, ".pdf", lambda file: _make(taught, request, file))
    filename = _("%(title)s 讲义.pdf") % {"title": taught.title}
    return kept.response(path, filename, "application/pdf")


def _make(taught: Any, request: HttpRequest, file: Path) -> None:
    context = {**document_context(taught, request), "printed": True}
    html = rendered("cms/training/handout.html", context)
    file.write_bytes(pdf_of(_BOX.sub(_DRAWN, html), public_files.fetch))
