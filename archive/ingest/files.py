"""Which files are meant: below the root, in the order of a person's counting."""

import re
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from archive.errors import ClassifiedRefused

from .columns import classified_word
from .report import Report

_SEPARATOR = re.compile("[;；\n]")
_DIGITS = re.compile(r"(\d+)")
_NOT_SCANS = frozenset({"thumbs.db", "desktop.ini"})


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
    hidden = path.name.startswith(".") or path.name.lower() in _NOT_SCANS
    return path.is_file() and not hidden


def shown(path: Path, root: Path) -> str:
    """The path below ``root``, as the report and the page name it."""
    return path.relative_to(root).as_posix()


def admitted(path: Path, root: Path, row: int, column: str, report: Report) -> bool:
    """Whether a file lies below ``root`` and bears no secrecy mark in its name."""
    name = shown(path, root)
    if not path.resolve().is_relative_to(root.resolve()):
        message = _("文件在导入目录之外（符号链接）；请把文件本身放进目录。")
        report.problem(row, column, message, name)
        return False
    if word := classified_word(name):
        report.problem(row, column, ClassifiedRefused(word), name)
        return False
    return True


class FilesOfTable:
    """Expands the ``files`` cells of one table; a file belongs to one row."""

    def __init__(self, root: Path, ignore: Path) -> None:
        self._root = root
        self._ignore = ignore.resolve()
        self._used: dict[Path, int] = {}

    def expand(
        self, row: int, column: str, cell: str, report: Report
    ) -> tuple[Path, ...]:
        """The files of a cell: patterns (or folders) joined by ``;``, in order."""
        found: list[Path] = []
        for pattern in filter(None, map(str.strip, _SEPARATOR.split(cell))):
            paths = self._matching(pattern)
            if paths is None:
                message = _("文件须写成导入目录之下的相对路径，不能含“..”。")
                report.problem(row, column, message, pattern)
            elif not paths:
                message = _("没有与之相符的文件；请检查文件名和导入目录。")
                report.problem(row, column, message, pattern)
            else:
                found.extend(self._taken(row, column, paths, report))
        # "封面.png;*.png": the first mention counts.
        return tuple(dict.fromkeys(found))

    def _matching(self, pattern: str) -> list[Path] | None:
        """Files below the root, sorted; None for a pattern that leads out of it."""
        named = self._root / pattern
        if not named.is_file():
            pattern = pattern.replace("\\", "/")
            named = self._root / pattern
        parts = PurePosixPath(pattern)
        if parts.is_absolute() or ".." in parts.parts:
            return None
        # A name may contain characters that mean something in a pattern.
        if named.is_file():
            return [named]
        matches = named.iterdir() if named.is_dir() else self._root.glob(pattern)
        return sorted(filter(is_scan, matches), key=natural_order)

    def _taken(
        self, row: int, column: str, paths: list[Path], report: Report
    ) -> list[Path]:
        taken = []
        for path in paths:
            if path.resolve() == self._ignore:
                continue
            if not admitted(path, self._root, row, column, report):
                continue
            first = self._used.setdefault(path, row)
            if first != row:
                message = _("第 %(row)d 行已用过这个文件；一个文件只能属于一行。")
                name = shown(path, self._root)
                report.problem(row, column, message % {"row": first}, name)
                continue
            taken.append(path)
        return taken
