"""CSV files: bytes into lines of cells."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from .columns import attribute_of
from .problems import Problems

_MAX_FIELD = 10_000_000
_DELIMITERS = ",;\t"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"%PDF")


def read_csv(table: Path, report: Problems, most: int | None = None) -> list[list[str]]:
    """The lines of a table, none where the report says why not; see ``read_table``.

    UTF-8 (with or without a byte order mark), UTF-16 with one, or GB18030; cells
    are separated by commas, semicolons or tabs.
    """
    try:
        content = table.read_bytes()
    except OSError:
        report.problem(0, "", _("读不了这个表；请检查路径和权限。"), table.name)
        return []
    if message := _no_text(content):
        report.problem(0, "", message, table.name)
        return []
    text = _decoded(content)
    if text is None:
        message = _("无法识别编码；请另存为 UTF-8 或 GB18030 的 CSV。")
        report.problem(0, "", message, table.name)
        return []
    return _parsed(text, table.name, report, most)


def _parsed(
    text: str, name: str, report: Problems, most: int | None
) -> list[list[str]]:
    lines: list[list[str]] = []
    filled = 0
    reader = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text)
    )
    begins = 1
    with _field_limit(_MAX_FIELD):
        try:
            for line in reader:
                lines.append(line)
                begins = reader.line_num + 1
                filled += any(map(str.strip, line))
                if most is not None and filled > most + 1:
                    break
        except csv.Error as error:
            message = _(
                "不是完好的 CSV：从文本的第 %(line)d 行起读不懂（%(error)s）。"
                "请检查那里的引号，或从表格软件重新导出。"
            )
            values = {"line": begins, "error": error}
            report.problem(len(lines) + 1, "", message % values, name)
            return []
    if not filled:
        message = _("表是空的；第一行须为表头，以下每行一条档案。")
        report.problem(1, "", message, name)
        return []
    return lines


def _delimiter(text: str) -> str:
    """The one that makes the first line hold most known heads; else a comma."""

    def known(delimiter: str) -> int:
        heads = text.lstrip("\r\n").partition("\n")[0].strip("\r").split(delimiter)
        return sum(attribute_of(head.strip('"')) is not None for head in heads)

    return max(_DELIMITERS, key=known)


def _no_text(content: bytes) -> str:
    """What is wrong with a file that is no text at all; "" for all others."""
    if content.startswith(_PICTURES):
        return _("这不是著录表，而是图像或 PDF 文件；请选 CSV 或 XLSX 文件。")
    # In UTF-16 a comma has a zero beside it, on one side or the other.
    begin = content[:4000]
    commas = begin.count(b",")
    wide = commas in (begin.count(b",\0"), begin.count(b"\0,"))
    if commas and wide and not content.startswith(_UTF_16):
        return _("像是没有标记的 UTF-16；请另存为 UTF-8 或 GB18030 的 CSV。")
    return ""


def _decoded(content: bytes) -> str | None:
    marked = content.startswith(_UTF_16)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


@contextmanager
def _field_limit(limit: int) -> Iterator[None]:
    """The reader's own limit is global; ours names the cell in the report."""
    before = csv.field_size_limit(limit)
    try:
        yield
    finally:
        csv.field_size_limit(before)
