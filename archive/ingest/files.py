"""Which files are meant: below the root, in the order of a person's counting."""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from archive.errors import ClassifiedRefused
from archive.models import Folio
from archive.tables.columns import classified_word

from .report import Report, printable

_SEPARATOR = re.compile("[;；\n]")
_WILDCARDS = re.compile(r"[*?\[]")
_DIGITS = re.compile(r"(\d+)")
_NOT_SCANS = frozenset({"thumbs.db", "desktop.ini"})
# Lists and notes that lie beside scans; nobody misses them in the archive.
_COMPANIONS = frozenset(
    {".csv", ".json", ".jsonl", ".md", ".txt", ".xls", ".xlsx", ".xml"}
)
_LISTED = 10
_SHOWN_LENGTH = 80


def natural_order(path: Path) -> list[tuple[int, int, str]]:
    """Sort key by which ``页2`` stands before ``页10``, folder by folder."""
    return [
        (0, int(piece), piece) if piece.isdecimal() else (1, 0, piece)
        for part in path.parts
        for piece in _DIGITS.split(part)
        if piece
    ]


def is_scan(path: Path) -> bool:
    """Whether a file in a folder is meant as a page (hidden files are not)."""
    return path.is_file() and not _is_hidden(path.name)


def shown(path: Path, root: Path) -> str:
    """The path below ``root``, as the page names it."""
    return path.relative_to(root).as_posix()


def listed(names: Sequence[str]) -> str:
    """The first of the names, for a message about all of them."""
    more = "……" if len(names) > _LISTED else ""
    return "、".join(map(printable, names[:_LISTED])) + more


def admitted(path: Path, root: Path, row: int, column: str, report: Report) -> bool:
    """Whether a file may become a page; where not, the report says why."""
    name = shown(path, root)
    objection = _objection(path, root, name)
    if objection:
        report.problem(row, column, objection, name)
    return not objection


def notice_left_over(root: Path, meant: Collection[Path], report: Report) -> None:
    """Tell of the files below ``root`` that are not among those ``meant``."""
    left = [path for path in _files_below(root) if path not in meant]
    if left:
        left.sort(key=natural_order)
        message = _("%(n)d 个文件不属于任何一条档案，没有导入，请核对：%(files)s")
        names = listed([shown(path, root) for path in left])
        report.notice(0, "", message % {"n": len(left), "files": names})


class FilesOfTable:
    """Expands the ``files`` cells of one table; a file belongs to one row."""

    def __init__(self, root: Path, ignore: Path) -> None:
        self._root = root
        self._ignore = ignore.resolve()
        self._owners: dict[Path, int] = {}

    def expand(
        self, row: int, column: str, cell: str, report: Report
    ) -> tuple[Path | None, ...]:
        """The files of a cell: names, patterns or folders joined by ``;``, in order.

        None holds the place of a file that is missing or refused, and stands alone
        where nothing of what the cell names is there.
        """
        pages: dict[Path, bool] = {}
        patterns = [*filter(None, map(str.strip, _SEPARATOR.split(cell)))]
        for pattern in patterns:
            paths, objection = self._meant(pattern)
            if objection:
                report.problem(row, column, objection, pattern[:_SHOWN_LENGTH])
            if objection and _names_one_file(pattern):
                pages.setdefault(self._root / pattern, False)
            for path in paths:
                # "封面.png;*.png": the first mention counts.
                if path not in pages and self._is_free(path, row, column, report):
                    pages[path] = admitted(path, self._root, row, column, report)
        if not patterns:
            return ()
        return tuple(path if good else None for path, good in pages.items()) or (None,)

    def notice_left_over(self, report: Report) -> None:
        """Tell of the files below the root that no cell named."""
        notice_left_over(self._root, self._owners.keys() | {self._ignore}, report)

    def _meant(self, pattern: str) -> tuple[list[Path], str]:
        """The files that a pattern means, sorted, or none and what is wrong."""
        parts = PurePosixPath(pattern.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts:
            return [], _("文件须写成导入目录之下的相对路径，不能含“..”。")
        try:
            paths = self._matching(pattern)
        except (ValueError, NotImplementedError):
            return [], _("通配符写法不对；“**”须单独成一级，如 **/*.png。")
        except OSError:  # no name can be as long as several joined by "、"
            paths = []
        if paths:
            return paths, ""
        return [], _(
            "没有与之相符的文件；请检查文件名和导入目录。"
            "多个文件名之间须用分号“;”隔开。"
        )

    def _matching(self, pattern: str) -> list[Path]:
        named = self._root / pattern
        if not named.is_file():
            pattern = pattern.replace("\\", "/")
            named = self._root / pattern
        # A name may contain characters that mean something in a pattern.
        if named.is_file():
            return [named]
        matches = named.iterdir() if named.is_dir() else self._root.glob(pattern)
        return sorted(filter(is_scan, matches), key=natural_order)

    def _is_free(self, path: Path, row: int, column: str, report: Report) -> bool:
        """Whether a file can belong to this row: it is no other's, nor the table."""
        if path.resolve() == self._ignore:
            return False
        first = self._owners.setdefault(path, row)
        if first != row:
            message = _("第 %(row)d 行已用过这个文件；一个文件只能属于一行。")
            name = shown(path, self._root)
            report.problem(row, column, message % {"row": first}, name)
        return first == row


def _objection(path: Path, root: Path, name: str) -> str:
    limit = Folio._meta.get_field("original_filename").max_length or 0
    if name != printable(name):
        return _("文件名不是 UTF-8，请改名。")
    if len(name) > limit:
        message = _("路径超过 %(limit)d 字；请缩短文件夹名或文件名。")
        return message % {"limit": limit}
    if not path.resolve().is_relative_to(root.resolve()):
        return _("文件在导入目录之外（符号链接）；请把文件本身放进目录。")
    if word := classified_word(name):
        return str(ClassifiedRefused(word))
    return ""


def _names_one_file(pattern: str) -> bool:
    """Whether it can mean but one file, so that one place is to be kept for it."""
    return not _WILDCARDS.search(pattern) and bool(PurePosixPath(pattern).suffix)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.lower() in _NOT_SCANS


def _files_below(root: Path) -> Iterator[Path]:
    """All files that could be scans, in any depth; hidden folders are left out."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        for name in names:
            path = Path(folder, name)
            if not _is_hidden(name) and path.suffix.lower() not in _COMPANIONS:
                yield path
