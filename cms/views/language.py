"""Choosing the language of the interface."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from cms.views.errors import not_found

_YEAR = 365 * 24 * 3600


def choose(request: HttpRequest, language: str) -> HttpResponse:
    """Remember ``language`` in a cookie and go back to the page of ``?next=``."""
    if language not in dict(settings.LANGUAGES):
        return not_found(request)
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
    return response
