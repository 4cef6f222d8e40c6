"""个人信息核查 in the admin: the text, what may tell of people in it, one's word."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.models import Page

from cms.editing import clearance
from cms.editing.errors import ReviewError
from cms.models.personal_data import PersonalDataClearance


class ClearanceForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("核查说明"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("查了什么，各处提示怎样处理；印在审签单上。"),
        error_messages={"required": gettext_lazy("请写明怎样核查的、结论是什么。")},
    )


@dataclass(frozen=True, slots=True)
class State:
    """Whether the newest draft is cleared, and where that is done."""

    address: str
    cleared: PersonalDataClearance | None


def state(page: Any) -> State | None:
    """None where pages of this kind are not checked."""
    if not clearance.is_checked(page):
        return None
    address = reverse("editing_personal_data", args=[page.pk])
    return State(address, clearance.current(page))


def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft of a page, for those who may clear it or who write it."""
    page = _asked(request, pk)
    newest = page.get_latest_revision()
    if newest is None:
        raise Http404
    form = ClearanceForm(request.POST or None, initial={"revision": newest.pk})
    if request.method == "POST" and form.is_valid():
        try:
            clearance.clear(page, request.user, **form.cleaned_data)
        except ReviewError as error:
            messages.error(request, str(error))
        else:
            told = _("“%(title)s”的个人信息已核查。")
            messages.success(request, told % {"title": newest.object_str})
        return redirect("editing_personal_data", pk)
    given = PersonalDataClearance.objects.filter(page=page.pk)
    context = {
        "page": page,
        "text": newest.as_object(),
        "hints": clearance.hints(newest.as_object()),
        "cleared": clearance.current(page),
        "refusal": clearance.refusal(page, request.user),
        "form": form,
        "before": list(given),
        "preview": reverse("editing_personal_data_preview", args=[page.pk]),
    }
    return TemplateResponse(request, "cms/admin/personal_data.html", context)


@xframe_options_sameorigin
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The newest draft as readers would see it."""
    page = _asked(request, pk)
    text = page.get_latest_revision_as_object()
    answer: HttpResponseBase = text.make_preview_request(
        request, text.default_preview_mode
    )
    return answer


def _asked(request: HttpRequest, pk: int) -> Any:
    page = get_object_or_404(Page, pk=pk).specific
    if not clearance.is_checked(page):
        raise Http404
    edits = page.permissions_for_user(request.user).can_edit()
    if not (edits or request.user.has_perm(clearance.RIGHT)):
        raise PermissionDenied
    return page
