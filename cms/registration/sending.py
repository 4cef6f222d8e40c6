"""Telling people how their registration stands, where the house has a way to.

The setting ``REGISTRATION_SENDER`` names a class by its dotted path (or nothing: then
nobody is told, and people look it up). What is to be told is written with the change
itself; it is sent once that is committed, and what could not be sent is tried again by
the worker. A sender that fails never fails a registration.
"""

import logging
from datetime import timedelta
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cms.models.occasions import Occasion, Registration

logger = logging.getLogger(__name__)

MOST_TRIES = 3
_A_STEP = 100
_BEING_SENT = timedelta(minutes=2)
_Notice = Registration.Notice


class Sender(Protocol):
    """A way to people: e-mail, SMS, a house's own gateway."""

    def send(self, contact: str, text: str) -> bool:
        """Send ``text`` to a telephone number or an e-mail address.

        False where this sender has no way to such a contact. Any exception counts as
        a failure: it is logged, shown in the list of registrations, and tried again.
        """
        ...


def tell(registration: Registration, notice: Registration.Notice) -> None:
    """Within the change's transaction: send this once it is committed."""
    if not settings.REGISTRATION_SENDER:
        return
    _note(registration, notice)
    pk = registration.pk
    transaction.on_commit(lambda: _send_now(pk))


def tell_everyone(occasion: Occasion, notice: Registration.Notice) -> None:
    """Of an occasion: the worker sends it, since there may be many."""
    if settings.REGISTRATION_SENDER:
        coming = occasion.registrations.exclude(status=Registration.Status.CANCELLED)
        coming.update(notice=notice, notice_tries=0, notice_at=None)


def send_waiting() -> int:
    """What was not sent yet; how many were tried."""
    if not settings.REGISTRATION_SENDER:
        return 0
    # Those that are younger are being sent by another process.
    old = timezone.now() - _BEING_SENT
    due = Q(notice_at=None) | Q(notice_at__lt=old)
    waiting = Registration.objects.exclude(notice="").filter(
        due, notice_tries__lt=MOST_TRIES
    )
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:_A_STEP])
    return sum(_attempt(pk, due) for pk in keys)


def text_of(registration: Registration) -> str:
    """What the person is told, in the language that is active."""
    occasion = registration.occasion
    starts = timezone.localtime(occasion.starts_at)
    told = {
        _Notice.CONFIRMED: _("您已报名“%(title)s”。"),
        _Notice.WAITING: _("“%(title)s”名额已满，您已列入候补；有空位时依次递补。"),
        _Notice.MOVED_UP: _("您候补的“%(title)s”有了名额，报名成功。"),
        _Notice.CANCELLED: _("您在“%(title)s”的报名已取消。"),
        _Notice.CALLED_OFF: _("“%(title)s”已取消，不再举办。"),
    }[_Notice(registration.notice)] % {"title": occasion.title}
    where = _("时间：%(when)s。") % {"when": formats.date_format(starts, "Y-m-d H:i")}
    if occasion.place:
        where += _("地点：%(place)s。") % {"place": occasion.place}
    look = _("查询号：%(number)s，%(url)s") % {
        "number": registration.number,
        "url": settings.WAGTAILADMIN_BASE_URL
        + reverse("registration-mine", args=[registration.number]),
    }
    return "\n".join((told, where, look))


def _note(registration: Registration, notice: Registration.Notice) -> None:
    registration.notice, registration.notice_tries = notice, 0
    registration.notice_at = timezone.now()
    registration.save(update_fields=["notice", "notice_tries", "notice_at"])


def _send_now(pk: int) -> None:
    try:
        _attempt(pk, Q(notice_tries=0))
    except Exception as error:  # noqa: BLE001  (the registration is made)
        logger.warning("registration %s: notice waits (%s)", pk, type(error).__name__)


def _attempt(pk: int, due: Q) -> bool:
    """Send it if it is ``due`` still; whether this process has tried."""
    one = Registration.objects.select_related("occasion").filter(pk=pk).first()
    if one is None or not one.notice:
        return False
    same = Registration.objects.filter(
        due, pk=pk, notice=one.notice, notice_tries=one.notice_tries
    )
    # Whoever changes the row has the try: no two processes send it.
    tried = {"notice_tries": F("notice_tries") + 1, "notice_at": timezone.now()}
    if not same.update(**tried):
        return False
    tries = one.notice_tries + 1
    try:
        sender: Sender = import_string(settings.REGISTRATION_SENDER)()
        sender.send(one.contact, text_of(one))
    except Exception as error:  # noqa: BLE001  (whatever a house's own sender raises)
        # Neither name nor contact: logs are kept by others than the registrations.
        kind = type(error).__name__
        logger.warning("registration %s: notice not sent (%s)", one.number, kind)
        return True
    Registration.objects.filter(pk=pk, notice=one.notice, notice_tries=tries).update(
        notice="", notice_tries=0
    )
    return True
