"""``manage.py forget_bookings``: delete the requests of groups, and the registrations,
that are kept no longer.

The worker does so once an hour, and it happens whenever a request comes in or the
list is opened; this is for houses that run no worker.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms import bookings
from cms.registration import forgetting


class Command(BaseCommand):
    help = "Delete group bookings and registrations whose time is over."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = bookings.forget()
        self.stdout.write(_("已删除到期的团体预约 %(n)s 件。") % {"n": deleted})
        deleted = forgetting.forget()
        self.stdout.write(_("已删除到期的报名 %(n)s 件。") % {"n": deleted})
