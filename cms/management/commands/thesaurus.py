"""``manage.py thesaurus export|import FILE [--format csv|skos] [--dry-run]``."""

import json
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.subjects import exchange
from archive.subjects.bringing import Report
from archive.tables.problems import told
from cms.admin.subject_log import note_import


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]
        return _("导出或导入主题词表：CSV（可为 XLSX）或 SKOS（Turtle、RDF/XML）。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("export", "import"))
        parser.add_argument("file", type=Path, help=_("文件。"))
        parser.add_argument(
            "--format",
            choices=("csv", "skos"),
            help=_("不给则看文件的扩展名：.ttl、.rdf、.xml 是 SKOS。"),
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("只检查，不写入。")
        )
        parser.add_argument("--json", action="store_true", help=_("以 JSON 报告结果。"))

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        chosen = options["format"]
        as_skos = None if chosen is None else chosen == "skos"
        if options["action"] == "export":
            self._export(file, as_skos)
            return
        if not file.is_file():
            raise CommandError(_("没有这个文件：%(path)s") % {"path": file})
        report = exchange.read(file, as_skos=as_skos, dry_run=options["dry_run"])
        note_import(report)
        self._show(report, as_json=options["json"])
        if report.problems:
            sys.exit(1)

    def _export(self, file: Path, as_skos: bool | None) -> None:
        if not file.parent.is_dir():
            raise CommandError(_("没有这个目录：%(path)s") % {"path": file.parent})
        suffix = exchange.suffix_of(file, as_skos)
        # Beside its place, so that nothing half-written ever has its name.
        with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
            path = Path(scratch) / "thesaurus"
            count = exchange.write(path, suffix)
            path.replace(file)
        self.stdout.write(_("已导出 %(n)d 个主题词。") % {"n": count})

    def _show(self, report: Report, *, as_json: bool) -> None:
        values = report.as_json()
        if as_json:
            self.stdout.write(json.dumps(values, ensure_ascii=False))
            return
        for one in told(report):
            self.stdout.write(one)
        template = _(
            "共 %(rows)d 个主题词：新建 %(created)d，更新 %(updated)d，"
            "未变 %(unchanged)d；问题 %(problems)d。"
        )
        self.stdout.write(template % {**values, "problems": len(report.problems)})
        if report.dry_run:
            self.stdout.write(_("这是试运行，什么都没有写入。"))
        elif report.problems:
            self.stdout.write(_("有问题，什么都没有写入。"))
