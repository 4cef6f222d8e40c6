"""What Wagtail is told about this project's admin."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.admin.permissions import register_policies

# First: Wagtail refuses a policy for a model that has been asked about already.
register_policies()

from cms.admin.decisions import (  # noqa: E402
    ApproveDecisions,
    ProposeOpenness,
    RefuseDecisions,
)
from cms.admin.deletion import DeleteThroughService  # noqa: E402
from cms.admin.jobs import RetryJobs  # noqa: E402
from cms.admin.menu import ArchiveGroup  # noqa: E402

register_snippet(ArchiveGroup)

for action in (ProposeOpenness, ApproveDecisions, RefuseDecisions, RetryJobs):
    hooks.register("register_bulk_action", action)
# After Wagtail's own, which it replaces for records and tags.
hooks.register("register_bulk_action", DeleteThroughService, order=1)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("archive.correct", _("校对"), _("校对了文字"))
    actions.register_action("archive.release", _("解除隔离"), _("解除了页的隔离"))
    actions.register_action("archive.retry", _("重试识别"), _("让识别任务重试"))
    actions.register_action("archive.grant", _("授权查阅"), _("授权读者查阅"))
    actions.register_action("archive.export", _("导出"), _("导出了目录"))


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}">', static("cms/admin/admin.css")
    )
