"""The week rolled over to another year: chosen, looked at, then made as drafts."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.languages.prefixes import DEFAULT
from cms.models import EventPage, ProgrammePage
from cms.models.publicity_week import FIRST_YEAR, LAST_YEAR
from cms.publicity_week import rollover
from cms.publicity_week.access import may_roll_over
from cms.registration.rights import may_run


class RollOverForm(forms.Form):
    """``year`` to make, and which ``events`` to take along: all, unless unticked."""

    year = forms.IntegerField(
        label=gettext_lazy("滚动到哪一年"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    events = forms.TypedMultipleChoiceField(
        label=gettext_lazy("带上哪些活动"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, programme: ProgrammePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = rollover.events_of(programme)
        field: Any = self.fields["events"]
        field.choices = [(one.pk, _said(one)) for one in events]
        field.initial = [one.pk for one in events]
        self.fields["year"].initial = programme.year + 1


def roll_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at the new dates, then make the drafts, all of them or none."""
    if not may_roll_over(request.user):
        raise PermissionDenied
    programme = get_object_or_404(
        ProgrammePage, pk=pk, locale__language_code=DEFAULT, alias_of=None
    )
    form = RollOverForm(request.POST or None, programme=programme)
    plan = None
    if request.method == "POST" and form.is_valid():
        year, events = form.cleaned_data["year"], form.cleaned_data["events"]
        try:
            if "apply" in request.POST:
                return _made(request, programme, year, events)
            plan = rollover.plan(programme, year, events)
        except rollover.RollOverError as error:
            form.add_error(None, str(error))
    context = {"form": form, "programme": programme, "plan": plan}
    return TemplateResponse(request, "cms/admin/week_rollover.html", context)


def _made(
    request: HttpRequest, programme: ProgrammePage, year: int, events: list[int]
) -> HttpResponse:
    made = rollover.roll_over(programme, year, events, request.user)
    told = _("已建立 %(year)s 年的日程和 %(n)s 场活动，都是草稿：改好后提交审核。")
    messages.success(request, told % {"year": year, "n": len(set(events))})
    return redirect("wagtailadmin_explore", made.pk)


def _said(event: EventPage) -> str:
    return f"{event.day:%Y-%m-%d} {event.starts:%H:%M} {event.title}"


def buttons(
    page: Page, user: Any, next_url: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """On the programme of a year; on an event, to those who signed up."""
    if page.specific_class is EventPage:
        yield from _to_registrations(page.specific, user)
    programme = page.specific_class is ProgrammePage
    if programme and page.locale.language_code == DEFAULT and may_roll_over(user):
        address = reverse("week_roll_over", args=[page.pk])
        yield Button(_("滚动到下一年"), url=address, icon_name="copy", priority=25)


def _to_registrations(event: EventPage, user: Any) -> Iterator[Button]:
    if event.occasion is not None and may_run(user, event.occasion):
        address = reverse("registration_occasion", args=[event.occasion.pk])
        yield Button(_("报名与签到"), url=address, icon_name="group", priority=25)


def header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from buttons(page, user, next_url)
