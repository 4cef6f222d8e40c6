"""Why a text cannot be changed now, said to those who look at it."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):  # type: ignore[misc]
    """While a text is reviewed nobody changes it, its reviewers included."""

    def get_message(self, user: Any) -> str:
        told = _(
            "正在{stage}，审核期间谁也不能改动。作者可以撤回，审核的人可以退回，"
            "改后重新从初审开始。"
        )
        return str(format_html(told, stage=self.task.name))

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:
        return _("审核中")

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return _("审核期间谁也不能改动。")
