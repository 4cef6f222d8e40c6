"""固定表述: the house's list, and taking it in and out as CSV."""

import csv
import io
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.admin.permissions import may
from cms.admin.viewset import WIDE, TranslatedTrail
from cms.models.fixed_wordings import FixedWording, lines

COLUMNS = ("标准写法", "不用的写法", "也可以的写法", "必须改正", "说明", "依据")
_FIELDS = ("wording", "variants", "also_right", "blocking", "note", "source")
_MANY = ("variants", "also_right")
_BETWEEN = "|"
MAX_BYTES = 1_000_000


class WordingIndexView(IndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        address = reverse("editing_wordings_export")
        buttons = [
            *super().header_more_buttons,
            Button(_("导出"), url=address, icon_name="download", priority=60),
        ]
        if may(self.request.user, FixedWording, "add"):
            address = reverse("editing_wordings_import")
            buttons.append(
                Button(_("导入"), url=address, icon_name="upload", priority=61)
            )
        return buttons


class WordingViewSet(TranslatedTrail, SnippetViewSet):
    model = FixedWording
    icon = "openquote"
    menu_label = gettext_lazy("固定表述")
    menu_name = "wordings"
    index_view_class = WordingIndexView
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ("wording", "shown", "also_right", "must", "note", "source")
    list_per_page = 50
    search_fields = ("wording", "variants", "also_right")
    list_display = (
        "wording",
        Column("variants", label=gettext_lazy("不用的写法"), accessor="shown"),
        Column("blocking", label=gettext_lazy("必须改正"), accessor="must"),
        Column("source", label=gettext_lazy("依据"), classname=WIDE),
    )
    edit_handler = ObjectList([FieldPanel(name) for name in _FIELDS])


def export(request: HttpRequest) -> HttpResponse:
    """The list as CSV; several variants in a cell are parted by ``|``."""
    if not may(request.user, FixedWording, "view"):
        raise PermissionDenied
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="fixed-wordings.csv"'
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    for one in FixedWording.objects.all():
        writer.writerow([_cell(one, name) for name in _FIELDS])
    return answer


def _cell(one: FixedWording, name: str) -> str:
    value = getattr(one, name)
    if name in _MANY:
        return _BETWEEN.join(lines(value))
    return ("是" if value else "") if name == "blocking" else str(value)


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("CSV 文件"))

    def clean_file(self) -> list[FixedWording]:
        """The wordings of the file, all of them good, or what is wrong where."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(_("文件太大：表述表不超过 1 MB。"))
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            told = _("文件不是 UTF-8 编码的文本，请另存为“CSV UTF-8”。")
            raise ValidationError(told) from error
        return read(text)


def read(text: str) -> list[FixedWording]:
    """``ValidationError`` names every row that cannot be taken in, and why."""
    rows = csv.DictReader(io.StringIO(text))
    if not {*COLUMNS[:2]} <= {*(rows.fieldnames or ())}:
        told = _("第一行应是表头，至少有“标准写法”和“不用的写法”两列。")
        raise ValidationError(told)
    made: dict[str, FixedWording] = {}
    problems = []
    for number, row in enumerate(rows, 2):
        values = {name: (row.get(head) or "").strip() for head, name in _heads()}
        one = FixedWording(**{**values, "blocking": values["blocking"] == "是"})
        for name in _MANY:
            setattr(one, name, getattr(one, name).replace(_BETWEEN, "\n"))
        try:
            one.clean_fields()
            one.clean()
        except ValidationError as error:
            why = "；".join(error.messages)
            problems.append(_("第 %(n)s 行：%(why)s") % {"n": number, "why": why})
        made[one.wording] = one
    if problems:
        raise ValidationError(problems)
    return list(made.values())


def _heads() -> list[tuple[str, str]]:
    return list(zip(COLUMNS, _FIELDS, strict=True))


def load(request: HttpRequest) -> HttpResponse:
    """Add the wordings of a CSV file; those that are there are brought up to it."""
    if not may(request.user, FixedWording, "add"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        with transaction.atomic():
            for one in given:
                values = {name: getattr(one, name) for name in _FIELDS}
                FixedWording.objects.update_or_create(
                    wording=one.wording, defaults=values
                )
        messages.success(request, _("已导入 %(n)d 条固定表述。") % {"n": len(given)})
        return redirect(WordingViewSet().get_url_name("list"))
    context: dict[str, Any] = {"form": form, "columns": "、".join(COLUMNS)}
    return TemplateResponse(request, "cms/admin/wordings_import.html", context)
