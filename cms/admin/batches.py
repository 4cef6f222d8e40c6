"""Batches (批次): what was imported or changed together, and undoing it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from archive import batches
from archive.errors import ArchiveError
from archive.importing.run import previews
from archive.models import Batch, Record
from cms.admin.imports import CheckView, UploadView, lines, progress
from cms.admin.permissions import may
from cms.admin.record_export import ExportView
from cms.admin.viewset import WIDE, HoldingViewSet

_SHOWN = 200


class IndexView(generic.IndexView):
    default_ordering = "-id"
    any_permission_required = ["view"]
    page_title = verbose_name_plural = pgettext_lazy("plural", "批次")

    def get_base_queryset(self) -> QuerySet[Batch]:
        return Batch.objects.select_related("by", "undone_by").annotate(
            change_count=Count("changes")
        )

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if may(self.request.user, Record, "add"):
            url = reverse("batch:import")
            buttons.append(HeaderButton(_("导入"), url=url, icon_name="upload"))
        return buttons

    @property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "label",
                label=_("名称"),
                get_url=lambda batch: reverse("batch:inspect", args=(batch.pk,)),
            ),
            Column("kind", label=_("种类"), accessor="get_kind_display"),
            Column("change_count", label=_("修改"), classname=WIDE),
            Column("by", label=_("经办人"), classname=WIDE),
            DateColumn("at", label=_("时间"), sort_key="at"),
            DateColumn("undone_at", label=_("撤销时间"), classname=WIDE),
        ]


class InspectView(generic.InspectView):
    template_name = "cms/admin/batch_inspect.html"
    any_permission_required = ["view"]

    def get_fields_context(self) -> list[dict[str, Any]]:
        """The template names them."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        batch: Batch = self.object
        return {
            **context,
            "previews": [
                {"code": one.reference_code, "lines": lines(one.before, one.after)}
                for one in previews(batch, 50)
            ],
            "change_count": batch.changes.count(),
            "problems": batch.details.get("problems", []),
            "may_undo": batch.undone_at is None
            and may(self.request.user, Record, "delete"),
            "undo_url": reverse("batch:undo", args=(batch.pk,)),
        }


class UndoForm(forms.Form):
    how = forms.ChoiceField(
        label=gettext_lazy("怎样撤销"),
        widget=forms.RadioSelect,
        initial="all",
        choices=[
            ("all", gettext_lazy("全部撤销，否则什么都不动")),
            ("partial", gettext_lazy("只撤销可以撤销的，其余留下")),
        ],
    )
    overwrite = forms.BooleanField(
        label=gettext_lazy("放弃后来的修改"),
        required=False,
        help_text=gettext_lazy("清单中“会丢失”的后来的工作一并撤销，不能恢复。"),
    )


class UndoView(WagtailAdminTemplateMixin, FormView[UndoForm]):
    """What undoing would do, and the button that does it."""

    template_name = "cms/admin/batch_undo.html"
    form_class = UndoForm
    page_title = gettext_lazy("撤销批次")
    header_icon = "undo"
    breadcrumbs_items = ()

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, Record, "delete"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def batch(self) -> Batch:
        return get_object_or_404(Batch, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.batch)

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        try:
            done = batches.undo(
                self.batch,
                user,
                overwrite=form.cleaned_data["overwrite"],
                partial=form.cleaned_data["how"] == "partial",
            )
        except ArchiveError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        message = _("收回 %(removed)d 件，还原 %(restored)d 件，留下 %(left)d 处。")
        values = {
            "removed": done.removed,
            "restored": done.restored,
            "left": len(done.left),
        }
        messages.success(self.request, message % values)
        if done.waits:
            told = _("其中已发布的著录，须经另一人审核发布之后，读者才能看到改动。")
            messages.info(self.request, told)
        return redirect("batch:inspect", self.batch.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found = batches.preview(self.batch)
        return {
            **context,
            "batch": self.batch,
            "found": found,
            "removed": found.removed[:_SHOWN],
            "lost": found.lost[:_SHOWN],
            "impossible": found.impossible[:_SHOWN],
            "back_url": reverse("batch:inspect", args=(self.batch.pk,)),
        }


class BatchViewSet(HoldingViewSet):
    """Who may work with records may work with what was done to them together."""

    model = Batch
    name = "batch"
    url_prefix = "archive/batches"
    icon = "history"
    menu_label = gettext_lazy("导入与批次")
    views = ("index", "inspect")
    inspect_view_enabled = True
    index_view_class = IndexView
    inspect_view_class = InspectView
    exclude_form_fields = ("details",)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("import/", UploadView.as_view(), name="import"),
            path("import/<uuid:token>/", CheckView.as_view(), name="import_check"),
            path(
                "import/<uuid:token>/progress/",
                progress,
                name="import_progress",
            ),
            path("export/", ExportView.as_view(), name="export"),
            path("undo/<int:pk>/", UndoView.as_view(), name="undo"),
        ]
