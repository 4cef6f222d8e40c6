"""The one adapter of Tesseract, through pytesseract."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytesseract

from media.errors import (
    EngineFailed,
    EngineMissing,
    LanguageMissing,
    MachineTrouble,
    RecognitionTimeout,
)
from media.recognition.arrays import Grey
from media.recognition.engine import Reading, Turn, Word
from media.values import Box

# Tesseract's own threads make a page several times slower; workers are processes.
os.environ["OMP_THREAD_LIMIT"] = "1"

_TIMEOUT_MESSAGE = "Tesseract process timeout"
_MISSING_LANGUAGE = re.compile(r"Failed loading language '(\w+)'")
_WORD_LEVEL = "5"
_COLUMNS = 12


class TesseractEngine:
    """Runs one ``tesseract`` process a page; the TSV gives text, boxes, confidence."""

    name = "tesseract"

    def version(self) -> str:
        """For instance ``5.3.0``."""
        with _named_errors(0):
            return str(pytesseract.get_tesseract_version(cached=True))

    def languages(self) -> frozenset[str]:
        """The languages whose data is installed."""
        with _named_errors(0):
            return frozenset(pytesseract.get_languages())

    def read(self, page: Grey, reading: Reading) -> list[Word]:
        """See ``Engine.read``."""
        config = f"--psm {reading.psm} --dpi {reading.dpi}"
        with _as_file(page) as path, _named_errors(reading.timeout):
            tsv = pytesseract.image_to_data(
                str(path),
                lang="+".join(reading.languages),
                config=config,
                timeout=reading.timeout,
                output_type=pytesseract.Output.STRING,
            )
        return _words(tsv)

    def turn(self, page: Grey, timeout: float) -> Turn:
        """See ``Engine.turn``; a page with too little text is left as it is."""
        with _as_file(page) as path, _named_errors(timeout):
            try:
                osd = pytesseract.image_to_osd(
                    str(path),
                    config="--dpi 300",
                    timeout=timeout,
                    output_type=pytesseract.Output.DICT,
                )
            except pytesseract.TesseractError as error:
                if "Too few characters" in error.message:
                    return 0
                raise
        rotate: Turn = osd.get("rotate", 0)
        return rotate


@contextmanager
def _as_file(page: Grey) -> Iterator[Path]:
    """The page as a PGM file: nothing to compress, nothing to decompress.

    Raises ``MachineTrouble`` where there is no room for it.
    """
    height, width = page.shape
    with ExitStack() as kept:
        try:
            folder = kept.enter_context(TemporaryDirectory(prefix="ocr-"))
            path = Path(folder) / "page.pgm"
            path.write_bytes(b"P5 %d %d 255\n" % (width, height) + page.tobytes())
        except OSError as error:
            raise MachineTrouble(_reason(error)) from error
        yield path


@contextmanager
def _named_errors(timeout: float) -> Iterator[None]:
    """pytesseract's errors as ours."""
    try:
        yield
    except pytesseract.TesseractNotFoundError as error:
        raise EngineMissing from error
    except pytesseract.TesseractError as error:
        missing = _MISSING_LANGUAGE.search(error.message)
        if missing:
            raise LanguageMissing(missing[1]) from error
        raise EngineFailed(error.message[-200:]) from error
    except RuntimeError as error:
        if str(error) == _TIMEOUT_MESSAGE:
            raise RecognitionTimeout(timeout) from error
        raise
    except (FileNotFoundError, UnicodeDecodeError) as error:  # no answer, or no text
        raise EngineFailed(type(error).__name__) from error
    except OSError as error:
        raise MachineTrouble(_reason(error)) from error


def _reason(error: OSError) -> str:
    """What the system says, without any path."""
    return error.strerror or type(error).__name__


def _words(tsv: str) -> list[Word]:
    """The words of a TSV answer; ``EngineFailed`` if it is not one."""
    rows = [line.split("\t") for line in tsv.splitlines()]
    if not rows or len(rows[0]) != _COLUMNS or rows[0][0] != "level":
        raise EngineFailed("TSV")
    words: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    try:
        for row in rows[1:]:
            if row[0] != _WORD_LEVEL or len(row) < _COLUMNS or not row[11].strip():
                continue
            line = lines.setdefault(tuple(row[2:5]), len(lines))
            box = Box(*(int(field) for field in row[6:10]))
            words.append(Word(row[11].strip(), box, float(row[10]), line))
    except ValueError as error:
        raise EngineFailed("TSV") from error
    return words
