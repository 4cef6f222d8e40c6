"""Importing a table in the admin: upload, columns, what would happen, run.

The import runs in the request, so the number of rows is limited; the command line
has no limit. The page asks meanwhile how far it is.
"""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from archive.description import label
from archive.importing import ImportReport, Source, import_table
from archive.importing.run import remembered_mapping
from archive.importing.source import IGNORED, attribute_for
from archive.models import Record
from archive.tables.columns import attribute_choices
from archive.tables.problems import Problems
from archive.tables.reading import read_table
from cms.admin import uploads
from cms.admin.differences import FOLLOWING, shown
from cms.admin.permissions import may

MAX_ROWS = 5_000
MAX_UPLOAD = 20_000_000
# More rows are checked from the page, which then shows the progress.
AT_ONCE = 300
_SHOWN = 200


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("著录表"),
        help_text=gettext_lazy("CSV 或 XLSX；第一行是表头，必须有“档号”一列。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    sheet = forms.CharField(
        label=gettext_lazy("工作表"),
        required=False,
        help_text=gettext_lazy("XLSX 的工作表名；留空则用第一个。"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            message = _("文件超过 %(n)d MB；请用命令 manage.py import 导入。")
            raise forms.ValidationError(message % {"n": MAX_UPLOAD // 1_000_000})
        return file


class MappingForm(forms.Form):
    """A choice for each head: what its column is imported as."""

    def __init__(self, heads: list[str], chosen: dict[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.heads = list(dict.fromkeys(head.strip() for head in heads if head.strip()))
        choices = [("", _("（请选择）")), (IGNORED, _("（不导入）"))]
        choices += [(name, label(name)) for name in attribute_choices()]
        names = {name for name, _label in choices}
        for index, head in enumerate(self.heads):
            known = chosen.get(head) or attribute_for(head, {}) or ""
            self.fields[f"column{index}"] = forms.ChoiceField(
                label=head,
                choices=choices,
                initial=known if known in names else IGNORED,
                required=False,
            )

    def mapping(self) -> dict[str, str]:
        chosen = {
            head: self.cleaned_data[f"column{index}"]
            for index, head in enumerate(self.heads)
        }
        return {head: attribute for head, attribute in chosen.items() if attribute}


class _ImportView(WagtailAdminTemplateMixin, FormView[Any]):
    page_title = gettext_lazy("导入著录表")
    header_icon = "upload"
    breadcrumbs_items = ()

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        user = request.user
        if not (may(user, Record, "add") and may(user, Record, "change")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UploadView(_ImportView):
    template_name = "cms/admin/import_upload.html"
    form_class = UploadForm

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        token = uploads.keep(self.request, data["file"], data["sheet"])
        return redirect("batch:import_check", token)


class CheckView(uploads.UploadedMixin, _ImportView):
    """The columns, and what an import with them would do; and the import itself."""

    template_name = "cms/admin/import_check.html"
    form_class = MappingForm
    report: ImportReport | None = None

    @cached_property
    def lines(self) -> list[list[str]]:
        path = uploads.path_of(self.token)
        return read_table(path, Problems(), self.upload["sheet"], MAX_ROWS).lines

    @property
    def heads(self) -> list[str]:
        return self.lines[0] if self.lines else []

    @cached_property
    def mapping(self) -> dict[str, str]:
        if self.upload["mapping"] is None:
            return remembered_mapping(self.heads)
        return dict(self.upload["mapping"])

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return {**kwargs, "heads": self.heads, "chosen": self.mapping}

    def form_valid(self, form: Any) -> HttpResponse:
        self.mapping = form.mapping()
        upload = {**self.upload, "mapping": self.mapping}
        uploads.remember(self.request, self.token, upload)
        if "run" not in self.request.POST:
            self.report = self._import(dry_run=True)
            # The choices as they are now remembered.
            return self.render_to_response(self.get_context_data(form=form))
        atomic = "atomic" in self.request.POST
        report = self._import(dry_run=False, atomic=atomic)
        if report.batch is None:
            self.report = report
            messages.error(self.request, _("没有写入任何档案；请看下面的问题。"))
            return self.render_to_response(self.get_context_data(form=form))
        uploads.forget(self.token)
        message = _("新建 %(created)d，更新 %(updated)d；问题 %(problems)d。")
        values = {**report.as_json(), "problems": len(report.problems)}
        messages.success(self.request, message % values)
        return redirect(reverse("batch:inspect", args=(report.batch,)))

    def _import(self, *, dry_run: bool, atomic: bool = False) -> ImportReport:
        source = Source(
            uploads.path_of(self.token),
            self.upload["name"],
            self.upload["sheet"],
            self.mapping,
        )
        user: Any = self.request.user
        return import_table(
            source,
            user,
            dry_run=dry_run,
            atomic=atomic,
            most=MAX_ROWS,
            advance=uploads.Counter(self.token).advance,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= {
            "name": self.upload["name"],
            "rows": max(0, len(self.lines) - 1),
            "progress_url": reverse("batch:import_progress", args=(self.token,)),
        }
        if self.report is None and AT_ONCE < context["rows"] <= MAX_ROWS:
            return context
        report = self.report or self._import(dry_run=True)
        problems = report.as_json()["problems"]
        return {
            **context,
            "report": report,
            "problems": problems[:_SHOWN],
            "problem_count": len(problems),
            "notices": report.notices[:_SHOWN],
            "previews": [
                {"code": one.reference_code, "lines": lines(one.before, one.after)}
                for one in report.previews
            ],
            "can_run": bool(report.created or report.updated),
        }


def progress(request: HttpRequest, token: uuid.UUID) -> JsonResponse:
    """``{"done": rows}`` of an upload of this session; 0 once it is over."""
    if not may(request.user, Record, "change"):
        raise PermissionDenied
    if not uploads.is_of(request, token):
        raise Http404
    return JsonResponse({"done": uploads.done_of(token)})


def lines(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """A change for ``changes.html``: label, before, value."""
    return [
        {
            "label": label(name),
            "before": _shown(name, before.get(name)),
            "value": _shown(name, value) or "—",
        }
        for name, value in after.items()
        if name not in FOLLOWING
    ]


def _shown(name: str, value: Any) -> str:
    """A value as people read it; a preview has the parent by its code already."""
    return value or "" if name == "parent" else shown(name, value)
