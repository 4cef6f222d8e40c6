"""``/check-in/…``: at the door, on the telephones of those who run the occasion."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.log_actions import log

from cms.forms.numbers import spelt
from cms.models.occasions import Registration
from cms.registration import coming
from cms.registration.errors import RegistrationError
from cms.registration.places import places_of
from cms.registration.rights import kinds_of, may_run
from cms.views.errors import not_found


@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Who it is and whether they have a place; one press checks them in.

    Somebody who reads the code without an account is told what it is for: the same
    for every number, there or not.
    """
    request.is_personal = True  # type: ignore[attr-defined]
    if not request.user.is_authenticated:
        return _for_strangers(request)
    one = _registration(number)
    if one is None or not may_run(request.user, one.occasion):
        return not_found(request)
    error, before = "", one.checked_in_at
    if request.method == "POST":
        try:
            if "undo" in request.POST:
                coming.undo(one.pk)
            else:
                coming.check_in(one.pk, request.user)
        except RegistrationError as refused:
            error = str(refused)
        else:
            undone = "undo" in request.POST
            if undone or not before:
                action = "registration.undo" if undone else "registration.check_in"
                log(one, action, user=request.user)
            done = "" if before else "?now"
            address = reverse("check-in", args=[one.number])
            return HttpResponseRedirect(address + done)
    return _page(request, one, error)


@never_cache
def type_in(request: HttpRequest) -> HttpResponse:
    """A code that was typed; for those who run something."""
    if not request.user.is_authenticated:
        return _for_strangers(request)
    if not kinds_of(request.user):
        return not_found(request)
    typed = str(request.POST.get("number", ""))
    one = _registration(spelt(typed)) if typed else None
    if one is not None and may_run(request.user, one.occasion):
        return HttpResponseRedirect(reverse("check-in", args=[one.number]))
    missing = _("没有这个查询号，请核对。") if typed else ""
    context = {"missing": missing, "typed": typed[:20]}
    return render(request, "cms/registration/check_in_box.html", context)


def _page(request: HttpRequest, one: Registration, error: str) -> HttpResponse:
    context = {
        "registration": one,
        "occasion": one.occasion,
        "places": places_of([one.occasion])[one.occasion_id],
        "error": error,
        "just_now": "now" in request.GET and one.checked_in_at is not None,
    }
    return render(request, "cms/registration/check_in.html", context)


def _for_strangers(request: HttpRequest) -> HttpResponse:
    context = {"login": f"{reverse('wagtailadmin_login')}?next={request.path}"}
    return render(request, "cms/registration/check_in_stranger.html", context)


def _registration(number: str) -> Registration | None:
    rows = Registration.objects.select_related("occasion", "checked_in_by")
    return rows.filter(number=number).first()
