"""What the reviews refuse, in words for the person who tried."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class ReviewError(PermissionDenied):
    """Base of all of them. ``str()`` is what the person is told."""


class NotThisPerson(ReviewError):
    """The account may not give this review: see ``rules.refusal`` for the reasons."""


class SecrecyUnchecked(ReviewError):
    def __init__(self) -> None:
        super().__init__(_("请先完成保密审查并打勾，再通过。"))


class ReasonMissing(ReviewError):
    def __init__(self) -> None:
        super().__init__(_("退回时请写明理由，作者据此修改。"))


class WordingStands(ReviewError):
    """Variants of wordings that the house must have right are still in the text."""

    def __init__(self, found: Sequence[str]) -> None:
        told = "、".join(dict.fromkeys(found))
        super().__init__(_("必须改正的表述尚在文中：%(found)s") % {"found": told})


class AlreadyDecided(ReviewError):
    def __init__(self) -> None:
        super().__init__(_("这一审已经办理，请刷新页面。"))


class ReviewsMissing(ReviewError):
    """Something was to be published that has not all its reviews."""

    def __init__(self) -> None:
        super().__init__(_("三审尚未完成，不能发布。"))


class Uncleared(ReviewError):
    """Nobody but its authors has cleared the text of personal data."""

    def __init__(self) -> None:
        super().__init__(
            _("个人信息尚未核查：请作者以外的一人先核查这一稿并写明说明，再通过终审。")
        )


class NoteMissing(ReviewError):
    def __init__(self) -> None:
        super().__init__(_("请写明怎样核查的、结论是什么。"))


class TextChanged(ReviewError):
    def __init__(self, told: object = None) -> None:
        super().__init__(
            str(told) if told else _("提交之后内容有了改动，三审重新从初审开始。")
        )
