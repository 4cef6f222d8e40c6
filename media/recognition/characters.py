"""Characters with their boxes, in pixels of the prepared page, from text lines."""

import numpy as np

from media.recognition.arrays import Ink
from media.recognition.cells import Span, Wanted, fit
from media.recognition.lines import TextLine
from media.recognition.widths import is_sign
from media.recognition.wording import mend
from media.values import Box, Char, Direction

_REACH = 0.65
"""How far from the middle of a line its ink may be, in characters."""
_ASCII_WIDTH = 0.55
_LEAST_SPACE = 0.24
_EM_OF_BAND = 1.04
_DOUBTED = 30.0


def place_characters(
    line: TextLine, ink: Ink, character: float, direction: Direction
) -> tuple[Char, ...]:
    """Fit the line's characters to the ink under it; a space gets the gap's box.

    The line's boxes, ``ink`` and ``character`` (the size of one) are in the same
    pixels. Characters come in the order of ``line.text``. Left out are signs and
    doubtful characters for which there is no ink at all (the engine sees quotation
    marks in wide gaps), and spaces where there is no gap.
    """
    lying = ink if direction == "h" else ink.T
    words = [(word.text, _lie(word.box, direction)) for word in line.words]
    band = _band(lying, words, character)
    em = min(max(band.h * _EM_OF_BAND, character * 0.8), character * 4)
    window = lying[band.y : band.y + band.h, band.x : band.x + band.w]
    wanted = [Wanted(c.char, c.centre - band.x) for c in _guesses(words)]
    spans = _spans(line, fit(window, wanted, em, direction), em)
    chars = tuple(
        Char(char, _lie(_box(char, span, window, band), direction))
        for char, span in spans
    )
    return mend(chars, _lie(band, direction), direction)


def _lie(box: Box, direction: Direction) -> Box:
    """Swap the axes of columns, so that text always runs along x."""
    return box if direction == "h" else Box(box.y, box.x, box.h, box.w)


def _guesses(words: list[tuple[str, Box]]) -> list[Wanted]:
    """Every character, spread evenly over its word's box.

    A line's first word often has the whole line's box: it ends where the next
    word begins.
    """
    guesses = []
    nexts = [box.x for _, box in words[1:]] + [words[-1][1].x + words[-1][1].w]
    for (text, box), following in zip(words, nexts, strict=True):
        widths = [_ASCII_WIDTH if char.isascii() else 1.0 for char in text]
        end = box.x + box.w
        if box.x < following < end:
            end = following
        unit = (end - box.x) / sum(widths)
        x = float(box.x)
        for char, width in zip(text, widths, strict=True):
            guesses.append(Wanted(char, x + width * unit / 2))
            x += width * unit
    return guesses


def _band(lying: Ink, words: list[tuple[str, Box]], character: float) -> Box:
    """The strip of the page that holds the line: its ink around the words' middle."""
    boxes = [box for _, box in words]
    margin = round(character * 0.6)
    left = max(0, min(box.x for box in boxes) - margin)
    right = min(lying.shape[1], max(box.x + box.w for box in boxes) + margin)
    weights = [box.w for box in boxes]
    middle = float(np.average([box.y + box.h / 2 for box in boxes], weights=weights))
    height = float(np.average([box.h for box in boxes], weights=weights))
    reach = round(_REACH * max(character, height))
    top = max(0, round(middle) - reach)
    bottom = min(lying.shape[0], round(middle) + reach)
    top, bottom = _trimmed(lying[top:bottom, left:right], top, round(middle))
    return Box(left, top, right - left, bottom - top)


def _trimmed(strip: Ink, top: int, middle: int) -> tuple[int, int]:
    """Rows of the strip that belong to the line in its middle, not a neighbour."""
    profile = strip.sum(axis=1)
    empty = profile <= profile.max() * 0.02
    centre = min(max(middle - top, 0), len(profile) - 1)
    core = len(profile) // 6
    above = np.flatnonzero(empty[: max(centre - core, 0)])
    lower = min(centre + core, len(profile))
    below = np.flatnonzero(empty[lower:])
    first = int(above[-1]) + 1 if above.size else 0
    last = int(below[0]) + lower if below.size else len(profile)
    return top + first, top + max(last, first + 1)


def _spans(line: TextLine, fitted: list[Span], em: float) -> list[tuple[str, Span]]:
    """The characters that are really there, each with its span."""
    spans: list[tuple[str, Span]] = []
    rest = iter(fitted)
    sureness = iter([word.confidence for word in line.words for _ in word.text])
    space = False
    for char in line.text:
        if char == " ":
            space = True
            continue
        span = next(rest)
        doubted = next(sureness) < _DOUBTED or is_sign(char)
        if span.end <= span.start and doubted:
            continue
        if space and spans:
            gap = Span(spans[-1][1].end, span.start)
            if gap.end - gap.start > _LEAST_SPACE * em:
                spans.append((" ", gap))
        space = False
        spans.append((char, span))
    return spans


def _box(char: str, span: Span, window: Ink, band: Box) -> Box:
    """The box of the ink within a span of the band; a space's is the whole gap."""
    width = max(span.end - span.start, 1)
    rows = np.flatnonzero(window[:, span.start : span.end].any(axis=1))
    if char == " " or rows.size == 0:
        return Box(band.x + span.start, band.y, width, band.h)
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    return Box(band.x + span.start, band.y + top, width, bottom - top)
