"""The addresses by which a language was chosen before each had its own."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from cms.languages.prefixes import CODES, in_language
from cms.views.errors import not_found


def choose(request: HttpRequest, language: str) -> HttpResponse:
    """Lead to the page of ``?next=`` in ``language``."""
    if language not in CODES:
        return not_found(request)
    target = request.GET.get("next", "/")
    local = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    if not local or not target.startswith("/"):
        target = "/"
    place = in_language(target, language)
    # What stood behind the prefix of a language may be another site's address.
    if not url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        place = in_language("/", language)
    return HttpResponsePermanentRedirect(place)
