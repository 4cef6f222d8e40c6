"""Breaks a paragraph into justified lines by the rules for Chinese type."""

import re
from dataclasses import dataclass

from .fonts import advance
from .truth import Direction

NOT_FIRST = frozenset("，。、；：？！）」』》】〕”’…—％·")
NOT_LAST = frozenset("（「『《【〔“‘")
GAP = "\u3000"
# The raised dot inside a reference code is no Han punctuation.
DOT = "·"
# A run of Latin letters and digits stays together, and so does a date; a code
# may break after its hyphens, which therefore end a token.
TOKEN = re.compile(r"\d{4}-\d{2}-\d{2,3}|[!-~·]*?-|[!-~·]+|.")


@dataclass(frozen=True, slots=True)
class Set:
    """A character at ``u`` pixels along its line, ``width`` pixels long."""

    char: str
    u: float
    width: float


@dataclass(frozen=True, slots=True)
class Type:
    """Face, size in pixels and direction of a run of text."""

    face: str
    size: int
    direction: Direction

    def width(self, token: str) -> float:
        """Length of a token along the line, in pixels."""
        if self.direction == "v":
            return float(self.size * len(token))
        if token.replace(DOT, "").isascii():
            return advance(self.face, self.size, token)
        return float(self.size * len(token))

    def length(self, text: str) -> float:
        """Length of a whole text set in one line, in pixels."""
        return sum(self.width(token) for token in tokens(text))


def tokens(text: str) -> list[str]:
    """Cut ``text`` into what a line may end after, punctuation aside."""
    return TOKEN.findall(text)


def natural(text: str, kind: Type, spacing: float = 0.0) -> list[Set]:
    """Set ``text`` in one line from 0, with ``spacing`` between tokens."""
    return _place(tokens(text), kind, 0.0, spacing)


def paragraph(text: str, kind: Type, measure: float, indent: float) -> list[list[Set]]:
    """Break ``text`` into lines of ``measure`` pixels, all but the last justified."""
    lines: list[list[Set]] = []
    rest = tokens(text)
    start = indent
    while rest:
        count = _fitting(rest, kind, measure - start)
        taken, rest = rest[:count], rest[count:]
        spacing = 0.0
        if rest:
            while taken[-1] == " ":
                taken.pop()
            slack = measure - start - sum(kind.width(t) for t in taken)
            spacing = slack / max(1, len(taken) - 1)
        lines.append(_place(taken, kind, start, spacing))
        start = 0.0
    return lines


def length(line: list[Set]) -> float:
    """How far a set line reaches from 0, in pixels."""
    return line[-1].u + line[-1].width if line else 0.0


def _fitting(rest: list[str], kind: Type, room: float) -> int:
    """How many tokens the next line takes: at least one."""
    used, count = 0.0, 0
    while count < len(rest) and used + kind.width(rest[count]) <= room + 0.01:
        used += kind.width(rest[count])
        count += 1
    if count == len(rest):
        return count
    while count > 1 and (rest[count][0] in NOT_FIRST or rest[count - 1] in NOT_LAST):
        count -= 1
    return max(1, count)


def _place(taken: list[str], kind: Type, start: float, spacing: float) -> list[Set]:
    line: list[Set] = []
    for token in taken:
        u = start
        for char in token:
            width = kind.width(char)
            if char != GAP:
                line.append(Set(char, u, width))
            u += width
        start += kind.width(token) + spacing
    return line
