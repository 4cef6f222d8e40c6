"""复用内容 in the admin: reviewed like a page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, UnpublishView

from cms.admin.viewset import TranslatedTrail
from cms.models.reusable import ReusableText


class TakeDownView(UnpublishView):
    """At once and without review, as a page is taken down."""

    permission_required = "unpublish"


class ReusableTextViewSet(TranslatedTrail, SnippetViewSet):
    model = ReusableText
    icon = "copy"
    menu_label = _("复用内容")
    menu_name = "reusable"
    unpublish_view_class = TakeDownView
    copy_view_enabled = False
    list_per_page = 50
    search_fields: Any = ("name", "text")
    list_display = ("name", UpdatedAtColumn())
