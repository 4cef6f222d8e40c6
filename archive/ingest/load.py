"""Carrying out a plan: files into the master storage, then rows, record by record."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.db import Error as DatabaseError
from django.db import transaction
from django.utils.translation import gettext as _

from archive import records
from archive.errors import ArchiveError
from archive.folios import NewFolio, add_folios
from archive.models import Folio, Record
from media import masters
from media.errors import MediaError
from media.values import Master

from .outcome import enter, notice_differences
from .pages import Places
from .report import Report
from .rows import Row

logger = logging.getLogger(__name__)

Advance = Callable[[int], object]


def ingest_rows(
    rows: Iterable[Row], root: Path, report: Report, advance: Advance = lambda n: None
) -> None:
    """Create or extend the record of each row, parents first.

    Every file is stored before its row; a record and its pages with their jobs are
    one transaction. Whatever fails is a problem in the report, the others go on. A
    master whose row failed stays: another ingest may have come to rely on it, and
    the next one finds it in place. ``advance`` is told of each file that is done.
    In a dry run files are only inspected.
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

    def run(self) -> bool:
        """Whether the record is there afterwards (or would be, in a dry run)."""
        try:
            return self._load()
        except ArchiveError as error:
            self._problem(error)
        except (OSError, DatabaseError, ValueError) as error:
            logger.info("row %d failed", self._row.number, exc_info=True)
            message = _("没有导入（%(reason)s）；请排除原因后重新导入。")
            self._problem(message % {"reason": _reason(error)})
        return False

    def _load(self) -> bool:
        row = self._row
        record = Record.objects.filter(reference_code=row.reference_code).first()
        pages = self._pages()
        if record is None and row.files and not pages:
            if any(row.files):
                message = _("所有文件都有问题，没有建立档案；改正后请重新导入。")
                self._problem(message)
            return False
        if record is not None:
            notice_differences(row, record, self._report)
        if self._report.dry_run:
            places = Places(_folios(record), pages)
            enter(row, record, places, self._report, created=record is None)
        else:
            self._write(record, pages)
        return True

    def _pages(self) -> list[NewFolio]:
        """The files that are good, each with its place; in a dry run not stored."""
        pages: list[NewFolio] = []
        for place, path in enumerate(self._row.files, start=1):
            if path is None:
                continue
            name = path.relative_to(self._root).as_posix()
            master = self._master(path, name)
            if master is not None:
                pages.append(NewFolio(master, name, sequence=place))
            self._advance(1)
        return pages

    def _master(self, path: Path, name: str) -> Master | None:
        """The stored file, or None if the report says why not."""
        message: object
        try:
            return _inspected(path) if self._report.dry_run else masters.store(path)
        except MediaError as error:
            message = error
        except (OSError, ValueError) as error:
            logger.info("%r failed", name, exc_info=True)
            message = _("没有导入（%(reason)s）；请排除原因后重新导入。") % {
                "reason": _reason(error)
            }
        self._report.problem(self._row.number, self._row.head("files"), message, name)
        return None

    def _write(self, record: Record | None, pages: Sequence[NewFolio]) -> None:
        with transaction.atomic():
            held = _locked(record) if record else self._create()
            places = Places(_folios(held), pages)
            add_folios(held, places.new)
        enter(self._row, held, places, self._report, created=record is None)

    def _create(self) -> Record:
        parent = None
        if self._row.parent_code:
            parent = Record.objects.get(reference_code=self._row.parent_code)
        code = self._row.reference_code
        return records.create(parent, reference_code=code, **self._row.fields)

    def _problem(self, message: object) -> None:
        row = self._row
        head = row.head("reference_code")
        self._report.problem(row.number, head, message, row.folder)


def _locked(record: Record) -> Record:
    """The record, held, so that no other batch takes the same places."""
    return Record.objects.select_for_update().get(pk=record.pk)


def _folios(record: Record | None) -> Iterable[Folio]:
    return record.folios.select_related("master") if record is not None else ()


def _reason(error: Exception) -> str:
    """What went wrong, in one line and without directories of the machine."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).partition("\n")[0] or type(error).__name__


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
