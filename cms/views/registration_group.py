"""``/registration/<uid>/group/``: a unit's liaison registers everybody of a list."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cms.exhibitions import code_of
from cms.forms.registration import GroupConfirmForm, GroupForm
from cms.languages.prefixes import bare
from cms.models.occasions import Occasion
from cms.readers import address_of
from cms.registration import lists, taking
from cms.registration.errors import RegistrationError
from cms.registration.people import Person
from cms.registration.places import places_of
from cms.views.errors import not_found
from cms.views.registration import public_occasion

_SALT = "cms.registration.list"
_KEPT_SECONDS = 3600
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
def group(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A list is uploaded, shown with what is wrong with it, and then confirmed.

    Between the two nothing is stored here: the list goes along in the form, signed.
    """
    occasion = public_occasion(uid)
    if occasion is None:
        return not_found(request)
    if request.method == "POST" and "rows" in request.POST:
        return _confirm(request, occasion)
    form = GroupForm(
        request.POST or None, request.FILES or None, address=address_of(request)
    )
    if request.method == "POST" and form.is_valid():
        return _check(request, occasion, form)
    return _page(request, occasion, form)


@never_cache
def template(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file to fill in."""
    if public_occasion(uid) is None:
        return not_found(request)
    answer = HttpResponse(lists.template(), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="registration.xlsx"'
    return answer


@never_cache
def codes(request: HttpRequest, uid: UUID, number: str) -> HttpResponse:
    """All numbers and codes of a list, on one page to print and cut."""
    occasion = public_occasion(uid)
    people = (
        list(occasion.registrations.filter(group=number).order_by("turn"))
        if occasion
        else []
    )
    if not people:
        return not_found(request)
    # Not to be counted: the counts would keep the number for good.
    request.is_personal = True  # type: ignore[attr-defined]
    door = [bare(reverse("check-in", args=[one.number])) for one in people]
    drawn = [code_of(request.build_absolute_uri(address)) for address in door]
    context = {
        "occasion": occasion,
        "people": list(zip(people, drawn, strict=True)),
        "waiting": sum(one.status == "waiting" for one in people),
    }
    return render(request, "cms/registration/group_done.html", context)


def _page(
    request: HttpRequest, occasion: Occasion, form: GroupForm, **more: Any
) -> HttpResponse:
    context = {
        "occasion": occasion,
        "places": places_of([occasion])[occasion.pk],
        "form": form,
        "consent": taking.promised(occasion),
        "heads": lists.HEADS,
        "most": lists.MOST_PEOPLE,
        **more,
    }
    return render(request, "cms/registration/group.html", context)


def _check(request: HttpRequest, occasion: Occasion, form: GroupForm) -> HttpResponse:
    listed = lists.read(form.cleaned_data["file"].read())
    if listed.problems:
        return _page(request, occasion, form, problems=listed.problems)
    people = [[one.name, one.unit, one.contact] for one in listed.people]
    told = {"liaison": form.cleaned_data["liaison"], "people": people}
    rows = signing.dumps(told, salt=f"{_SALT}.{occasion.uid}", compress=True)
    confirm = GroupConfirmForm(initial={"rows": rows})
    return _checked(request, occasion, confirm, told, rows)


def _checked(
    request: HttpRequest,
    occasion: Occasion,
    form: GroupConfirmForm,
    told: dict[str, Any],
    rows: str,
) -> HttpResponse:
    context = {
        "occasion": occasion,
        "places": places_of([occasion])[occasion.pk],
        "form": form,
        "people": told["people"],
        "rows": rows,
    }
    return render(request, "cms/registration/group_check.html", context)


def _confirm(request: HttpRequest, occasion: Occasion) -> HttpResponse:
    rows = request.POST["rows"]
    try:
        told = signing.loads(
            rows, salt=f"{_SALT}.{occasion.uid}", max_age=_KEPT_SECONDS
        )
    except signing.BadSignature:
        late = _("核对的时间太久，请重新上传名单。")
        return _page(request, occasion, GroupForm(), late=late)
    form = GroupConfirmForm(request.POST, address=address_of(request))
    if form.is_valid():
        people = [Person(*row) for row in told["people"]]
        try:
            made = taking.take_group(
                occasion.pk,
                people,
                liaison=told["liaison"],
                sent_as=taking.digest(rows),
            )
        except RegistrationError as error:
            form.add_error(None, str(error))
        else:
            args = [occasion.uid, made[0].group]
            return HttpResponseRedirect(reverse("registration-group-done", args=args))
    return _checked(request, occasion, form, told, rows)
