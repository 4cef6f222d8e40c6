"""``manage.py wordings``: the fixed wordings that a house begins with."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.editing import first_wordings


class Command(BaseCommand):
    help = "Put the beginning list of fixed wordings in, if the list is empty."

    def handle(self, *args: Any, **options: Any) -> None:
        made = first_wordings.provide()
        told = _("放入固定表述 %(n)d 条。") % {"n": made}
        self.stdout.write(told if made else _("固定表述已有内容，未作改动。"))
