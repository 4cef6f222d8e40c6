"""What the logs say of those who run occasions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

EXPORT = "registration.export"
_ACTIONS = (
    ("registration.call_off", _("取消场次"), _("取消了场次")),
    ("registration.take_back", _("恢复场次"), _("恢复了场次")),
    ("registration.walk_in", _("现场登记"), _("登记了到场的人")),
    ("registration.cancel", _("取消报名"), _("取消了一人的报名")),
    ("registration.move_up", _("递补"), _("让一人递补")),
    ("registration.check_in", _("签到"), _("为一人签到")),
    ("registration.undo", _("撤销签到"), _("撤销了一人的签到")),
    (EXPORT, _("导出名单"), _("导出了报名名单")),
)


def register(actions: Any) -> None:
    for name, label, message in _ACTIONS:
        actions.register_action(name, label, message)
