"""``manage.py reindex``: the whole index anew, while the old one answers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from archive.models import Record
from search.drain import Rebuilt, count_everything, rebuild
from search.errors import SearchUnavailable
from search.index import ENGINES, engine_named
from search.index import engine as current_engine
from search.stories import parted, stories


class Command(BaseCommand):
    help = "Build the search index anew beside the live one, then swap them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--engine",
            choices=ENGINES,
            help="the engine to fill, instead of the one in the settings",
        )

    def handle(self, *args: Any, engine: str | None, **options: Any) -> None:
        index = engine_named(engine) if engine else current_engine()
        with _bar(count_everything()) as bar:
            try:
                rebuilt = rebuild(index, bar.update)
            except SearchUnavailable as error:
                raise CommandError(
                    _("检索引擎不可用，索引未变：%(error)s") % {"error": error}
                ) from error
        self.stdout.write(_("已重建索引：%(n)s 条") % {"n": rebuilt.written})
        if rebuilt.refused:
            raise CommandError(_("引擎拒收：%(codes)s") % {"codes": _codes(rebuilt)})


def _codes(rebuilt: Rebuilt) -> str:
    records, pages = parted(rebuilt.refused)
    codes = Record.objects.filter(pk__in=records)
    refused = [*codes.values_list("reference_code", flat=True), *stories().names(pages)]
    return "、".join(refused)


def _bar(total: int) -> "tqdm[Any]":
    return tqdm(total=total, unit=_("条"), desc=_("索引"), delay=2)
