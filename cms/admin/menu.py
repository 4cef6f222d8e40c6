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
from cms.admin.dispute_types import DisputeTypeViewSet
from cms.admin.fixed_wordings import WordingViewSet
from cms.admin.folios import FolioViewSet
from cms.admin.grants import GrantViewSet
from cms.admin.jobs import JobViewSet
from cms.admin.permissions import may
from cms.admin.records import RecordViewSet
from cms.admin.reusable import ReusableTextViewSet
from cms.admin.sign_offs import SignOffViewSet
from cms.admin.subjects import SubjectViewSet
from cms.admin.tags import TagViewSet
from cms.admin.takedowns import TakedownViewSet
from cms.admin.templates import TemplateViewSet
from cms.models import VisitCount


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
        TakedownViewSet,
        JobViewSet,
        TemplateViewSet,
        CodeTemplateViewSet,
    )


class EditingGroup(SnippetViewSetGroup):
    """编辑工作: what stands beside the pages while they are written and reviewed."""

    menu_label = _("编辑工作")
    menu_name = "editing"
    menu_icon = "edit"
    menu_order = 110
    items = (WordingViewSet, ReusableTextViewSet, DisputeTypeViewSet, SignOffViewSet)


class HouseMenuItem(MenuItem):
    """Shown to those who may see records."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Record, "view")


class VisitsMenuItem(MenuItem):
    """Shown to those who may see how often pages were read."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, VisitCount, "view")
