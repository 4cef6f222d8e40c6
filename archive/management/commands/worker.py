"""``manage.py worker``: recognise pages and keep the index up to date."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive import jobs, worker
from archive.models import OutboxRow
from archive.progress import Progress


class Command(BaseCommand):
    # Not the URL conf: the parent, which forks, should load as little as it can.
    requires_system_checks = ["media", "search"]

    @property
    def help(self) -> str:  # type: ignore[override]
        return _("识别待处理的页面，并更新检索索引。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("只做一轮。"))
        parser.add_argument(
            "--until-idle", action="store_true", help=_("做完现有的工作就结束。")
        )
        parser.add_argument(
            "--processes",
            type=int,
            default=os.cpu_count() or 1,
            help=_("识别用的进程数，默认每个处理器一个。"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["processes"] < 1:
            raise CommandError(_("进程数至少为 1。"))
        if options["once"]:
            worker.run_once()
            return
        until_idle = options["until_idle"]
        team = worker.Worker(options["processes"], until_idle=until_idle)
        if not until_idle:
            sys.exit(team.run())
        with Progress(_("识别与索引"), _left()) as progress:
            code = team.run(lambda: progress.remaining(_left()))
        self._report_failures()
        sys.exit(code)

    def _report_failures(self) -> None:
        """Say how many pages have no text yet, and why."""
        for error, count in jobs.failures().items():
            message = _("%(n)d 页未能识别：%(error)s") % {"n": count, "error": error}
            self.stderr.write(message)


def _left() -> int:
    """Pages and index rows that wait."""
    return jobs.active().count() + OutboxRow.objects.filter(failed=False).count()
