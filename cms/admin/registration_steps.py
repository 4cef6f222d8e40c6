"""What is done with an occasion and its registrations, each step logged."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from cms.admin.registration_forms import CallOffForm, RunForm, WalkInForm
from cms.admin.registrations import required
from cms.models.occasions import Occasion, Registration
from cms.registration import coming, leaving, running, taking
from cms.registration.errors import RegistrationError
from cms.registration.places import places_of

_FORM = "cms/admin/registrations/form.html"


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """How people sign up; what, when and where is told by its page or class."""
    one = required(request, pk)
    form = RunForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        running.change(pk, form.cleaned_data, request.user)
        messages.success(request, _("已保存。"))
        return redirect("registration_occasion", pk)
    if request.method == "POST":
        # What was typed is not what it is.
        one = required(request, pk)
    return _form(request, one, form, _("报名设置"), _("保存"))


def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place; pages and calendars say so at once."""
    one = required(request, pk)
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        running.call_off(pk, form.cleaned_data["reason"], request.user)
        messages.success(request, _("已取消；网页和日历即刻更新。"))
        return redirect("registration_occasion", pk)
    return _form(request, one, form, _("取消这一场"), _("取消这一场"))


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It does take place after all."""
    required(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    running.take_back(pk, request.user)
    messages.success(request, _("已恢复；网页和日历即刻更新。"))
    return redirect("registration_occasion", pk)


def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who stands at the door."""
    one = required(request, pk)
    form = WalkInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = taking.walk_in(pk, form.person)
        except RegistrationError as error:
            form.add_error(None, str(error))
        else:
            log(made, "registration.walk_in", user=request.user)
            if form.cleaned_data["check_in"]:
                coming.check_in(made.pk, request.user)
            told = _("已登记，查询号 %(number)s。") % {"number": made.number}
            messages.success(request, told)
            return redirect("registration_walk_in", pk)
    return _form(request, one, form, _("现场登记"), _("登记"), promised=True)


_STEPS: dict[str, tuple[Callable[[int, Any], Registration], str]] = {
    "cancel": (lambda pk, _user: leaving.cancel(pk), "registration.cancel"),
    "move-up": (lambda pk, _user: leaving.move_up_one(pk), "registration.move_up"),
    "check-in": (coming.check_in, "registration.check_in"),
    "undo": (lambda pk, _user: coming.undo(pk), "registration.undo"),
}


def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Cancel, move up, check in or undo, for one registration."""
    one = get_object_or_404(Registration.objects.select_related("occasion"), pk=pk)
    required(request, one.occasion_id)
    if request.method != "POST" or name not in _STEPS:
        return HttpResponseNotAllowed(["POST"])
    work, action = _STEPS[name]
    try:
        done = work(pk, request.user)
    except RegistrationError as error:
        messages.error(request, str(error))
    else:
        log(done, action, user=request.user)
        messages.success(request, _("%(number)s：已办理。") % {"number": done.number})
    return redirect("registration_occasion", one.occasion_id)


def _form(
    request: HttpRequest,
    one: Occasion,
    form: Any,
    title: str,
    button: str,
    *,
    promised: bool = False,
) -> HttpResponse:
    context = {
        "occasion": one,
        "places": places_of([one])[one.pk],
        "form": form,
        "title": title,
        "button": button,
        "promised": taking.promised(one) if promised else "",
        "media": form.media,
    }
    return TemplateResponse(request, _FORM, context)
