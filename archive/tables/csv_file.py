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


def read_csv(table: Path, report: Problems) -> list[list[str]]:
    """The lines of a table, none where the report says why not.

    UTF-8 (with or without a byte order mark), UTF-16 with one, or GB18030; cells
    are separated by commas, semicolons or tabs.
    """
    try:
        text = _decoded(table.read_bytes())
    except OSError:
        report.problem(0, "", _("读不了这个表；请检查路径和权限。"), table.name)
        return []
    if text is None:
        message = _("无法识别编码；请另存为 UTF-8 或 GB18030 的 CSV。")
        report.problem(0, "", message, table.name)
        return []
    return _parsed(text, table.name, report)


def _parsed(text: str, name: str, report: Problems) -> list[list[str]]:
    lines: list[list[str]] = []
    reader = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text)
    )
    begins = 1
    with _field_limit(_MAX_FIELD):
        try:
            for line in reader:
                lines.append(line)
                begins = reader.line_num + 1
        except csv.Error as error:
            message = _(
                "不是完好的 CSV：从文本的第 %(line)d 行起读不懂（%(error)s）。"
                "请检查那里的引号，或从表格软件重新导出。"
            )
            values = {"line": begins, "error": error}
            report.problem(len(lines) + 1, "", message % values, name)
            return []
    if not lines:
        report.problem(1, "", _("表是空的。"), name)
    return lines


def _delimiter(text: str) -> str:
    """The one that makes the first line hold most known heads; else a comma."""

    def known(delimiter: str) -> int:
        heads = text.lstrip("\r\n").partition("\n")[0].strip("\r").split(delimiter)
        return sum(attribute_of(head.strip('"')) is not None for head in heads)

    return max(_DELIMITERS, key=known)


def _decoded(content: bytes) -> str | None:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
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
