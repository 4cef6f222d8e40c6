"""Choosing a record in a form: a searched list, never a full ``<select>``."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import chooser
from wagtail.snippets.widgets import AdminSnippetChooser

from archive.models import Record
from cms.admin.record_search import find


class RecordFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("检索"),
        widget=forms.TextInput(attrs={"placeholder": _("档号、题名或文字")}),
        required=False,
    )

    def filter(self, objects: QuerySet[Record]) -> QuerySet[Record]:
        typed = self.cleaned_data["q"]
        if not typed:
            return objects
        self.is_searching = True
        self.search_query = typed
        return find(typed, objects).records


class ChooseMixin:
    filter_form_class = RecordFilterForm

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("level", label=_("层级"), accessor="get_level_display"),
            Column("date_display", label=_("日期")),
        ]


class ChooseView(ChooseMixin, chooser.ChooseView):
    pass


class ChooseResultsView(ChooseMixin, chooser.ChooseResultsView):
    pass


class RecordChooser(AdminSnippetChooser):
    """The widget; Wagtail's own would keep the language it was started in."""

    icon = "doc-full-inverse"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Record, **kwargs)
        self.choose_one_text = _("选择档案")
        self.choose_another_text = _("另选档案")
        self.link_to_chosen_text = _("打开所选档案")


class RecordChooserViewSet(chooser.SnippetChooserViewSet):
    base_widget_class = RecordChooser
    choose_one_text = _("选择档案")
    page_title = _("选择")
    search_tab_label = _("检索")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
