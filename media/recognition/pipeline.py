"""One scan in, one ``Recognition`` out."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyvips

from media.errors import MachineTrouble
from media.pixels import check_pixels, open_image, read_header
from media.recognition.characters import place_characters
from media.recognition.engine import Engine, Reading, Word
from media.recognition.lines import TextLine, confidence, join_lines
from media.recognition.prepare import Prepared, prepare
from media.recognition.script import LANGUAGES, choose_script
from media.recognition.settings import OcrSettings
from media.recognition.tesseract import TesseractEngine
from media.recognition.unread import with_unread
from media.values import Box, Char, Line, Recognition, Script, enclosing

DEFAULT_SETTINGS = OcrSettings()
_DPI = 300
_DOUBTFUL = 50.0
"""Below this confidence a page may lie on its side or upside down."""


def recognise(
    source: Path | bytes,
    settings: OcrSettings = DEFAULT_SETTINGS,
    engine: Engine | None = None,
) -> Recognition:
    """Read one page image: its text, lines and characters, with boxes.

    ``source`` is a file or a file's bytes. The same settings on the same image
    give the same text. All failures are ``MediaError``: ``MachineTrouble`` where
    the image is sound and there was no room to decode it.
    """
    if isinstance(source, bytes):
        with TemporaryDirectory(prefix="page-") as folder:
            path = Path(folder) / "page"
            path.write_bytes(source)
            return recognise(path, settings, engine)
    started = time.perf_counter()
    engine = engine or TesseractEngine()
    try:
        image = open_image(source)
        found = _read_upright(engine, image, settings)
    except pyvips.Error as error:
        # Decoded once more, in a stream: a damaged file is a ``BrokenImage``.
        check_pixels(source, read_header(source).format)
        raise MachineTrouble("libvips") from error
    placed = (
        _line(line, found.page, image.width, image.height)
        for line in join_lines(found.words)
    )
    lines = tuple(line for line in placed if line.text)
    version = engine.version()
    return Recognition(
        text="\n".join(line.text for line in lines),
        direction=found.page.direction,
        script=found.script,
        confidence=confidence(tuple(found.words)),
        seconds=time.perf_counter() - started,
        lines=lines,
        width=image.width,
        height=image.height,
        engine=engine.name,
        engine_version=version,
        key=settings.key(f"{engine.name}-{version}"),
    )


class _Found(NamedTuple):
    """A page and what was read of it, words in pixels of ``page.page``."""

    page: Prepared
    script: Script
    words: list[Word]


def _read_upright(
    engine: Engine, image: "pyvips.Image", settings: OcrSettings
) -> _Found:
    """Read the page as it lies; if that goes badly, turn it as the engine says."""
    found = _read(engine, prepare(image, settings), settings)
    if confidence(tuple(found.words)) >= _DOUBTFUL or not found.page.ink.any():
        return found
    turn = engine.turn(found.page.small, settings.timeout)
    if not turn:
        return found
    again = _read(engine, prepare(image, settings, turned=turn), settings)
    better = confidence(tuple(again.words)) > confidence(tuple(found.words))
    return again if better else found


def _read(engine: Engine, page: Prepared, settings: OcrSettings) -> _Found:
    psm = settings.psm or _layout_mode(page)
    script = settings.script or choose_script(engine, page, psm, _DPI, settings.timeout)
    languages = settings.languages or (LANGUAGES[script, page.direction],)
    reading = Reading(languages, psm, _DPI, settings.timeout)
    words = [
        word._replace(box=_enlarged(word.box, page.scale))
        for word in engine.read(page.small, reading)
    ]
    return _Found(page, script, with_unread(engine, page, words, reading))


def _layout_mode(page: Prepared) -> int:
    """Tesseract's mode for one block of columns, several of lines, one of lines."""
    if page.direction == "v":
        return 5
    return 3 if page.columns else 6


def _enlarged(box: Box, scale: float) -> Box:
    left, top = round(box.x / scale), round(box.y / scale)
    right, bottom = round((box.x + box.w) / scale), round((box.y + box.h) / scale)
    return Box(left, top, right - left, bottom - top)


def _line(line: TextLine, page: Prepared, width: int, height: int) -> Line:
    """The line with its characters fitted to the ink, in the original's pixels."""
    chars = place_characters(line, page.ink, page.character, page.direction)
    placed = tuple(
        Char(c.char, page.to_original.map_box(c.box, width, height)) for c in chars
    )
    text = "".join(c.char for c in placed)
    return Line(text, enclosing(char.box for char in placed), line.confidence, placed)
