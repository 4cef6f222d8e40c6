"""Addresses that name a record by a code that it once had."""

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse

from cms.catalogue import moved_to
from cms.views.request import ReaderRequest


def moved(
    request: ReaderRequest, code: str, parameter: str = ""
) -> HttpResponsePermanentRedirect | None:
    """A lasting redirect to the same address under today's code.

    None where no record that this reader may see had ``code``. That is the
    ``reference_code`` of the path, or the value of a query ``parameter``; all else
    of the address stays as it is.
    """
    new = moved_to(code, request.reader)
    if new is None or request.resolver_match is None:
        return None
    path, query = request.path, request.GET.copy()
    if parameter:
        query[parameter] = new
    else:
        here = request.resolver_match
        path = reverse(here.view_name, kwargs={**here.kwargs, "reference_code": new})
    return HttpResponsePermanentRedirect(f"{path}?{query.urlencode()}".rstrip("?"))
