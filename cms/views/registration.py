"""``/registration/…``: signing up, and the calendar entry."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms import calendars
from cms.exhibitions import code_of
from cms.forms.registration import RegistrationForm
from cms.languages.prefixes import bare
from cms.models.occasions import Occasion, Registration
from cms.readers import address_of
from cms.registration import taking
from cms.registration.errors import RegistrationError
from cms.registration.leaving import place_in_line
from cms.registration.places import places_of
from cms.views.errors import not_found


@never_cache
def register(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form; what is wrong comes back with all that was typed."""
    occasion = public_occasion(uid)
    if occasion is None:
        return not_found(request)
    form = RegistrationForm(request.POST or None, address=address_of(request))
    if request.method == "POST" and form.is_valid():
        person = form.person
        stamp = str(form.data.get("stamp", ""))
        sent_as = taking.digest(stamp, person.name, person.contact)
        try:
            made = taking.take(occasion.pk, person, sent_as=sent_as)
        except RegistrationError as error:
            form.add_error(None, str(error))
        else:
            done = reverse("registration-done", args=[uid, made.number])
            return HttpResponseRedirect(done)
    context = {
        "occasion": occasion,
        "places": places_of([occasion])[occasion.pk],
        "form": form,
        "consent": taking.promised(occasion),
    }
    return render(request, "cms/registration/form.html", context)


@never_cache
def done(request: HttpRequest, uid: UUID, number: str) -> HttpResponse:
    """The number by which to look it up, and the code for the door."""
    one = _registration(number)
    if one is None or one.occasion.uid != uid or not one.occasion.is_public:
        return not_found(request)
    # Not to be counted: the counts would keep the number for good.
    request.is_personal = True  # type: ignore[attr-defined]
    return render(request, "cms/registration/done.html", context_of(request, one))


@never_cache
def calendar_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The occasion as a calendar's entry: moved or called off, it says so."""
    occasion = public_occasion(uid)
    if occasion is None:
        return not_found(request)
    root = f"{request.scheme}://{request.get_host()}"
    entries = [calendars.entry_of(occasion, root, occasion.cancel_reason)]
    return calendars.response("event.ics", calendars.calendar(occasion.title, entries))


def public_occasion(uid: UUID) -> Occasion | None:
    """The occasion if everybody may read of it; no other can be told from none."""
    return Occasion.objects.filter(uid=uid, is_public=True).first()


def context_of(request: HttpRequest, one: Registration) -> dict[str, object]:
    """What both pages of a registration show."""
    door = bare(reverse("check-in", args=[one.number]))
    return {
        "registration": one,
        "occasion": one.occasion,
        "line": place_in_line(one),
        "code": code_of(request.build_absolute_uri(door)),
    }


def _registration(number: str) -> Registration | None:
    rows = Registration.objects.select_related("occasion")
    return rows.filter(number=number).first()
