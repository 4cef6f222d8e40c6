"""The thesaurus in and out of the admin: upload, what would happen, write; download."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from archive.models import Subject
from archive.subjects import exchange
from archive.subjects.bringing import Report
from cms.admin import uploads
from cms.admin.permissions import may
from cms.admin.subject_log import note_import

MAX_UPLOAD = 20_000_000
_SHOWN = 200


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("词表文件"),
        help_text=gettext_lazy(
            "CSV 或 XLSX（表头：编号、正式词、英文、非正式词、上位词、相关词、"
            "范围注释、来源、状态），或 SKOS（Turtle、RDF/XML）。"
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ttl,.rdf,.xml"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            message = _("文件超过 %(n)d MB；请用命令 manage.py thesaurus 导入。")
            raise forms.ValidationError(message % {"n": MAX_UPLOAD // 1_000_000})
        return file


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("格式"),
        choices=[
            ("csv", gettext_lazy("CSV，可再导入")),
            ("ttl", "SKOS（Turtle）"),
            ("rdf", "SKOS（RDF/XML）"),
        ],
    )


class _View(WagtailAdminTemplateMixin, FormView[Any]):
    header_icon = "list-ul"
    action = "view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("subject:index"), "label": _("主题词表")},
            {"url": "", "label": self.page_title},
        ]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, Subject, self.action):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ExportView(_View):
    template_name = "cms/admin/subject_export.html"
    form_class = ExportForm
    page_title = gettext_lazy("导出主题词表")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "count": Subject.objects.count()}

    def form_valid(self, form: Any) -> Any:
        suffix = form.cleaned_data["format"]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "thesaurus"
            exchange.write(path, suffix)
            file = path.open("rb")
        today = timezone.localdate().strftime("%Y%m%d")
        name = _("主题词表-%(date)s") % {"date": today}
        return FileResponse(file, as_attachment=True, filename=f"{name}.{suffix}")


class UploadView(_View):
    template_name = "cms/admin/import_upload.html"
    form_class = UploadForm
    page_title = gettext_lazy("导入主题词表")
    action = "add"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        explained = _(
            "按编号、其次按词更新已有的主题词，其余新建；空格不改，“（清空）”清空。"
            "有任何问题就全部不写入。先检查，再写入。"
        )
        return {**context, "explained": explained}

    def form_valid(self, form: Any) -> HttpResponse:
        file = form.cleaned_data["file"]
        token = uploads.keep(self.request, file, "")
        return redirect("archive_subjects_check", token)


class CheckView(uploads.UploadedMixin, _View):
    """What an import would do; and the import itself."""

    template_name = "cms/admin/subject_check.html"
    form_class = forms.Form
    page_title = gettext_lazy("导入主题词表")
    action = "add"
    report: Report | None = None

    def form_valid(self, form: Any) -> HttpResponse:
        if not may(self.request.user, Subject, "change"):
            raise PermissionDenied
        self.report = self._read(dry_run=False)
        if self.report.problems:
            messages.error(self.request, _("没有写入；请看下面的问题。"))
            return self.render_to_response(self.get_context_data(form=form))
        note_import(self.report, self.request.user)
        uploads.forget(self.token)
        message = _("新建 %(created)d，更新 %(updated)d。") % self.report.as_json()
        messages.success(self.request, message)
        return redirect("subject:index")

    def _read(self, *, dry_run: bool) -> Report:
        path, name = uploads.path_of(self.token), self.upload["name"]
        return exchange.read(path, name, dry_run=dry_run)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        report = self.report or self._read(dry_run=True)
        return {
            **context,
            "name": self.upload["name"],
            "report": report,
            "problems": report.problems[:_SHOWN],
            "problem_count": len(report.problems),
            "notices": report.notices[:_SHOWN],
            "can_run": not report.problems and (report.created or report.updated),
        }
