"""Carrying out a plan: files into the master storage, then rows, record by record."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import records
from archive.errors import ArchiveError
from archive.models import MasterFile, Record
from archive.records import NewFolio
from media import masters
from media.errors import MediaError
from media.values import Master

from .pages import Places
from .report import Report
from .rows import Row

Advance = Callable[[int], object]


def ingest_rows(
    rows: Iterable[Row], root: Path, report: Report, advance: Advance = lambda n: None
) -> None:
    """Create or extend the record of each row, parents first.

    Every file is stored before its row; a record and its pages with their jobs are
    one transaction. Whatever fails is a problem in the report, the others go on.
    ``advance`` is told of each file that is done. In a dry run files are only
    inspected.
    """
    missing: set[str] = set()
    for row in rows:
        if row.parent_code in missing:
            missing.add(row.reference_code)
            message = _("上级“%(code)s”没有导入；请先改正上级。")
            values = {"code": row.parent_code}
            report.problem(row.number, row.head("parent"), message % values)
        elif not _Loading(row, root, report, advance).run():
            missing.add(row.reference_code)


class _Loading:
    """One row on its way."""

    def __init__(self, row: Row, root: Path, report: Report, advance: Advance) -> None:
        self._row = row
        self._root = root
        self._report = report
        self._advance = advance
        self._started = timezone.now()

    def run(self) -> bool:
        """Whether the record is there afterwards (or would be, in a dry run)."""
        row = self._row
        record = Record.objects.filter(reference_code=row.reference_code).first()
        pages = self._pages()
        if record is None and row.files and not pages:
            message = _("所有文件都有问题，没有建立档案；改正后请重新导入。")
            self._problem(message, "reference_code")
            return False
        if record is not None:
            self._notice_differences(record)
        if self._report.dry_run:
            self._count(record is None, Places(record, pages))
            return True
        try:
            return self._write(record, pages)
        except BaseException:
            self._remove_orphans([page.master for page in pages])
            raise

    def _pages(self) -> list[NewFolio]:
        """The files that are good, each with its place; in a dry run not stored."""
        pages: list[NewFolio] = []
        for place, path in enumerate(self._row.files, start=1):
            name = path.relative_to(self._root).as_posix()
            try:
                if self._report.dry_run:
                    master = _inspected(path)
                else:
                    master = masters.store(path)
            except MediaError as error:
                self._report.problem(
                    self._row.number, self._row.head("files"), error, name
                )
            else:
                pages.append(NewFolio(master, name, sequence=place))
            self._advance(1)
        return pages

    def _write(self, record: Record | None, pages: list[NewFolio]) -> bool:
        try:
            with transaction.atomic():
                created = record is None
                record = self._create() if record is None else _locked(record)
                places = Places(record, pages)
                records.add_folios(record, places.new)
        except ArchiveError as error:
            self._problem(error, "reference_code")
            self._remove_orphans([page.master for page in pages])
            return False
        self._count(created, places)
        self._remove_orphans([page.master for page, _sequence in places.conflicts])
        return True

    def _count(self, created: bool, places: Places) -> None:
        """Enter into the report what was done, or would be."""
        row, report = self._row, self._report
        report.created += created
        report.existing += not created
        report.pages += len(places.new)
        report.pages_existing += places.present
        for page, sequence in places.conflicts:
            message = _(
                "第 %(n)d 页已有另一影像，没有替换；"
                "重新扫描的页请在后台处理，新增的页请单独成批导入。"
            )
            report.problem(
                row.number, row.head("files"), message % {"n": sequence}, page.filename
            )

    def _create(self) -> Record:
        parent = None
        if self._row.parent_code:
            parent = Record.objects.get(reference_code=self._row.parent_code)
        code = self._row.reference_code
        return records.create(parent, reference_code=code, **self._row.fields)

    def _notice_differences(self, record: Record) -> None:
        """An ingest describes new records only; say where the table differs."""
        if self._row.number == 0:
            return
        parent = record.parent.reference_code if record.parent else ""
        differing = [
            self._row.head(name)
            for name, value in self._row.fields.items()
            if name != "tags" and getattr(record, name) != value
        ]
        if parent != self._row.parent_code:
            differing.append(self._row.head("parent"))
        if differing:
            message = _("档案已存在，著录没有改动；与表中不同的项：%(heads)s。")
            heads = "、".join(filter(None, differing))
            self._report.notice(
                self._row.number,
                self._row.head("reference_code"),
                message % {"heads": heads},
            )

    def _problem(self, message: object, attribute: str) -> None:
        self._report.problem(self._row.number, self._row.head(attribute), message)

    def _remove_orphans(self, stored: Iterable[Master]) -> None:
        for master in stored:
            _remove_if_orphan(master, self._started)


def _locked(record: Record) -> Record:
    """The record, held, so that no other batch takes the same places."""
    return Record.objects.select_for_update().get(pk=record.pk)


def _inspected(path: Path) -> Master:
    """What storing the file would give, but for its name."""
    header = masters.inspect(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Master(
        name="",
        sha256=digest,
        size=header.size,
        format=header.format,
        width=header.width,
        height=header.height,
        dpi=header.dpi,
    )


def _remove_if_orphan(master: Master, since: datetime) -> None:
    """Remove a master that this run stored and no row came to name."""
    if MasterFile.objects.filter(sha256=master.sha256).exists():
        return
    storage = storages["masters"]
    if storage.exists(master.name) and storage.get_modified_time(master.name) >= since:
        storage.delete(master.name)
