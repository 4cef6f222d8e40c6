"""``manage.py ingest PATH [--csv FILE]``: scans and descriptions into records."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive import ingest
from archive.progress import Progress
from archive.tables.problems import line

# As a shell reports a program that Ctrl-C ended.
_INTERRUPTED = 130


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]
        return _("导入扫描件：母版入库，建立档案和页面，等待识别。不开放任何档案。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help=_("扫描件所在的目录。"))
        parser.add_argument("--csv", type=Path, help=_("著录表（CSV）。"))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("只检查，不入库。")
        )
        parser.add_argument("--json", action="store_true", help=_("以 JSON 报告结果。"))

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["path"]
        if not root.is_dir():
            raise CommandError(_("没有这个目录：%(path)s") % {"path": root})
        report = ingest.Report(dry_run=options["dry_run"])
        finished = False
        try:
            _ingest(root, options["csv"], report)
            finished = True
        except KeyboardInterrupt:
            sys.exit(_INTERRUPTED)
        finally:
            if not finished:
                message = _("导入没有做完；已入库的完好无损，重新运行不会重复。")
                report.problem(0, "", message)
            self._show(report, as_json=options["json"])
        if report.problems:
            sys.exit(1)

    def _show(self, report: ingest.Report, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._print(report)

    def _print(self, report: ingest.Report) -> None:
        for problem in report.problems:
            self.stderr.write(_("问题：") + line(problem))
        for notice in report.notices:
            self.stderr.write(_("提示：") + line(notice))
        template = _(
            "共 %(rows)d 行：新建档案 %(created)d，已有 %(existing)d；"
            "新增页面 %(pages)d，已有 %(pages_existing)d；问题 %(problems)d。"
        )
        values = {**report.as_json(), "problems": len(report.problems)}
        self.stdout.write(template % values)
        if report.dry_run:
            self.stdout.write(_("这是试运行，什么都没有写入。"))


def _ingest(root: Path, table: Path | None, report: ingest.Report) -> None:
    if table is not None:
        rows = ingest.rows_from_csv(table, root, report)
    else:
        rows = ingest.rows_from_folders(root, report)
    rows = ingest.plan(rows, report)
    total = sum(path is not None for row in rows for path in row.files)
    with Progress(_("导入"), total) as progress:
        ingest.ingest_rows(rows, root, report, progress.advance)
