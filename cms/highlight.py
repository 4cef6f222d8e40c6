"""Text cut at its marks, for templates that put ``<mark>`` around some of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

# A line this full, compared with the longest, goes on in the next one …
_FULL = 0.9
# … unless a sentence ends with it.
_SENTENCE_END = re.compile(r"[。！？：；.!?:;]$")
# Holds the place of a line end that goes without a trace, until the text is cut.
_JOINT = "\u200b"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text. ``number`` is the match it belongs to, 0 for none;

    ``first`` says that the match begins here, and not in an earlier line.
    """

    text: str
    number: int = 0
    first: bool = False


def segments(text: str, marks: Iterable[tuple[int, int]]) -> list[Segment]:
    """``text`` in order; ``marks`` are ascending [start, end) in its code points."""
    cut: list[Segment] = []
    position = 0
    for number, (start, end) in enumerate(marks, start=1):
        if start > position:
            cut.append(Segment(text[position:start]))
        cut.append(Segment(text[max(start, position) : end], number, first=True))
        position = max(position, end)
    if position < len(text):
        cut.append(Segment(text[position:]))
    return cut


def lines(text: str, marks: Iterable[tuple[int, int]]) -> list[list[Segment]]:
    """The same, line by line; a match over a line end has a segment in each line."""
    result: list[list[Segment]] = [[]]
    for segment in segments(text, marks):
        first = segment.first
        for index, part in enumerate(segment.text.replace(_JOINT, "").split("\n")):
            if index:
                result.append([])
            if part:
                result[-1].append(Segment(part, segment.number, first))
                first = False
    return result


def paragraphs(text: str, marks: Iterable[tuple[int, int]]) -> list[list[Segment]]:
    """Like ``lines``, but with the lines of a paragraph run together."""
    return lines(_unbroken(text), marks)


def _width(line: str) -> float:
    """In Han characters; a Latin letter or digit is about half as wide."""
    return sum(0.5 if char.isascii() else 1.0 for char in line)


def _unbroken(text: str) -> str:
    """``text`` with the line ends inside paragraphs replaced, one for one.

    So offsets stay true. Between Latin letters or digits a line end becomes a
    space, elsewhere a joint.
    """
    rows = text.split("\n")
    longest = max(map(_width, rows))
    parts = [rows[0]]
    for before, after in pairwise(rows):
        full = _width(before) >= longest * _FULL and not _SENTENCE_END.search(before)
        latin = before[-1:].isascii() and before[-1:] != "-" and after[:1].isascii()
        parts += [(" " if latin else _JOINT) if full else "\n", after]
    return "".join(parts)
