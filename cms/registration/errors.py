"""Why somebody was not registered; ``str(error)`` is fit for a visitor."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class RegistrationError(Exception):
    """Base of all of them."""


class NotTaken(RegistrationError):
    """One comes without signing up."""

    def __init__(self) -> None:
        super().__init__(_("这一场不用报名。"))


class NotYetOpen(RegistrationError):
    """Signing up begins later; ``opens`` is when, in words."""

    def __init__(self, opens: str) -> None:
        super().__init__(
            _("报名尚未开始，%(when)s 开始，请到时再来。") % {"when": opens}
        )


class Closed(RegistrationError):
    """Signing up has ended."""

    def __init__(self) -> None:
        super().__init__(_("报名已经截止。如仍想参加，请与本馆联系。"))


class Over(RegistrationError):
    """It has taken place."""

    def __init__(self) -> None:
        super().__init__(_("这一场已经结束。"))


class CalledOff(RegistrationError):
    """It does not take place; ``reason`` as the page says it, or nothing."""

    def __init__(self, reason: str) -> None:
        told = _("这一场已取消：%(reason)s") if reason else _("这一场已取消。")
        super().__init__(told % {"reason": reason} if reason else told)


class Full(RegistrationError):
    """No place is left, and there is no waiting list."""

    def __init__(self) -> None:
        super().__init__(_("名额已满，不接受候补。请选其他场次，或与本馆联系。"))


class TooFewLeft(RegistrationError):
    """Fewer places than a list has people, and there is no waiting list."""

    def __init__(self, left: int, people: int) -> None:
        super().__init__(
            ngettext(
                "名单上有 %(people)d 人，只余 %(n)d 个名额，一个也没有报上。"
                "请减少人数后重新上传。",
                "名单上有 %(people)d 人，只余 %(n)d 个名额，一个也没有报上。"
                "请减少人数后重新上传。",
                left,
            )
            % {"people": people, "n": left}
        )


class AlreadyRegistered(RegistrationError):
    """Name and contact are on the list; the number is not told."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "用这个姓名和联系方式已经报过名，不必再报。"
                "请用查询号查看；查询号遗失的，请与本馆联系。"
            )
        )


class SomeRegistered(RegistrationError):
    """Of a list, these have registered before."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _("下列人员已经报过名，请从名单中删去后重新上传：%(names)s")
            % {"names": _("、").join(names)}
        )


class CheckedIn(RegistrationError):
    """Who is there is not taken off the list."""

    def __init__(self) -> None:
        super().__init__(_("已经签到，不能取消。"))


class NotConfirmed(RegistrationError):
    """Who waits or has cancelled has no place to come to."""

    def __init__(self, status: str) -> None:
        super().__init__(
            _("这一报名的状态是“%(status)s”，不能签到。") % {"status": status}
        )


class NoPlace(RegistrationError):
    """Nobody can move up, or walk in: all places are taken."""

    def __init__(self) -> None:
        super().__init__(_("名额已满。请先增加名额，或取消没有来的人的报名。"))


class NotWaiting(RegistrationError):
    """Only who waits moves up."""

    def __init__(self) -> None:
        super().__init__(_("只有候补的人可以递补。"))
