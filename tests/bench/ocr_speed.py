"""The engine's adapter against plain ``tesseract`` processes.

Both read the same prepared pages with the same settings and give the words of the
page; the adapter gives boxes and confidences besides and writes the page to a
file first, which the plain processes find ready.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from media.pixels import open_image
from media.recognition.arrays import Grey
from media.recognition.engine import Reading
from media.recognition.prepare import prepare
from media.recognition.settings import OcrSettings
from media.recognition.tesseract import TesseractEngine
from tests.bench import pages, plain
from tests.bench.rounds import alternate
from tests.bench.table import Row, rate_row

PAGES = 8
DPI = 300
GOAL = 0.95


@dataclass(frozen=True, slots=True)
class Work:
    """One prepared page, in memory and as a file, and how to read it."""

    page: Grey
    file: Path
    language: str
    psm: str

    @property
    def reading(self) -> Reading:
        return Reading((self.language,), int(self.psm), DPI, timeout=120.0)


def run(rounds: int) -> list[Row]:
    cores = len(os.sched_getaffinity(0))
    engine = TesseractEngine()
    with (
        TemporaryDirectory(prefix="bench-") as folder,
        ThreadPoolExecutor(cores) as pool,
    ):
        work = prepared(Path(folder))

        def ours() -> list[list[str]]:
            read = pool.map(lambda one: engine.read(one.page, one.reading), work)
            return [[word.text for word in words] for words in read]

        def baseline() -> list[list[str]]:
            return list(
                pool.map(
                    lambda one: plain.tsv_words(one.file, one.language, one.psm, DPI),
                    work,
                )
            )

        same = ours() == baseline()
        seconds = alternate({"ours": ours, "plain": baseline}, rounds)
    args = len(work), "pages/s", seconds["ours"], seconds["plain"]
    return [
        rate_row("OCR adapter", *args, GOAL),
        Row("OCR adapter: same text", "yes" if same else "no", goal="yes", met=same),
    ]


def prepared(folder: Path) -> list[Work]:
    """Some pages of every layout, as the pipeline would hand them to the engine."""
    work = []
    for number, page in enumerate(pages.load(PAGES)):
        image = open_image(pages.FOLDER / page.file).copy_memory()
        small = prepare(image, OcrSettings(direction=page.direction)).small
        file = folder / f"{number}.pgm"
        height, width = small.shape
        file.write_bytes(b"P5 %d %d 255\n" % (width, height) + small.tobytes())
        language = pages.LANGUAGES[page.script, page.direction]
        work.append(Work(small, file, language, pages.PSM[page.direction]))
    return work
