"""``/takedown/``: anybody asks for a correction or for a takedown."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from cms import takedown
from cms.forms.takedown import TakedownForm
from cms.readers import address_of
from cms.views.errors import not_found

_SALT = "cms.takedown.received"
_ABOUT_LENGTH = 300


def ask(request: HttpRequest) -> HttpResponse:
    """The form; ``?about=`` fills in what it is about.

    Whatever it is about, the answer is the same: nobody learns here what there is.
    """
    if request.method != "POST":
        about = request.GET.get("about", "")[:_ABOUT_LENGTH]
        form = TakedownForm(initial={"about": about})
        return _page(request, form)
    form = TakedownForm(request.POST, address=address_of(request))
    if form.is_of_a_program:
        return _received(takedown.new_number())
    if not form.is_valid():
        return _page(request, form)
    return _received(takedown.receive(form.asked).number)


def received(request: HttpRequest) -> HttpResponse:
    """The number to ask by. Signed, so that nobody is sent here with another's."""
    try:
        number = signing.loads(request.GET.get("n", ""), salt=_SALT)
    except signing.BadSignature:
        return not_found(request)
    return _uncached(render(request, "cms/takedown_received.html", {"number": number}))


def _page(request: HttpRequest, form: TakedownForm) -> HttpResponse:
    context = {"form": form, "days": settings.TAKEDOWN_KEEP_DAYS}
    return _uncached(render(request, "cms/takedown.html", context))


def _received(number: str) -> HttpResponse:
    query = urlencode({"n": signing.dumps(number, salt=_SALT)})
    return HttpResponseRedirect(f"{reverse('takedown-received')}?{query}")


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
