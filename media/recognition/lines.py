"""Words into lines of text: no spaces between Han, one between ASCII words."""

from dataclasses import dataclass
from itertools import groupby

from media.recognition.engine import Word
from media.values import Box, enclosing

_SPECK_CONFIDENCE = 30.0


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line before its characters are placed; ``words`` in reading order."""

    text: str
    box: Box
    confidence: float
    words: tuple[Word, ...]


def join_lines(words: list[Word]) -> list[TextLine]:
    """Group words by line; a line's confidence is the mean over its characters.

    What the engine doubts and sees within another line is a speck, and left out.
    """
    lines = []
    for _, group in groupby(words, key=lambda word: word.line):
        members = tuple(group)
        text = join_words([word.text for word in members])
        lines.append(
            TextLine(
                text,
                enclosing(word.box for word in members),
                confidence(members),
                members,
            )
        )
    return [line for line in lines if not _is_speck(line, lines)]


def join_words(texts: list[str]) -> str:
    """The texts joined, with a space only where both neighbours are ASCII."""
    joined = ""
    for text in texts:
        if joined and _wants_space(joined[-1], text[0]):
            joined += " "
        joined += text
    return joined


def confidence(words: tuple[Word, ...]) -> float:
    """Mean confidence, 0 to 100, each word counted by its characters."""
    total = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(total, 1)


def _is_speck(line: TextLine, lines: list[TextLine]) -> bool:
    return line.confidence < _SPECK_CONFIDENCE and any(
        _within(line.box, other.box) for other in lines if other is not line
    )


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.w <= outer.x + outer.w
        and inner.y + inner.h <= outer.y + outer.h
    )


def _wants_space(before: str, after: str) -> bool:
    return before.isascii() and after.isascii()
