"""Exporting the records of a list, as it is filtered, from the admin."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from archive.errors import ArchiveError
from archive.exporting import CATALOGUE, FILING_LIST
from archive.models import Record
from cms.admin.permissions import may
from cms.admin.record_filters import RecordFilterSet
from cms.admin.record_search import Found, find
from cms.exports import export_logged


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("格式"), choices=[("xlsx", "XLSX"), ("csv", "CSV")]
    )
    layout = forms.ChoiceField(
        label=gettext_lazy("内容"),
        choices=[
            (CATALOGUE, gettext_lazy("全部著录项，可再导入")),
            (FILING_LIST, gettext_lazy("归档文件目录")),
        ],
    )


class ExportView(WagtailAdminTemplateMixin, FormView[ExportForm]):
    """The query string is that of the list of records."""

    template_name = "cms/admin/export.html"
    form_class = ExportForm
    page_title = gettext_lazy("导出目录")
    header_icon = "download"
    breadcrumbs_items = ()

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, Record, "view"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def found(self) -> Found:
        filtered = RecordFilterSet(
            self.request.GET, queryset=Record.objects.all(), request=self.request
        )
        records: QuerySet[Record] = filtered.qs.order_by("pk")
        typed = self.request.GET.get("q", "")
        return find(typed, records, ranked=False) if typed else Found(records)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "count": self.found.records.count(), "found": self.found}

    def form_valid(self, form: Any) -> Any:
        file_format, layout = form.cleaned_data["format"], form.cleaned_data["layout"]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export"
            try:
                export_logged(
                    self.found.records,
                    path,
                    file_format,
                    layout,
                    user=self.request.user,
                    asked=self.request.GET.urlencode(),
                )
            except ArchiveError as error:
                form.add_error(None, str(error))
                return self.form_invalid(form)
            file = path.open("rb")
        name = _("目录-%(date)s") % {"date": timezone.localdate().strftime("%Y%m%d")}
        return FileResponse(file, as_attachment=True, filename=f"{name}.{file_format}")
