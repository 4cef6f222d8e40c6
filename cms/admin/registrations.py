"""报名: the occasions that an account runs, and who has registered for each."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.admin.menu import MenuItem

from cms.admin.registration_forms import FilterForm, PeopleForm
from cms.forms.numbers import spelt
from cms.models.occasions import Occasion, Registration
from cms.registration import forgetting
from cms.registration.places import places_of
from cms.registration.rights import kinds_of, may_run, run_by

PER_PAGE = 50
_UNTOLD_TRIES = 1


class RegistrationsMenuItem(MenuItem):
    """Shown to those who run something."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(kinds_of(request.user))


def occasions(request: HttpRequest) -> HttpResponse:
    """Those that are to come, the next one first; with ``?when=`` others.

    Registrations that are kept no longer go before the list is shown.
    """
    kinds = kinds_of(request.user)
    if not kinds:
        raise PermissionDenied
    forgetting.forget()
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = _filtered(run_by(request.user), chosen, timezone.now())
    kind = request.GET.get("kind", "")
    if kind in kinds:
        rows = rows.filter(kind=kind)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    places = places_of(page.object_list)
    context = {
        "form": form,
        "kind": kind,
        "kinds": kinds if len(kinds) > 1 else [],
        "page": page,
        "rows": [(one, places[one.pk]) for one in page.object_list],
        "query": _query(request),
    }
    return TemplateResponse(request, "cms/admin/registrations/list.html", context)


def occasion(request: HttpRequest, pk: int) -> HttpResponse:
    """One occasion, with the list of those who come or wait."""
    one = required(request, pk)
    form = PeopleForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    people = chosen_people(one, chosen)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "occasion": one,
        "places": places_of([one])[one.pk],
        "there": one.registrations.exclude(checked_in_at=None).count(),
        "untold": one.registrations.filter(_UNTOLD).count(),
        "form": form,
        "page": page,
        "people": page.object_list,
        "query": _query(request),
    }
    return TemplateResponse(request, "cms/admin/registrations/occasion.html", context)


def required(request: HttpRequest, pk: int) -> Occasion:
    """The occasion, for who runs it."""
    one = get_object_or_404(Occasion, pk=pk)
    if not may_run(request.user, one):
        raise PermissionDenied
    return one


_UNTOLD = ~Q(notice="") & Q(notice_tries__gte=_UNTOLD_TRIES)


def chosen_people(
    one: Occasion, chosen: dict[str, Any]
) -> QuerySet[Registration, Registration]:
    """Those of an occasion that the filter leaves, in their turns."""
    people = one.registrations.select_related("checked_in_by").order_by("turn")
    match chosen.get("status", ""):
        case "":
            pass
        case "there":
            people = people.exclude(checked_in_at=None)
        case "absent":
            status = Registration.Status.CONFIRMED
            people = people.filter(status=status, checked_in_at=None)
        case "untold":
            people = people.filter(_UNTOLD)
        case status:
            people = people.filter(status=status)
    typed = chosen.get("q", "").strip()
    if typed:
        people = people.filter(
            Q(name__icontains=typed)
            | Q(unit__icontains=typed)
            | Q(contact__icontains=typed)
            | Q(liaison__icontains=typed)
            | Q(number=spelt(typed))
        )
    return people


def _filtered(
    rows: QuerySet[Occasion], chosen: dict[str, Any], now: datetime
) -> QuerySet[Occasion]:
    if typed := chosen.get("q", "").strip():
        rows = rows.filter(title__icontains=typed)
    match chosen.get("when", ""):
        case "past":
            return rows.filter(ends_at__lt=now).order_by("-starts_at", "-pk")
        case "all":
            return rows.order_by("-starts_at", "-pk")
    return rows.filter(ends_at__gte=now).order_by("starts_at", "pk")


def _query(request: HttpRequest) -> str:
    """The filter, for links to other pages of the list."""
    query = request.GET.copy()
    query.pop("p", None)
    return query.urlencode()
