"""Lines and columns that the engine passed over, read by themselves.

Tesseract drops a widely spaced column, such as a red head set upright. Its ink is
still there: the gaps are closed up and the strip is read once more.
"""

import numpy as np

from media.recognition.arrays import (
    Grey,
    Ink,
    as_array,
    as_vips,
    columns_with,
    runs,
)
from media.recognition.engine import Engine, Reading, Word
from media.recognition.lines import confidence
from media.recognition.prepare import Prepared
from media.values import Box

_MOST = 3
"""So many strips of a page are read again."""
_CELL = 8
"""Parts into which a character's side is divided to look for what is left."""
_MARGIN = 0.3
_THIN, _THICK = 0.6, 3.0
_LEAST_CELLS = 5
_LEAST_MASS = 2.0
_WIDE_GAP = 0.3
_CLOSED_GAP = 0.12
_LEAST_CONFIDENCE = 60.0
_PSM = {"h": 7, "v": 5}


def with_unread(
    engine: Engine, page: Prepared, words: list[Word], reading: Reading
) -> list[Word]:
    """``words`` (in pixels of ``page.page``) and those of strips passed over."""
    if not words:
        return words
    lines = _by_line(words)
    for strip in _strips(page, words)[:_MOST]:
        word = _read(engine, page, strip, reading)
        if word is not None:
            _insert(lines, word, page.direction == "v")
    return [
        word._replace(line=number) for number, line in enumerate(lines) for word in line
    ]


def _strips(page: Prepared, words: list[Word]) -> list[Box]:
    """Where there is as much ink as two characters have, and no word."""
    rest = page.ink.copy()
    margin = round(_MARGIN * page.character)
    for word in words:
        x, y, w, h = word.box
        rest[
            max(y - margin, 0) : y + h + margin, max(x - margin, 0) : x + w + margin
        ] = False
    standing = page.direction == "v"
    lying = rest.T if standing else rest
    characters = sum(len(word.text) for word in words)
    read_mass = (page.ink.sum() - rest.sum()) / characters
    cell = max(1, round(page.character / _CELL))
    boxes = (word.box for word in words)
    middles = [x + w / 2 if standing else y + h / 2 for x, y, w, h in boxes]
    found = []
    for top, bottom in runs(_coarse(lying, cell).sum(axis=1) >= _LEAST_CELLS):
        band = lying[top * cell : bottom * cell]
        size = len(band) / page.character
        if not _THIN <= size <= _THICK or band.sum() < _LEAST_MASS * read_mass:
            continue
        if any(top * cell < middle < bottom * cell for middle in middles):
            continue  # part of a line that was read
        xs = np.flatnonzero(band.any(axis=0))
        box = Box(int(xs[0]), top * cell, int(np.ptp(xs)) + 1, len(band))
        found.append(Box(box.y, box.x, box.h, box.w) if standing else box)
    return found


def _read(engine: Engine, page: Prepared, strip: Box, reading: Reading) -> Word | None:
    """What the strip says, as one word in its place; None if it says nothing."""
    x, y, w, h = strip
    part, ink = page.page[y : y + h, x : x + w], page.ink[y : y + h, x : x + w]
    standing = page.direction == "v"
    size = min(w, h)
    closed = _closed(part.T, ink.T, size).T if standing else _closed(part, ink, size)
    framed = np.pad(closed, size // 2, constant_values=255)
    scale = min(1.0, page.scale * page.character / size)
    if scale < 1:
        framed = as_array(as_vips(framed).resize(scale, kernel="linear"))
    again = Reading(
        reading.languages, _PSM[page.direction], reading.dpi, reading.timeout
    )
    words = engine.read(framed, again)
    sureness = confidence(tuple(words))
    text = "".join(word.text for word in words)
    return Word(text, strip, sureness, 0) if sureness >= _LEAST_CONFIDENCE else None


def _closed(part: Grey, ink: Ink, size: int) -> Grey:
    """A lying strip with its wide gaps made as narrow as usual ones."""
    keep = np.ones(part.shape[1], np.bool_)
    for start, end in runs(~columns_with(ink)):
        if end - start > _WIDE_GAP * size:
            keep[start + round(_CLOSED_GAP * size) : end] = False
    return part[:, keep]


def _by_line(words: list[Word]) -> list[list[Word]]:
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _insert(lines: list[list[Word]], word: Word, standing: bool) -> None:
    """Put a line of one word in its place: from the top, columns from the right."""
    for place, line in enumerate(lines):
        box = line[0].box
        later = box.x < word.box.x if standing else box.y > word.box.y
        if later:
            lines.insert(place, [word])
            return
    lines.append([word])


def _coarse(ink: Ink, cell: int) -> Ink:
    """Whether there is ink in each square of ``cell`` pixels."""
    height, width = (side // cell * cell for side in ink.shape)
    squares = ink[:height, :width].reshape(height // cell, cell, width // cell, cell)
    return np.asarray(squares.any(axis=(1, 3)), np.bool_)
