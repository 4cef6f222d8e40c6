"""Without a table: each folder is a record, named by its reference code."""

from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from archive import codes
from archive.errors import ArchiveError
from archive.vocabulary import Level

from .files import admitted, is_scan, natural_order, notice_left_over
from .report import Report, printable
from .rows import Row


def rows_from_folders(root: Path, report: Report) -> list[Row]:
    """A row for each sub-folder of ``root``, or for ``root`` if it has none.

    A record that is not there yet is made, with its code for a title.
    """
    top = _contents(root)
    meant = set(top.scans)
    if top.folders:
        for path in top.scans:
            message = _(
                "文件不在以档号命名的文件夹里，没有导入；请移入文件夹或用 --csv。"
            )
            report.problem(0, "", message, path.name)
    rows: list[Row] = []
    for folder in top.folders or [root]:
        report.rows += 1
        scans = _contents(folder).scans
        meant.update(scans)
        row = _row(folder, scans, root, report)
        if row is not None:
            rows.append(row)
    notice_left_over(root, meant, report)
    return rows


class _Contents(NamedTuple):
    folders: list[Path]
    scans: list[Path]


def _contents(folder: Path) -> _Contents:
    """What lies directly in a folder, in order; nothing if it cannot be read."""
    try:
        entries = sorted(folder.iterdir(), key=natural_order)
        folders = [path for path in entries if path.is_dir() and path.name[0] != "."]
        return _Contents(folders, list(filter(is_scan, entries)))
    except OSError:
        return _Contents([], [])


def _row(folder: Path, scans: list[Path], root: Path, report: Report) -> Row | None:
    name = root.resolve().name if folder == root else folder.name
    if name != printable(name):
        report.problem(0, "", _("文件夹名不是 UTF-8，请改名。"), name)
        return None
    try:
        code = codes.normalise(name)
    except ArchiveError as error:
        report.problem(0, "", error, name)
        return None
    if not scans:
        message = _("文件夹里没有可读的文件；请检查内容和权限。")
        report.problem(0, "", message, name)
        return None
    files = tuple(
        path if admitted(path, root, 0, "", report) else None for path in scans
    )
    fields = {"level": Level.FILE.value, "title": code}
    return Row(0, code, fields=fields, files=files, folder=name)
