"""``manage.py sections``: make the sections of the site that are missing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.sections import provide


class Command(BaseCommand):
    help = "Make the sections of the site that are missing; leave those that are there."

    def handle(self, *args: Any, **options: Any) -> None:
        made = provide()
        titles = "、".join(page.title for page in made)
        told = _("新建栏目：%(titles)s") % {"titles": titles}
        self.stdout.write(told if made else _("各栏目已齐备，未作改动。"))
