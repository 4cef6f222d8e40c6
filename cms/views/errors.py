"""Pages that say what happened and what to do next."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from cms.languages.prefixes import tag

RETRY_SECONDS = 30


def bad_request(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """Without context processors: the host or the path may be what is wrong."""
    return HttpResponse(_alone("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: most often one that stood open for too long."""
    return forbidden(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one answer for what does not exist and for what this reader may not see."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors: they may be what failed.

    503 where it is the database that does not answer: it will again.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response = HttpResponse(_alone("503.html"), status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return HttpResponse(_alone("500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Search is out of order; the rest of the site is not."""
    response = render(request, "cms/unavailable.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _alone(template: str) -> str:
    """A page that asks nothing of the request and of the database."""
    return render_to_string(template, {"html_lang": tag(get_language())})


def too_deep(request: HttpRequest, first_page: str) -> HttpResponse:
    """A page of results further down than any engine goes."""
    context = {"first_page": first_page}
    return render(request, "cms/too_deep.html", context, status=400)
