"""Records (档案) in the admin."""

from typing import Any

from django.utils.translation import pgettext_lazy
from wagtail.snippets.views.snippets import SnippetViewSet

from archive.models import Record
from archive.seen import DESCRIPTION, STAFF_DESCRIPTION
from cms.admin import record_views
from cms.admin.record_chooser import RecordChooserViewSet
from cms.admin.record_filters import RecordFilterSet
from cms.admin.record_panels import edit_handler
from cms.admin.viewset import TranslatedTrail


class RecordViewSet(TranslatedTrail, SnippetViewSet):
    model = Record
    icon = "doc-full-inverse"
    menu_label = pgettext_lazy("plural", "档案")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = (
        *("parent", "level", "reference_code", "title"),
        *("date_original", "date_display"),
    )
    list_per_page = 50
    filterset_class = RecordFilterSet
    index_view_class = record_views.IndexView
    add_view_class = record_views.CreateView
    edit_view_class = record_views.EditView
    delete_view_class = record_views.DeleteView
    inspect_view_class = record_views.InspectView
    chooser_viewset_class = RecordChooserViewSet
    index_template_name = record_views.IndexView.template_name
    index_results_template_name = record_views.IndexView.results_template_name
    create_template_name = record_views.CreateView.template_name
    edit_template_name = record_views.EditView.template_name
    inspect_template_name = record_views.InspectView.template_name

    def get_edit_handler(self) -> Any:
        return edit_handler().bind_to_model(self.model)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing refers to records through Wagtail's reference index."""
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {**common, "usage_url_name": None}

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = (*self.inspect_view_fields, *DESCRIPTION, *STAFF_DESCRIPTION, "tags")
        described: dict[str, Any] = super().get_inspect_view_kwargs(**kwargs)
        return {**described, "fields": names}
