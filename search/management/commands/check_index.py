"""``manage.py check_index``: what is derived from the records, against them."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive import access
from archive.models import OutboxRow, Record
from search.consistency import compare
from search.errors import SearchUnavailable
from search.index import engine

_NAMED = 10


class Command(BaseCommand):
    help = (
        "Compare the search index, and who may see what, with the records;"
        " exit code 1 if they differ."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = OutboxRow.objects.filter(failed=False).count()
        refused = OutboxRow.objects.filter(failed=True).count()
        self.stdout.write(
            _("待索引 %(waiting)s 项，被引擎拒收 %(refused)s 项")
            % {"waiting": waiting, "refused": refused}
        )
        problems = [*_index_problems(refused), *_access_problems()]
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(_("索引与数据库一致"))


def _index_problems(refused: int) -> Iterator[str]:
    try:
        difference = compare(engine())
    except SearchUnavailable as error:
        yield _("检索引擎不可用：%(error)s") % {"error": error}
        return
    if difference or refused:
        yield _(
            "索引与数据库不一致：缺 %(missing)s 条，多 %(surplus)s 条，"
            "过期 %(stale)s 条。请运行 manage.py reindex。"
        ) % {
            "missing": len(difference.missing),
            "surplus": len(difference.surplus),
            "stale": len(difference.stale),
        }


def _access_problems() -> Iterator[str]:
    wrong = [mismatch.record_id for mismatch in access.mismatches()]
    if wrong:
        named = Record.objects.filter(pk__in=wrong[:_NAMED])
        codes = named.values_list("reference_code", flat=True)
        yield _(
            "%(n)s 条档案的开放范围与审核规则不符：%(codes)s。"
            "请在后台对这些档案重新办理开放审核。"
        ) % {
            "n": len(wrong),
            "codes": "、".join(codes) + ("……" if len(wrong) > _NAMED else ""),
        }
