"""What Wagtail is told about this project's admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from cms.admin.permissions import register_policies

# First: Wagtail refuses a policy for a model that has been asked about already.
register_policies()

from cms.admin import acquisition_log, authority_log, subject_log  # noqa: E402
from cms.admin.authority_merging import MergeSelected  # noqa: E402
from cms.admin.bulk_edit import BulkEditSelected  # noqa: E402
from cms.admin.decisions import (  # noqa: E402
    ApproveDecisions,
    ProposeOpenness,
    RefuseDecisions,
)
from cms.admin.deletion import DeleteThroughService  # noqa: E402
from cms.admin.folio_release import ReleaseFolios  # noqa: E402
from cms.admin.jobs import RetryJobs  # noqa: E402
from cms.admin.menu import ArchiveGroup, HouseMenuItem  # noqa: E402
from cms.admin.start import StartPanel  # noqa: E402
from cms.admin.tags import MergeTags  # noqa: E402
from cms.admin.workflow_actions import (  # noqa: E402
    PublishRecords,
    ReturnRecords,
    SubmitRecords,
)

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
)
"""Style sheets of ``static/cms/admin``, one a concern; what all share comes first."""

register_snippet(ArchiveGroup)

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


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    from cms.admin.urls import urlpatterns

    return urlpatterns


@hooks.register("register_admin_menu_item")
def my_work_item() -> MenuItem:
    address = reverse("archive_my_work")
    return HouseMenuItem(_("我的工作"), address, icon_name="list-ul", order=80)


@hooks.register("construct_homepage_panels")
def start_panel(request: HttpRequest, panels: list[Any]) -> None:
    panel = StartPanel(request.user)
    if panel.steps:
        panels.insert(0, panel)


@hooks.register("register_reports_menu_item")
def completeness_item() -> MenuItem:
    address = reverse("archive_completeness")
    return HouseMenuItem(_("著录完整性"), address, icon_name="clipboard-list")


@hooks.register("register_reports_menu_item")
def duplicates_item() -> MenuItem:
    address = reverse("archive_duplicates")
    return HouseMenuItem(_("疑似重复"), address, icon_name="copy")


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("archive.correct", _("校对"), _("校对了文字"))
    actions.register_action("archive.release", _("解除隔离"), _("解除了页的隔离"))
    actions.register_action("archive.retry", _("重试识别"), _("让识别任务重试"))
    actions.register_action("archive.grant", _("授权查阅"), _("授权读者查阅"))
    actions.register_action("archive.export", _("导出"), _("导出了目录"))
    actions.register_action("archive.print", _("打印"), _("打印了目录"))


@hooks.register("register_log_actions")
def acquisition_log_actions(actions: Any) -> None:
    acquisition_log.register(actions)
    authority_log.register(actions)


@hooks.register("register_log_actions")
def subject_log_actions(actions: Any) -> None:
    subject_log.register(actions)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        [(static(f"cms/admin/{name}.css"),) for name in STYLES],
    )
