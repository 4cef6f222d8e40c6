"""纠纷类型 in the admin: the house's own list."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.admin.viewset import TranslatedTrail
from cms.models.dispute_types import DisputeType


class DisputeTypeViewSet(TranslatedTrail, SnippetViewSet):
    model = DisputeType
    icon = "tag"
    menu_label = _("纠纷类型")
    menu_name = "dispute-types"
    copy_view_enabled = False
    list_per_page = 50
    search_fields: Any = ("name", "name_en")
    list_display = ("name", "name_en", "position")
