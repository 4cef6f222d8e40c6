"""The attendance sheet of a class, and the sheet that learners sign."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from cms.admin.classes import RUN
from cms.models import Attendance, ClassSession, Registration, TrainingClass
from cms.models.site import site_details
from cms.training import attendance

_SPARE_LINES = 6
"""Empty lines at the end of a sheet to sign, for those who come unannounced."""


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of the sheet in the form."""

    name: str
    session: ClassSession
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    learner: Registration
    fields: tuple[Field, ...]


@never_cache
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with a place, and every session that is held."""
    one = class_to_run(request, pk)
    if request.method == "POST":
        _mark(request, one)
        return HttpResponseRedirect(reverse("class_attendance", args=[pk]))
    made = attendance.sheet_of(one)
    lines = [_line(learner, made) for learner in made.learners]
    context = {
        "one": one,
        "sheet": made,
        "lines": lines,
        "states": Attendance.State.choices,
        "shown": json.dumps({f.name: f.state for line in lines for f in line.fields}),
    }
    return TemplateResponse(request, "cms/admin/class_attendance.html", context)


@never_cache
def sign_in(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """签到表: a page to print, to be signed by hand."""
    one = class_to_run(request, pk)
    made = attendance.sheet_of(one)
    row = next((row for row in made.sessions if row.pk == session), None)
    if row is None:
        raise Http404
    context = {
        "one": one,
        "session": row,
        "learners": made.learners,
        "spare": range(len(made.learners) + 1, len(made.learners) + 1 + _SPARE_LINES),
        "institution": site_details(request).holder,
    }
    return TemplateResponse(request, "cms/print/class_sign_in.html", context)


def class_to_run(request: HttpRequest, pk: int) -> TrainingClass:
    """The class, for those who run classes; any of them may run any class."""
    if not request.user.has_perm(RUN):
        raise PermissionDenied
    return get_object_or_404(
        TrainingClass.objects.select_related("curriculum", "occasion"), pk=pk
    )


def _line(learner: Registration, made: attendance.Sheet) -> Line:
    fields = tuple(
        Field(
            f"s{row.pk}-r{learner.pk}",
            row,
            made.states.get((row.pk, learner.pk), ""),
        )
        for row in made.sessions
    )
    return Line(learner, fields)


def _mark(request: HttpRequest, one: TrainingClass) -> None:
    user: Any = request.user
    all_of = request.POST.get("all-present", "")
    changed = attendance.mark(one, _changed(request), user)
    if all_of.isdigit():
        changed += attendance.mark_present(one, int(all_of), user)
    if changed:
        told = ngettext("已记下 %(n)s 处。", "已记下 %(n)s 处。", changed)
        messages.success(request, told % {"n": changed})
    else:
        messages.info(request, _("没有改动。"))


def _changed(request: HttpRequest) -> dict[attendance.Cell, str]:
    """What was changed in this form: what others marked meanwhile stays."""
    try:
        shown = json.loads(request.POST.get("shown", "{}"))
    except ValueError:
        shown = {}
    changed = {}
    for name, state in request.POST.items():
        session, _dash, learner = name.partition("-r")
        if not (session[:1] == "s" and session[1:].isdigit() and learner.isdigit()):
            continue
        if not isinstance(shown, dict) or shown.get(name, "") != state:
            changed[int(session[1:]), int(learner)] = str(state)
    return changed
