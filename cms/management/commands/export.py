"""``manage.py export --format csv|xlsx [--under CODE] [--output FILE]``."""

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.errors import ArchiveError
from archive.exporting import CATALOGUE, FILING_LIST, FORMATS
from archive.models import Record
from archive.progress import Progress
from archive.records import resolve
from cms.exports import export_logged


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]
        return _("导出目录（CSV、XLSX），含未开放的档案；导出记入日志。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument("--under", default="", help=_("只导出此档号及其下级。"))
        parser.add_argument(
            "--layout",
            choices=(CATALOGUE, FILING_LIST),
            default=CATALOGUE,
            help=_("catalogue：全部著录项；filing_list：归档文件目录。"),
        )
        parser.add_argument(
            "--output", type=Path, help=_("写到这个文件；不给则写到标准输出。")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        records = Record.objects.all()
        if options["under"]:
            top = resolve(options["under"])
            if top is None:
                raise CommandError(
                    _("没有档号“%(code)s”。") % {"code": options["under"]}
                )
            records = records.filter(path__startswith=top.path)
        output: Path | None = options["output"]
        folder = output.parent if output is not None else None
        if folder is not None and not folder.is_dir():
            raise CommandError(_("没有这个目录：%(path)s") % {"path": folder})
        # Beside its place, so that nothing half-written ever has its name.
        with (
            tempfile.TemporaryDirectory(dir=folder) as scratch,
            Progress(_("导出"), records.count()) as progress,
        ):
            path = Path(scratch) / "export"
            try:
                export_logged(
                    records,
                    path,
                    options["format"],
                    options["layout"],
                    asked=options["under"],
                    advance=progress.advance,
                )
            except ArchiveError as error:
                raise CommandError(str(error)) from error
            if output is not None:
                path.replace(output)
            else:
                with path.open("rb") as file:
                    shutil.copyfileobj(file, sys.stdout.buffer)
