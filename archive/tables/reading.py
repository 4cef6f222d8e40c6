"""A table in any of its formats."""

from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from .csv_file import read_csv
from .problems import Problems
from .xlsx_file import read_xlsx

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
MAX_CSV = 500_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of cells, the head first; ``refused`` are numbers of lines (the head is
    1) with a cell that the report names. ``typed``: cells of text are marked as
    such in the file, so that none of them runs as a formula.
    """

    lines: list[list[str]]
    refused: set[int] = field(default_factory=set)
    typed: bool = False


def read_table(
    path: Path, report: Problems, sheet: str = "", most: int | None = None
) -> Table:
    """The table, empty where the report says why not. Told apart by content.

    Of a table with more than ``most`` lines below its head (blank ones do not count)
    one line more than that is read, and no further: whoever asked refuses it.
    """
    try:
        with path.open("rb") as file:
            begin = file.read(4)
        size = path.stat().st_size
    except OSError:
        report.problem(0, "", _("读不了这个表；请检查路径和权限。"), path.name)
        return Table([])
    if begin == _OLE:
        message = _("这是旧式 XLS 或加密的文件；请另存为不加密的 XLSX。")
        report.problem(0, "", message, path.name)
        return Table([])
    if begin.startswith(_ZIP):
        lines, refused = read_xlsx(path, report, sheet, most)
        return Table(lines, refused, typed=True)
    if size > MAX_CSV:
        message = _("文件超过 %(n)d MB；请分成几个文件。")
        report.problem(0, "", message % {"n": MAX_CSV // 1_000_000}, path.name)
        return Table([])
    return Table(read_csv(path, report, most))
