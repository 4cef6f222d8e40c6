"""Typesets the sample documents into page images with their ground truth.

    python -m tests.samples.typeset OUTDIR

writes ``OUTDIR/<document>/0001.jpg`` …, ``truth.jsonl`` and ``records.csv``.
The same sources, fonts and libraries give the same bytes. A second run over
an unchanged collection writes nothing.
"""

import argparse
import hashlib
import json
import shutil
from collections.abc import Collection
from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image, __version__, features
from tqdm import tqdm

from . import document, fonts, layout, looks, press, seal, truth
from .area import SetPage
from .document import Document
from .press import Turn
from .truth import PageTruth, SealTruth

HERE = Path(__file__).parent
FEATURES = ("freetype2", "raqm", "jpg", "libtiff")
SOURCES = ("*.py", "*.csv", "documents/*.md")
SEAL_MM = 42
STAMP = "made-from.txt"


def build(outdir: Path, only: Collection[str] = ()) -> list[PageTruth]:
    """Make the collection in ``outdir`` and return its pages in order.

    ``only`` names documents or ``document/page`` (page from 1); without it all
    are made. Pages made earlier from the same sources are kept.
    """
    stamp = _fingerprint(only)
    if _fresh(outdir, stamp):
        return list(truth.read(outdir / "truth.jsonl"))
    outdir.mkdir(parents=True, exist_ok=True)
    _clear(outdir)
    work = [
        (made, pages, index)
        for made in document.load_all()
        for pages in [layout.paginate(made)]
        for index in range(len(pages))
        if not only or {made.slug, f"{made.slug}/{index + 1}"} & set(only)
    ]
    done = [
        _page(made, pages, index, outdir)
        for made, pages, index in tqdm(work, desc="排印样本", unit="页", leave=False)
    ]
    truth.write(done, outdir / "truth.jsonl")
    records = HERE / "records.csv"
    if records.exists():
        shutil.copyfile(records, outdir / "records.csv")
    (outdir / STAMP).write_text(stamp, encoding="utf-8")
    return done


def _page(made: Document, pages: list[SetPage], index: int, outdir: Path) -> PageTruth:
    """Print, scan and save one page."""
    number = index + 1
    name = made.looks[index % len(made.looks)]
    look = looks.LOOKS[name]
    rng = np.random.default_rng([crc32(made.slug.encode()), number])
    page, other = pages[index], pages[_back(index, len(pages))]
    turn = Turn(_skew(look.skew, rng), page.width, page.height)
    front = press.layers(page, turn)
    back = press.layers(other, turn).black if look.bleed else front.black
    stamp, seals = _seal(made, page, turn, rng) if look.seal else (None, ())
    image = looks.scan(look, front, back, stamp, made.size, rng)
    suffix = made.formats[index % len(made.formats)]
    file = f"{made.slug}/{number:04d}.{suffix}"
    _save(image, outdir / file, made.dpi)
    lines = press.lines(page, turn)
    return PageTruth(
        file=file,
        document=made.slug,
        page=number,
        direction=made.direction,
        script=made.script,
        look=name,
        width=page.width,
        height=page.height,
        dpi=made.dpi,
        size=made.size,
        skew=turn.degrees,
        text="\n".join(line.text for line in lines),
        lines=lines,
        seals=seals,
    )


def _back(index: int, count: int) -> int:
    """Which page shows through: the other side of the leaf."""
    other = index ^ 1
    return other if other < count else index - 1


def _skew(span: tuple[float, float], rng: np.random.Generator) -> float:
    return round(float(rng.uniform(*span)) * float(rng.choice([-1, 1])), 2)


def _seal(
    made: Document, page: SetPage, turn: Turn, rng: np.random.Generator
) -> tuple[Image.Image, tuple[SealTruth, ...]]:
    """Stamp the page where its last lines stand."""
    diameter = round(SEAL_MM / 25.4 * made.dpi)
    upright = seal.drawn(made.body, made.script, diameter)
    mask = seal.stamped(upright, float(rng.uniform(-14, 14)), rng)
    body = [line for line in page.lines if line.role != "notice"]
    last = body[-1].glyphs[len(body[-1].glyphs) // 2]
    side, foot = round(page.width * 0.12), round(page.height * 0.1)
    left = _within(last.x - diameter * 0.5, side, page.width - diameter - side)
    top = _within(last.y - diameter * 0.55, foot, page.height - diameter - foot)
    sheet = Image.new("L", (page.width, page.height), 0)
    sheet.paste(mask, (left, top))
    sides = (left, top), (left + diameter, top), (left, top + diameter)
    box = press.turned([*sides, (left + diameter, top + diameter)], turn)
    text = f"{made.body}\n{seal.USE[made.script]}"
    return turn.image(sheet), (SealTruth(text, box),)


def _within(value: float, least: int, most: int) -> int:
    return min(max(round(value), least), most)


def _save(image: Image.Image, path: Path, dpi: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".jpg":
        image.save(path, quality=90, dpi=(dpi, dpi), subsampling="4:2:0")
    elif path.suffix == ".tif":
        image.save(path, compression="tiff_lzw", dpi=(dpi, dpi))
    else:
        image.save(path, dpi=(dpi, dpi), compress_level=4)


def _fingerprint(only: Collection[str]) -> str:
    """A digest of everything that decides the pages' bytes."""
    digest = hashlib.sha256(repr(sorted(only)).encode())
    libraries = [__version__, np.__version__]
    libraries += [str(features.version(name)) for name in ("freetype2", "raqm", "jpg")]
    digest.update(repr(libraries + fonts.versions()).encode())
    for path in sorted(
        [*HERE.glob("*.py"), *HERE.glob("documents/*"), *HERE.glob("*.csv")]
    ):
        if not path.name.startswith("test_"):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _clear(outdir: Path) -> None:
    """Take away the pages of an earlier run, so that none outlives its source."""
    (outdir / STAMP).unlink(missing_ok=True)
    kept = outdir / "truth.jsonl"
    if kept.exists():
        for row in kept.read_text(encoding="utf-8").splitlines():
            (outdir / json.loads(row)["file"]).unlink(missing_ok=True)
        kept.unlink()


def _fresh(outdir: Path, stamp: str) -> bool:
    kept = outdir / STAMP
    if not kept.exists() or kept.read_text(encoding="utf-8") != stamp:
        return False
    pages = truth.read(outdir / "truth.jsonl")
    return all((outdir / page.file).exists() for page in pages)


def main() -> None:
    """Command line: make the whole collection in a folder."""
    parser = argparse.ArgumentParser(description="把样本文稿排印成扫描页")
    parser.add_argument("outdir", type=Path, help="输出目录")
    pages = build(parser.parse_args().outdir)
    print(f"{len(pages)} 页")


if __name__ == "__main__":
    main()
