"""``/registration/mine/…``: how a registration stands, and leaving."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cms.forms.registration import CancelForm, FindForm
from cms.models.occasions import Registration
from cms.readers import address_of
from cms.registration import leaving, mine, numbers
from cms.registration.errors import RegistrationError
from cms.registration.people import same_contact
from cms.views.errors import not_found
from cms.views.registration import context_of


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Asks for the number and the contact; wrong ones cannot be told from none."""
    form = FindForm(request.POST or None, address=address_of(request))
    asked = request.method == "POST" and form.is_valid()
    if asked:
        given = form.cleaned_data
        found = numbers.find(given["number"], given["contact"])
        if found is not None:
            return HttpResponseRedirect(_address(found))
    context = {"form": form, "asked": asked}
    return render(request, "cms/registration/find.html", context)


@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """For whoever has the number: it names nobody, and to leave takes the contact."""
    rows = Registration.objects.select_related("occasion")
    one = rows.filter(number=number).first()
    if one is None:
        return not_found(request)
    # Not to be counted: the counts would keep the number for good.
    request.is_personal = True  # type: ignore[attr-defined]
    form = CancelForm(request.POST or None, address=address_of(request))
    if request.method == "POST" and form.is_valid() and _cancelled(form, one):
        return HttpResponseRedirect(_address(one))
    context = {
        **context_of(request, one),
        "form": form,
        "may_cancel": _may_cancel(one),
        "panels": mine.panels_of(one, request),
    }
    return render(request, "cms/registration/mine.html", context)


def _may_cancel(one: Registration) -> bool:
    return (
        one.status != Registration.Status.CANCELLED
        and not one.checked_in_at
        and one.occasion.ends_at > timezone.now()
    )


def _cancelled(form: CancelForm, one: Registration) -> bool:
    """Whether it was; otherwise the form says why not."""
    if not _may_cancel(one):
        form.add_error(None, _("现在不能取消。"))
        return False
    if not same_contact(form.cleaned_data["contact"], one.contact):
        form.add_error("contact", _("与报名时写的不同，请核对。"))
        return False
    try:
        leaving.cancel(one.pk)
    except RegistrationError as error:
        form.add_error(None, str(error))
        return False
    return True


def _address(one: Registration) -> str:
    return reverse("registration-mine", args=[one.number])
