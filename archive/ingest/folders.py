"""Without a table: each folder is a record, named by its reference code."""

from pathlib import Path

from django.utils.translation import gettext as _

from archive import codes
from archive.errors import ArchiveError
from archive.vocabulary import Level

from .files import admitted, is_scan, natural_order
from .report import Report
from .rows import Row


def rows_from_folders(root: Path, report: Report) -> list[Row]:
    """A row for each sub-folder of ``root``, or for ``root`` if it has none.

    A record that is not there yet is made, with its code for a title.
    """
    folders = sorted(
        (path for path in root.iterdir() if path.is_dir() and path.name[0] != "."),
        key=natural_order,
    )
    if folders:
        for path in filter(is_scan, sorted(root.iterdir(), key=natural_order)):
            report.problem(
                0,
                "",
                _("文件不在以档号命名的文件夹里，没有导入；请移入文件夹或用 --csv。"),
                path.name,
            )
    rows: list[Row] = []
    for folder in folders or [root]:
        report.rows += 1
        row = _row(folder, root, report)
        if row is not None:
            rows.append(row)
    return rows


def _row(folder: Path, root: Path, report: Report) -> Row | None:
    name = root.resolve().name if folder == root else folder.name
    try:
        code = codes.normalise(name)
    except ArchiveError as error:
        report.problem(0, "", error, name)
        return None
    scans = sorted(filter(is_scan, folder.iterdir()), key=natural_order)
    files = tuple(path for path in scans if admitted(path, root, 0, "", report))
    if not scans:
        report.problem(0, "", _("文件夹里没有文件。"), name)
        return None
    return Row(0, code, fields={"level": Level.FILE.value, "title": code}, files=files)
