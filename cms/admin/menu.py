"""The archive's part of the admin's menu."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from archive.models import Record
from cms.admin.acquisitions import AcquisitionViewSet
from cms.admin.authorities import AuthorityViewSet
from cms.admin.batches import BatchViewSet
from cms.admin.code_templates import CodeTemplateViewSet
from cms.admin.decisions import DecisionViewSet
from cms.admin.folios import FolioViewSet
from cms.admin.grants import GrantViewSet
from cms.admin.jobs import JobViewSet
from cms.admin.permissions import may
from cms.admin.records import RecordViewSet
from cms.admin.subjects import SubjectViewSet
from cms.admin.tags import TagViewSet
from cms.admin.templates import TemplateViewSet


class ArchiveGroup(SnippetViewSetGroup):
    """档案: everything that the house holds and what is decided about it."""

    menu_label = _("档案管理")
    menu_name = "archive"
    menu_icon = "folder-open-inverse"
    menu_order = 90
    # Daily work first, then the words it uses, what comes in, who may see it; last
    # what is set up once.
    items = (
        RecordViewSet,
        FolioViewSet,
        BatchViewSet,
        AuthorityViewSet,
        SubjectViewSet,
        TagViewSet,
        AcquisitionViewSet,
        DecisionViewSet,
        GrantViewSet,
        JobViewSet,
        TemplateViewSet,
        CodeTemplateViewSet,
    )


class HouseMenuItem(MenuItem):
    """Shown to those who may see records."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Record, "view")
