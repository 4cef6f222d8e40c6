"""What is done with concepts besides describing them."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from archive.errors import ArchiveError
from archive.models import Record, RecordTerm, Subject
from archive.subjects import editing
from archive.subjects.found import Said, bearers, read
from cms.admin.permissions import may
from cms.admin.subject_forms import SubjectField
from cms.admin.subject_log import note_merge

LONGEST = 500


class MergeForm(forms.Form):
    into = SubjectField(
        label=gettext_lazy("并入"),
        help_text=gettext_lazy("留下的主题词；它得到对方的全部词、下位词和档案。"),
    )

    class Media:
        js = [Script("cms/admin/suggest.js", type="module")]


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another concept take this one's place: first looked at, then done."""
    if not (
        may(request.user, Subject, "change") and may(request.user, Subject, "delete")
    ):
        raise PermissionDenied
    subject = get_object_or_404(Subject, pk=pk)
    form = MergeForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "subject": subject}
    if request.method == "POST" and form.is_valid():
        into: Subject = form.cleaned_data["into"]
        if into.pk == subject.pk:
            form.add_error("into", _("请选择另一个主题词作为合并的去向。"))
        elif "apply" in request.POST and request.POST.get("mark") == into.number:
            try:
                return _merge(request, subject, into)
            except ArchiveError as error:
                form.add_error(None, str(error))
        else:
            context |= {"sides": [_side(subject), _side(into)], "into": into}
    return TemplateResponse(request, "cms/admin/subject_merge.html", context)


def _merge(request: HttpRequest, subject: Subject, into: Subject) -> HttpResponse:
    label = f"{subject.label}（{subject.number}）"
    with transaction.atomic():
        editing.merge([subject], into)
        note_merge(into, [label], request.user)
    told = _("已并入“%(label)s”；原来的词和编号都通到它。") % {"label": into.label}
    messages.success(request, told)
    return redirect("subject:inspect", into.pk)


def _side(subject: Subject) -> dict[str, Any]:
    """One of the two, as the preview shows them beside each other."""
    own = RecordTerm.objects.filter(term__subject=subject)
    return {
        "subject": subject,
        "names": list(subject.terms.order_by("text").values_list("text", flat=True)),
        "narrower": subject.narrower.count(),
        "related": subject.related.count(),
        "records": own.values("record").distinct().count(),
        "all_records": bearers(subject).count(),
    }


def read_names(request: HttpRequest) -> JsonResponse:
    """``?text=`` → ``{"names": [{"name", "said", "known"}]}``: what each name of an
    element's text leads to, in words.
    """
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    said = read(request.GET.get("text", "")[:LONGEST])
    return JsonResponse({"names": [_told(one) for one in said]})


def _told(one: Said) -> dict[str, Any]:
    if not one.number:
        return {"name": one.name, "said": _("自由词"), "known": False}
    path = " › ".join(one.path)
    return {"name": one.name, "said": path, "known": True}
