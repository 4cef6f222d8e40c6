"""``manage.py check_index``: the index against the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.models import OutboxRow
from search.consistency import compare
from search.errors import SearchUnavailable
from search.index import engine


class Command(BaseCommand):
    help = "Compare the search index with the database; exit code 1 if they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            difference = compare(engine())
        except SearchUnavailable as error:
            raise CommandError(
                _("检索引擎不可用：%(error)s") % {"error": error}
            ) from error
        waiting = OutboxRow.objects.filter(failed=False).count()
        refused = OutboxRow.objects.filter(failed=True).count()
        self.stdout.write(
            _("待索引 %(waiting)s 项，被引擎拒收 %(refused)s 项")
            % {"waiting": waiting, "refused": refused}
        )
        if difference or refused:
            raise CommandError(
                _(
                    "索引与数据库不一致：缺 %(missing)s 条，多 %(surplus)s 条，"
                    "过期 %(stale)s 条。请运行 manage.py reindex。"
                )
                % {
                    "missing": len(difference.missing),
                    "surplus": len(difference.surplus),
                    "stale": len(difference.stale),
                }
            )
        self.stdout.write(_("索引与数据库一致"))
