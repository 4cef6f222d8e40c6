"""``manage.py import FILE [--dry-run] [--atomic] [--json]``: a table into records."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.importing import ImportReport, Source, import_table
from archive.progress import Progress
from archive.tables.problems import told


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]
        return _("导入著录表（CSV、XLSX）：新建或更新档案。不开放任何档案。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("著录表（CSV 或 XLSX）。"))
        parser.add_argument("--sheet", default="", help=_("XLSX 的工作表名。"))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("只检查，不写入。")
        )
        parser.add_argument(
            "--atomic", action="store_true", help=_("有任何问题就全部不写入。")
        )
        parser.add_argument("--json", action="store_true", help=_("以 JSON 报告结果。"))

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(_("没有这个文件：%(path)s") % {"path": file})
        source = Source(file, file.name, options["sheet"])
        with Progress(_("导入"), 0) as progress:
            report = import_table(
                source,
                dry_run=options["dry_run"],
                atomic=options["atomic"],
                advance=progress.advance,
            )
        self._show(report, as_json=options["json"])
        if report.problems:
            sys.exit(1)

    def _show(self, report: ImportReport, *, as_json: bool) -> None:
        values = report.as_json()
        if as_json:
            self.stdout.write(json.dumps(values, ensure_ascii=False))
            return
        for one in told(report):
            self.stdout.write(one)
        template = _(
            "共 %(rows)d 行：新建 %(created)d，更新 %(updated)d，"
            "未变 %(unchanged)d；问题 %(problems)d。"
        )
        self.stdout.write(template % {**values, "problems": len(report.problems)})
        if report.dry_run:
            self.stdout.write(_("这是试运行，什么都没有写入。"))
        elif report.batch is not None:
            self.stdout.write(_("批次号：%(id)d") % {"id": report.batch})
