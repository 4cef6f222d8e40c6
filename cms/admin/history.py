"""The history of a record: who changed what, and giving back what was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from archive import workflow
from archive.description import with_dates
from archive.errors import ArchiveError
from archive.models import Change, Record
from cms.admin.differences import Difference, differences, in_words
from cms.admin.permissions import may

State = Mapping[str, Any]

EDIT = "wagtailsnippets_archive_record:edit"
LINES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One change; ``restorable`` where its old values can be given back."""

    change: Change
    differences: list[Difference]
    restorable: bool


def record_history(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest change first; also of a record that was deleted."""
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    log_of = Change.objects.filter(record_id=pk).select_related("by", "batch")
    record = Record.objects.filter(pk=pk).first()
    if record is None and not log_of.exists():
        raise Http404
    paginator = Paginator(log_of, LINES_A_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    editable = record is not None and may(request.user, Record, "change")
    lines = _lines(list(page.object_list), editable)
    context = {"record": record, "pk": pk, "lines": lines, "page_obj": page}
    return TemplateResponse(request, "cms/admin/history.html", context)


def restore(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """Show what giving back the old values would change; on POST, do it."""
    if not may(request.user, Record, "change"):
        raise PermissionDenied
    user: Any = request.user
    record = get_object_or_404(Record, pk=pk)
    chosen = get_object_or_404(
        Change, pk=change, record_id=pk, action=Change.Action.EDIT
    )
    if request.method == "POST":
        try:
            kept = workflow.pending(record)
            workflow.edit(record, with_dates(record, chosen.before, kept), user)
        except ArchiveError as error:
            messages.error(request, str(error))
        else:
            data = {"fields": sorted(chosen.before)}
            log(record, "wagtail.revert", user=user, data=data)
            messages.success(request, _("已恢复原来的值。"))
            return redirect(reverse(EDIT, args=(pk,)))
    now = workflow.live(record, chosen.before)
    context = {
        "record": record,
        "change": chosen,
        "lines": differences(now, chosen.before),
    }
    return TemplateResponse(request, "cms/admin/restore.html", context)


def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the changes that wait for review, once it is confirmed."""
    if not may(request.user, Record, "change"):
        raise PermissionDenied
    record = get_object_or_404(Record, pk=pk)
    if request.method == "POST":
        user: Any = request.user
        workflow.discard(record, user)
        messages.success(request, _("已放弃未发布的改动。"))
        return redirect(reverse(EDIT, args=(pk,)))
    waiting = workflow.pending(record)
    lines = differences(workflow.live(record, waiting), waiting)
    context = {"record": record, "lines": lines}
    return TemplateResponse(request, "cms/admin/discard.html", context)


def _lines(changes: Sequence[Change], editable: bool) -> list[Line]:
    befores = in_words([change.before for change in changes])
    afters = in_words([change.after for change in changes])
    return [
        _line(change, before, after, editable)
        for change, before, after in zip(changes, befores, afters, strict=True)
    ]


def _line(change: Change, before: State, after: State, editable: bool) -> Line:
    found = differences(before, after)
    if change.action == Change.Action.DELETE:
        found = differences(before, {})
    restorable = editable and change.action == Change.Action.EDIT and bool(found)
    return Line(change, found, restorable)
