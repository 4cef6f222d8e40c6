"""``manage.py demo``: from an empty installation to one with the samples in it.

Only in the development settings. Every step looks first whether it is done, so
a second run changes nothing and takes a moment.
"""

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from archive import jobs
from archive.models import Folio, OutboxRow, Record
from cms import sections
from cms.demonstration import (
    accounts,
    cases,
    classes,
    decisions,
    editing,
    exhibitions,
    holdings,
    knowledge,
    static,
    training,
    translations,
    week,
)
from cms.demonstration.errors import DemonstrationError
from cms.demonstration.progress import LineBar
from search.consistency import compare
from search.errors import SearchUnavailable
from search.index import engine

PROPOSER = "archivist"
APPROVER = "reviewer"
IMAGES = ("*.jpg", "*.png", "*.tif")


class Command(BaseCommand):
    help = "Load the sample collection, decide on it, recognise it and index it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("samples", type=Path, help="folder with records.csv")
        parser.add_argument(
            "--decisions",
            type=Path,
            required=True,
            help="CSV: what becomes of which record",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SETTINGS_MODULE == "cms.settings.production":
            raise CommandError(_("演示材料不得装入正式系统。"))
        samples: Path = options["samples"]
        migrate()
        static.collect()
        accounts.provide(settings.DATA_DIR / "demo-accounts.json")
        codes = ingest(samples)
        try:
            verdicts = decisions.read(options["decisions"])
        except DemonstrationError as error:
            raise CommandError(str(error)) from error
        sections.provide()
        knowledge.add()
        editing.add()
        holdings.add(PROPOSER)
        decided = decisions.decide(codes | holdings.CODES, verdicts, PROPOSER, APPROVER)
        if decided:
            self.stdout.write(_("开放审核：已审定 %(n)s 条") % {"n": decided})
        self.index()
        work()
        # After recognition: evidence is found in the text of the samples.
        exhibitions.add()
        cases.add()
        training.add()
        week.add()
        classes.add()
        translations.add()
        week.add_english()
        work()
        self.index()
        self.stdout.write(
            _("档案 %(records)s 条，%(pages)s 页，均已识别并可检索")
            % {"records": Record.objects.count(), "pages": Folio.objects.count()}
        )

    def index(self) -> None:
        """Fill an engine that this database has not met, or that lost something."""
        try:
            differs = bool(compare(engine()))
        except SearchUnavailable:
            differs = True
        if differs:
            call_command("reindex", stdout=self.stdout)


def migrate() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with LineBar(_("建立数据库"), _("步"), len(plan), " OK\n") as bar:
            call_command("migrate", interactive=False, stdout=bar)
        # Migrations made the front page, past Wagtail's own index.
        call_command("wagtail_update_index", verbosity=0)


def ingest(samples: Path) -> set[str]:
    """Bring the samples in, unless all are there already; their reference codes."""
    table = samples / "records.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        codes = {row["档号"] for row in csv.DictReader(file)}
    pages = sum(len(list(samples.rglob(pattern))) for pattern in IMAGES)
    held = Record.objects.filter(reference_code__in=codes)
    complete = held.count() == len(codes)
    if not complete or Folio.objects.filter(record__in=held).count() < pages:
        call_command("ingest", str(samples), csv=table)
    return codes


def work() -> None:
    """Recognise and index all that waits, on every processor of the machine."""
    rows = OutboxRow.objects.filter(failed=False)
    if jobs.unfinished().exists() or rows.exists():
        # A process of its own: the worker forks, and libvips may be loaded here.
        processes = str(len(os.sched_getaffinity(0)))
        command = ("worker", "--until-idle", "--processes", processes)
        code = subprocess.run(
            [sys.executable, "-m", "django", *command],
            cwd=settings.BASE_DIR,
            check=False,
        ).returncode
        if code:
            raise CommandError(_("识别与索引未能完成，见上文。"))
    if jobs.given_up().exists():
        reasons = "\n".join(jobs.given_up().values_list("error", flat=True))
        raise CommandError(_("有些页未能识别：%(reasons)s") % {"reasons": reasons})
