"""``manage.py tags OLD… --into NEW``: one tag in the place of others, of any number."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from taggit.models import Tag

from archive import tagging
from archive.errors import ArchiveError


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]
        return _("标签改名或合并，记为一个可以撤销的批次。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="+", help=_("原来的标签。"))
        parser.add_argument("--into", required=True, help=_("新的标签。"))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("只检查，不写入。")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        names, into = options["names"], options["into"]
        tags = list(Tag.objects.filter(name__in=names))
        missing = sorted(set(names) - {one.name for one in tags})
        if missing:
            raise CommandError(_("没有标签：%(names)s") % {"names": "、".join(missing)})
        try:
            effect = tagging.effect_of_merge(tags, into)
            batch = None if options["dry_run"] else tagging.merge(tags, into, None)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("涉及 %(n)d 条档案。") % {"n": effect.records})
        if batch is not None:
            self.stdout.write(_("批次号：%(id)d") % {"id": batch.pk})
