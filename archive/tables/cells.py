"""Texts as cells, so that no spreadsheet runs them and every one comes back exactly.

A text that a program might run as a formula (CSV), or that would mean something else
in an import (only white space, the mark that empties a field, an apostrophe in front)
gets an apostrophe in front, which ``unescaped`` takes away again.
"""

import re

from django.utils.translation import gettext as _

MAX_CELL_BYTES = 100_000
EMPTIED = ("（清空）", "(清空)", "[空]", "[empty]")
"""A cell that holds one of these empties the field; an empty cell leaves it."""


class Empties(str):
    """A cell that is to empty the field, in a table that is written."""

    __slots__ = ()


EMPTIES = Empties("[空]")

_MARK = "'"
# What spreadsheets take for the beginning of a formula, full width included.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_AMBIGUOUS = re.compile(rf"'|\s+\Z|\s*(?:{'|'.join(map(re.escape, EMPTIED))})\s*\Z")
_CALL = r"[=＝+＋\-－@＠]+\s*[A-Za-z_][\w.]*\s*\("
_PIPE = r"[=＝+＋\-－@＠][^|\n]*\|"
_EXPRESSION = r"[=＝]\s*(?:\(|[-+]?\$?[A-Za-z]{1,3}\$?\d|[-+]?[\d.]+\s*[-+*/^&<>])"
_LIVE = re.compile(rf"\s*(?:{_CALL}|{_PIPE}|{_EXPRESSION})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def escaped(text: str, *, formulas: bool) -> str:
    """``text`` as a cell; with ``formulas`` also what would run as one (CSV)."""
    if isinstance(text, Empties):
        return text
    if _AMBIGUOUS.match(text) or (formulas and _FORMULA.match(text)):
        return _MARK + text
    return text


def unescaped(cell: str) -> str:
    """The text of which ``escaped`` made this cell."""
    rest = cell[1:]
    if cell.startswith(_MARK) and (_AMBIGUOUS.match(rest) or _FORMULA.match(rest)):
        return rest
    return cell


def is_live_formula(cell: str) -> bool:
    """Whether an unescaped cell calls, computes or runs something.

    A sign alone does not: ``-5``, ``=`` and ``+（见附件）`` are text.
    """
    return _LIVE.match(cell) is not None


def empties(cell: str) -> bool:
    return cell.strip() in EMPTIED


def control_character(cell: str) -> str:
    """The first character that no text has, as ``U+0007``, or ""."""
    found = _CONTROL.search(cell)
    return f"U+{ord(found[0]):04X}" if found else ""


def problem_of(cell: str, *, typed: bool) -> str:
    """Why a cell is not taken, with the remedy, or "".

    ``typed``: the file marks its texts as such, so that none of them runs.
    """
    if len(cell.encode(errors="replace")) > MAX_CELL_BYTES:
        return _("单元格超过 %(n)d kB，请缩短。") % {"n": MAX_CELL_BYTES // 1000}
    if character := control_character(cell):
        message = _("含有控制字符 %(character)s；请删去。")
        return message % {"character": character}
    if not typed and is_live_formula(cell):
        return _(
            "像是公式，没有导入；如确是文字，请在最前面加一个半角撇号（'），"
            "或存为 XLSX 并把该列设为文本。"
        )
    return ""
