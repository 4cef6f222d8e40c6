"""Lines of cells into CSV and XLSX files, in constant memory."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter

from archive.errors import ArchiveError

from .cells import escaped

FORMATS = ("csv", "xlsx")
MAX_XLSX_ROWS = 1_048_576
MAX_XLSX_CELL = 32_767
_WIDTH = 18
# What XML cannot hold or would change, and what looks like its escape.
_NOT_XML = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_LOOKS_TYPED = re.compile(r"\s*[=+\-@＝＋－＠#]|[\t\r\n]")


class TooBigForXlsx(ArchiveError):
    """More rows, or a longer cell, than the format has."""

    def __init__(self, row: int, column: str) -> None:
        super().__init__(
            _("第 %(row)d 行“%(column)s”列超出 XLSX 的限度；请改用 CSV。")
            % {"row": row, "column": column}
        )


def write_csv(path: Path, heads: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    """UTF-8 with a byte order mark, by which Excel and WPS know it; returns the
    number of lines below the head.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for line in lines:
            writer.writerow([escaped(cell, formulas=True) for cell in line])
            count += 1
    return count


def write_xlsx(path: Path, heads: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    """One sheet of text cells with its head frozen. Raises ``TooBigForXlsx``."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("目录"))
    sheet.freeze_panes = "A2"
    for index in range(1, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTH
    sheet.append([_head(sheet, head) for head in heads])
    quoted = _quoted(sheet)
    count = 0
    try:
        for count, line in enumerate(lines, start=1):
            if count >= MAX_XLSX_ROWS:
                raise TooBigForXlsx(count + 1, heads[0])
            cells = [
                _cell(sheet, cell, quoted, count + 1, heads[index])
                for index, cell in enumerate(line)
            ]
            sheet.append(cells)
    except BaseException:
        sheet.close()  # or openpyxl complains of its own half-written part
        raise
    book.save(path)
    return count


def _head(sheet: Any, head: str) -> Any:
    cell = WriteOnlyCell(sheet, head)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _quoted(sheet: Any) -> StyleArray:
    """The style of a cell that stays text when somebody edits it."""
    cell = WriteOnlyCell(sheet, "")
    cell.quotePrefix = True
    return cell._style


def _cell(sheet: Any, text: str, quoted: StyleArray, row: int, head: str) -> Any:
    """The text as openpyxl writes it as text, or None for nothing."""
    if not text:
        return None
    text = _NOT_XML.sub(
        lambda found: f"_x{ord(found[0]):04X}_", escaped(text, formulas=False)
    )
    if len(text) > MAX_XLSX_CELL:
        raise TooBigForXlsx(row, head)
    if not _LOOKS_TYPED.match(text):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell._style = quoted
    return cell
