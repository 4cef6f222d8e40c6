"""The tree in the admin: the pane beside the list, moving, ordering, numbering."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from archive import numbering as numbers
from archive import records, tree
from archive.errors import ArchiveError, NotSiblings
from archive.models import Record
from archive.tree import Recoding
from archive.vocabulary import Level
from cms.admin.permissions import may
from cms.admin.record_chooser import RecordChooser

NODES_A_PAGE = 100
SHOWN = 200
INSPECT = "wagtailsnippets_archive_record:inspect"


@dataclass(frozen=True, slots=True)
class Pane:
    """The way down to ``node`` (None: the top) and one page of what is below it."""

    above: list[Record]
    node: Record | None
    nodes: list[Record]
    page: "Page[int]"


def pane(code: str, page: str) -> Pane:
    """What the tree shows for a list ``within`` this code; few queries at any size."""
    node = records.resolve(code) if code else None
    ids = node.ancestor_ids if node else []
    found = Record.objects.in_bulk(ids)
    below = Record.objects.filter(parent=node).order_by("position", "pk")
    ordered = Paginator(below.values_list("pk", flat=True), NODES_A_PAGE).get_page(page)
    has_children = Exists(Record.objects.filter(parent=OuterRef("pk")))
    shown = Record.objects.annotate(has_children=has_children).in_bulk(
        list(ordered.object_list)
    )
    nodes: list[Record] = [shown[pk] for pk in ordered.object_list if pk in shown]
    return Pane([found[pk] for pk in ids if pk in found], node, nodes, ordered)


class MoveForm(forms.Form):
    parent = forms.ModelChoiceField(
        label=gettext_lazy("移动到"),
        queryset=Record.objects.all(),
        widget=RecordChooser,
        help_text=gettext_lazy("移到它的下级，排在最后。"),
    )
    recode = forms.BooleanField(
        label=gettext_lazy("档号随新的上级改变，原档号仍可查到"),
        required=False,
        initial=True,
    )


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another parent for a record: the new codes are shown before anything is done."""
    record = _changeable(request, pk)
    form = MoveForm(request.POST or None)
    context: dict[str, Any] = {"record": record, "form": form}
    if request.method == "POST" and form.is_valid():
        parent: Record = form.cleaned_data["parent"]
        recode: bool = form.cleaned_data["recode"]
        plan = tree.recodings(record, parent) if recode else []
        try:
            if "apply" in request.POST:
                return _moved(request, record, parent, recode)
        except ArchiveError as error:
            form.add_error(None, str(error))
        context |= {"plan": plan[:SHOWN], "count": len(plan), "previewed": True}
    return TemplateResponse(request, "cms/admin/move.html", context)


def _moved(
    request: HttpRequest, record: Record, parent: Record, recode: bool
) -> HttpResponse:
    user: Any = request.user
    tree.move(record, parent, user, recode=recode)
    log(record, "wagtail.edit", user=user, data={"fields": ["parent"]})
    messages.success(request, _("已移动到“%(code)s”之下。") % {"code": parent})
    return redirect(INSPECT, record.pk)


class PlaceForm(forms.Form):
    before = forms.CharField(
        label=gettext_lazy("插到此档号之前"),
        help_text=gettext_lazy("同一上级之下的另一条档案的档号。"),
    )


def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a record before one of its siblings."""
    record = _changeable(request, pk)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sibling = records.resolve(form.cleaned_data["before"])
        try:
            if sibling is None:
                raise NotSiblings
            user: Any = request.user
            tree.insert_before(record, sibling, user)
        except ArchiveError as error:
            form.add_error("before", str(error))
        else:
            values = {"code": sibling.reference_code}
            messages.success(request, _("已排在“%(code)s”之前。") % values)
            return redirect(INSPECT, record.pk)
    context = {"record": record, "form": form}
    return TemplateResponse(request, "cms/admin/place.html", context)


def numbering(request: HttpRequest, pk: int) -> HttpResponse:
    """The running numbers below a record; on POST, fresh ones for those wrong."""
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    record = get_object_or_404(Record, pk=pk)
    reports = []
    for level in (Level.FILE, Level.ITEM):
        report = numbers.numbering(record, level)
        if report.count:
            plan = numbers.renumbering(record, level, report)
            reports.append((level, report, plan[:SHOWN], len(plan)))
    if request.method == "POST":
        return _renumbered(request, record, request.POST.get("level", ""))
    context = {
        "record": record,
        "reports": reports,
        "may_change": may(request.user, Record, "change"),
        "limit": SHOWN,
    }
    return TemplateResponse(request, "cms/admin/numbering.html", context)


def _renumbered(request: HttpRequest, record: Record, level: str) -> HttpResponse:
    if not may(request.user, Record, "change"):
        raise PermissionDenied
    plan: list[Recoding] = numbers.renumbering(record, level)
    if plan:
        user: Any = request.user
        label = _("重编 %(code)s 之下的档号") % {"code": record.reference_code}
        try:
            numbers.renumber(plan, label, user)
        except ArchiveError as error:
            messages.error(request, str(error))
        else:
            told = _("已重编 %(n)d 个档号，原档号仍可查到。") % {"n": len(plan)}
            messages.success(request, told)
    return redirect(reverse("archive_numbering", args=(record.pk,)))


def _changeable(request: HttpRequest, pk: int) -> Record:
    if not may(request.user, Record, "change"):
        raise PermissionDenied
    return get_object_or_404(Record, pk=pk)
