"""The archive's part of the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.admin.batches import BatchViewSet
from cms.admin.decisions import DecisionViewSet
from cms.admin.folios import FolioViewSet
from cms.admin.grants import GrantViewSet
from cms.admin.jobs import JobViewSet
from cms.admin.records import RecordViewSet
from cms.admin.tags import TagViewSet


class ArchiveGroup(SnippetViewSetGroup):
    """档案: everything that the house holds and what is decided about it."""

    menu_label = _("档案管理")
    menu_name = "archive"
    menu_icon = "folder-open-inverse"
    menu_order = 90
    items = (
        RecordViewSet,
        FolioViewSet,
        DecisionViewSet,
        GrantViewSet,
        JobViewSet,
        TagViewSet,
        BatchViewSet,
    )
