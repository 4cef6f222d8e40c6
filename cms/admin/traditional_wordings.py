"""The house's own wordings in 繁體, in the menu of settings."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from cms.admin.viewset import HoldingViewSet
from cms.models import TraditionalWording


class IndexView(generic.IndexView):
    default_ordering = "simplified"
    any_permission_required = ["view", "add", "change"]


class WordingViewSet(HoldingViewSet):
    """Editors' own: no holding, so not behind the gate of the archive."""

    model = TraditionalWording
    name = "wording"
    url_prefix = "wordings"
    icon = "globe"
    menu_label = _("繁体用词")
    menu_order = 610
    add_to_settings_menu = True
    views = ("index", "add", "edit", "delete")
    index_view_class = IndexView
    search_fields = ("simplified", "traditional", "note")
    exclude_form_fields = ("changed",)
    list_display: Any = (
        "simplified",
        Column("traditional", label=_("繁体")),
        Column("note", label=_("说明")),
        DateColumn("changed", label=_("改动时间")),
    )


wordings = WordingViewSet()
