"""What Wagtail is told about this project's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from cms.admin import editing_rights
from cms.admin.permissions import register_policies

# First: Wagtail refuses a policy for a model that has been asked about already.
register_policies()
editing_rights.register_policies()

from cms import takedown  # noqa: E402
from cms.admin import (  # noqa: E402
    acquisition_log,
    authority_log,
    registration_log,
    subject_log,
    translating,  # noqa: F401  (registers its hooks)
    week_rollover,
)
from cms.admin.authority_merging import MergeSelected  # noqa: E402
from cms.admin.bulk_edit import BulkEditSelected  # noqa: E402
from cms.admin.content_checks import use_house_checker  # noqa: E402
from cms.admin.decisions import (  # noqa: E402
    ApproveDecisions,
    ProposeOpenness,
    RefuseDecisions,
)
from cms.admin.deletion import DeleteThroughService  # noqa: E402
from cms.admin.folio_release import ReleaseFolios  # noqa: E402
from cms.admin.jobs import RetryJobs  # noqa: E402
from cms.admin.menu import (  # noqa: E402
    ArchiveGroup,
    EditingGroup,
    HouseMenuItem,
    VisitsMenuItem,
)
from cms.admin.page_reports import REPORTS  # noqa: E402
from cms.admin.review_buttons import (  # noqa: E402
    header_sheet_buttons,
    lead_to_review,
    lead_to_snippet_review,
    sheet_buttons,
)
from cms.admin.reviews_waiting import show_waiting  # noqa: E402
from cms.admin.start import StartPanel  # noqa: E402
from cms.admin.tags import MergeTags  # noqa: E402
from cms.admin.traditional_wordings import wordings  # noqa: E402
from cms.admin.workflow_actions import (  # noqa: E402
    PublishRecords,
    ReturnRecords,
    SubmitRecords,
)
from cms.editing import clearance  # noqa: E402
from cms.knowledge import fulltexts  # noqa: E402
from cms.views.errors import not_found  # noqa: E402

STYLES = (
    "screens",
    "start",
    "tree",
    "description",
    "desk",
    "folios",
    "acquisitions",
    "volumes",
    "suggestions",
    "subjects",
    "authorities",
    "evidence",
    "visits",
    "editing",
    "classes",
    "registrations",
)
"""Style sheets of ``static/cms/admin``, one a concern; what all share comes first."""

register_snippet(ArchiveGroup)
register_snippet(EditingGroup)

for action in (
    ProposeOpenness,
    ApproveDecisions,
    RefuseDecisions,
    RetryJobs,
    BulkEditSelected,
    MergeSelected,
    ReleaseFolios,
    SubmitRecords,
    PublishRecords,
    ReturnRecords,
    MergeTags,
):
    hooks.register("register_bulk_action", action)
# After Wagtail's own, which it replaces for records and tags.
hooks.register("register_bulk_action", DeleteThroughService, order=1)
hooks.register("construct_wagtail_userbar", use_house_checker)
hooks.register("construct_page_action_menu", lead_to_review)
hooks.register("construct_snippet_action_menu", lead_to_snippet_review)
hooks.register("register_page_header_buttons", header_sheet_buttons)
hooks.register("register_page_listing_more_buttons", sheet_buttons)
hooks.register("register_page_header_buttons", week_rollover.header_buttons)
hooks.register("register_page_listing_more_buttons", week_rollover.buttons)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    from cms.admin.editing_urls import urlpatterns as of_editors
    from cms.admin.page_urls import urlpatterns as of_pages
    from cms.admin.registration_urls import urlpatterns as of_registrations
    from cms.admin.urls import urlpatterns

    return [*urlpatterns, *of_pages, *of_editors, *of_registrations]


@hooks.register("register_admin_viewset")
def wordings_viewset() -> Any:
    return wordings


@hooks.register("register_admin_menu_item")
def my_work_item() -> MenuItem:
    address = reverse("archive_my_work")
    return HouseMenuItem(_("我的工作"), address, icon_name="list-ul", order=80)


@hooks.register("register_help_menu_item")
def style_item() -> MenuItem:
    return MenuItem(_("样式一览"), reverse("style"), icon_name="view", order=900)


@hooks.register("construct_homepage_panels")
def start_panel(request: HttpRequest, panels: list[Any]) -> None:
    panel = StartPanel(request.user)
    if panel.steps:
        panels.insert(0, panel)


hooks.register("construct_homepage_panels", show_waiting)


@hooks.register("register_reports_menu_item")
def completeness_item() -> MenuItem:
    address = reverse("archive_completeness")
    return HouseMenuItem(_("著录完整性"), address, icon_name="clipboard-list")


@hooks.register("register_reports_menu_item")
def duplicates_item() -> MenuItem:
    address = reverse("archive_duplicates")
    return HouseMenuItem(_("疑似重复"), address, icon_name="copy")


@hooks.register("register_admin_urls")
def public_records_urls() -> list[URLPattern]:
    """Outside ``archive/``: for everybody who writes pages (``cms.admin.gate``)."""
    from cms.admin import broken_evidence, public_records

    return [
        path("public-records/", public_records.found, name="public_records"),
        path(
            "public-records/<int:pk>/",
            public_records.described,
            name="public_record",
        ),
        path(
            "public-records/<int:pk>/pages/",
            public_records.pages,
            name="public_record_pages",
        ),
        path(
            "public-records/<int:pk>/<int:sequence>/",
            public_records.page,
            name="public_record_page",
        ),
        path(
            "broken-evidence/",
            broken_evidence.report,
            name="broken_evidence",
        ),
    ]


@hooks.register("register_reports_menu_item")
def broken_evidence_item() -> MenuItem:
    from cms.admin.broken_evidence import BrokenEvidenceItem

    address = reverse("broken_evidence")
    return BrokenEvidenceItem(_("失效的证据"), address, icon_name="warning")


@hooks.register("register_admin_viewset")
def bookings_viewset() -> Any:
    from cms.admin.bookings import BookingViewSet

    return BookingViewSet()


@hooks.register("register_admin_viewset")
def classes_viewset() -> Any:
    from cms.admin.classes import ClassViewSet

    return ClassViewSet()


@hooks.register("register_admin_urls")
def classes_urls() -> list[URLPattern]:
    from cms.admin.class_urls import urlpatterns

    return urlpatterns


@hooks.register("register_admin_viewset")
def training_viewset() -> Any:
    from cms.admin.training import TrainingGroup

    return TrainingGroup()


@hooks.register("register_admin_urls")
def training_urls() -> list[URLPattern]:
    from cms.admin import training

    return [path("training/notes/<int:pk>/", training.notes, name="training_notes")]


@hooks.register("register_admin_viewset")
def honours_viewset() -> Any:
    from cms.admin.honours import HonourViewSet

    return HonourViewSet()


def _report_item(name: str) -> None:
    @hooks.register("register_reports_menu_item")
    def item() -> MenuItem:
        report = REPORTS[name]
        address = reverse(f"editing_report_{name}")
        return editing_rights.PagesMenuItem(
            report.title, address, icon_name=report.icon
        )


for name in REPORTS:
    _report_item(name)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("archive.correct", _("校对"), _("校对了文字"))
    actions.register_action("archive.release", _("解除隔离"), _("解除了页的隔离"))
    actions.register_action("archive.retry", _("重试识别"), _("让识别任务重试"))
    actions.register_action("archive.grant", _("授权查阅"), _("授权读者查阅"))
    actions.register_action("archive.export", _("导出"), _("导出了目录"))
    actions.register_action("archive.print", _("打印"), _("打印了目录"))


@hooks.register("register_reports_menu_item")
def visits_item() -> MenuItem:
    return VisitsMenuItem(_("访问统计"), reverse("archive_visits"), icon_name="view")


@hooks.register("register_log_actions")
def takedown_log_actions(actions: Any) -> None:
    actions.register_action(takedown.WORK, _("办理"), _("办理了申请"))


@hooks.register("register_log_actions")
def clearance_log_actions(actions: Any) -> None:
    actions.register_action(
        clearance.CLEAR, _("核查个人信息"), _("核查了这一稿的个人信息")
    )


@hooks.register("register_log_actions")
def acquisition_log_actions(actions: Any) -> None:
    acquisition_log.register(actions)
    authority_log.register(actions)


@hooks.register("register_log_actions")
def subject_log_actions(actions: Any) -> None:
    subject_log.register(actions)


@hooks.register("before_serve_document")
def guard_full_texts(document: Any, request: HttpRequest) -> HttpResponse | None:
    """404 for the file of an output that is not for this reader."""
    return None if fulltexts.may_have(document, request) else not_found(request)


@hooks.register("register_admin_menu_item")
def registrations_item() -> MenuItem:
    from cms.admin.registrations import RegistrationsMenuItem

    address = reverse("registration_occasions")
    label = pgettext_lazy("the list", "报名")
    return RegistrationsMenuItem(label, address, icon_name="group", order=290)


@hooks.register("register_permissions")
def registration_permissions() -> Any:
    return Permission.objects.filter(
        content_type__app_label="cms", codename__in=("run_event", "run_class")
    )


@hooks.register("register_log_actions")
def registration_log_actions(actions: Any) -> None:
    registration_log.register(actions)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        [(static(f"cms/admin/{name}.css"),) for name in STYLES],
    )


@hooks.register("insert_editor_js")
def editor_js() -> SafeString:
    return format_html(
        '<script type="module" src="{}"></script>', static("cms/admin/drafts.js")
    )
