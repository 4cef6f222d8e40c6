"""Changing many records at once: choose, see what would change, then do it."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from archive import bulkedit, workflow
from archive.bulkedit import FIELDS, TAG_ACTIONS, Action, Operation, Preview
from archive.errors import ArchiveError
from archive.models import Record
from archive.vocabulary import DescriptionStatus
from cms.admin.permissions import may
from cms.admin.selection import chosen
from cms.description import field_label

LIST = "wagtailsnippets_archive_record:list"
MAX_RECORDS = 10_000
SHOWN = 100


class OperationForm(forms.Form):
    action = forms.ChoiceField(label=gettext_lazy("怎样改"), choices=Action.choices)
    field = forms.ChoiceField(label=gettext_lazy("项目"), required=False)
    find = forms.CharField(
        label=gettext_lazy("查找"),
        required=False,
        strip=False,
        help_text=gettext_lazy("只用于“查找并替换”。"),
    )
    value = forms.CharField(
        label=gettext_lazy("内容"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("多个标签用分号隔开。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, field_label(name)) for name in FIELDS]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]

    def operation(self) -> Operation:
        cleaned = self.cleaned_data
        action = Action(cleaned["action"])
        field = "tags" if action in TAG_ACTIONS else cleaned["field"]
        return Operation(field, action, cleaned["value"], cleaned["find"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        action = cleaned.get("action")
        if action not in TAG_ACTIONS and not cleaned.get("field"):
            self.add_error("field", _("请选择要改的项目。"))
        return cleaned


class BulkEditSelected(BulkAction):
    """The records ticked in the list go to the form below."""

    display_name = gettext_lazy("批量修改")
    aria_label = gettext_lazy("批量修改所选档案")
    action_type = "edit_many"
    action_priority = 5
    models = [Record]
    template_name = "cms/admin/bulk_action.html"

    def check_perm(self, obj: Any) -> bool:
        return may(self.request.user, Record, "change")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = [("id", one) for one in request.GET.getlist("id") if one.isdecimal()]
        back = [("next", request.GET.get("next", ""))]
        return redirect(f"{reverse('archive_bulk_edit')}?{urlencode(asked + back)}")


def bulk_edit(request: HttpRequest) -> HttpResponse:
    """The form; with ``preview`` what would change; with ``apply`` the change.

    What is chosen stands in the address (``selection.chosen``). ``apply`` carries
    the mark of what was shown: if that has changed since, it is shown again.
    """
    if not may(request.user, Record, "change"):
        raise PermissionDenied
    records = chosen(request)
    count = records.count()
    form = OperationForm(request.POST or None)
    context = {
        "form": form,
        "count": count,
        "too_many": count > MAX_RECORDS,
        "limit": MAX_RECORDS,
        "back": _back(request),
    }
    if request.method == "POST" and not context["too_many"] and form.is_valid():
        operation = form.operation()
        try:
            looked = bulkedit.preview(records, operation)
            mark = _mark(looked)
            if "apply" in request.POST and request.POST.get("mark") == mark:
                return _apply(request, records, operation, len(looked.lines))
        except ArchiveError as error:
            form.add_error(None, str(error))
        else:
            if "apply" in request.POST:
                messages.warning(request, _("预览之后档案又有改动，请再核对一次。"))
            context |= _shown(looked, operation, mark)
    return TemplateResponse(request, "cms/admin/bulk_edit.html", context)


def _apply(
    request: HttpRequest, records: Iterable[Record], operation: Operation, count: int
) -> HttpResponseRedirect:
    user: Any = request.user
    published = DescriptionStatus.PUBLISHED
    waits = any(one.description_status == published for one in records)
    bulkedit.apply(records, operation, user, workflow.edit_many)
    done = ngettext("已修改 %(n)d 条档案。", "已修改 %(n)d 条档案。", count)
    messages.success(request, done % {"n": count})
    if waits:
        told = _("其中已发布的著录，须经另一人审核发布之后，读者才能看到改动。")
        messages.info(request, told)
    return HttpResponseRedirect(_back(request))


def _shown(looked: Preview, operation: Operation, mark: str) -> dict[str, Any]:
    return {
        "preview": looked,
        "lines": looked.lines[:SHOWN],
        "more": max(0, len(looked.lines) - SHOWN),
        "problems": looked.problems[:SHOWN],
        "what": bulkedit.describe(operation),
        "mark": mark,
    }


def _mark(looked: Preview) -> str:
    """The same for the same changes."""
    digest = hashlib.sha256()
    for line in looked.lines:
        digest.update(f"{line.record.pk}\0{line.before}\0{line.after}\0".encode())
    return digest.hexdigest()


def _back(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse(LIST)
