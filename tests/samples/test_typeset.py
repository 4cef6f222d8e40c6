"""The pages as files, and the ground truth that goes with them."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.samples import document, layout, looks, press, truth, typeset
from tests.samples.press import Turn
from tests.samples.truth import PageTruth

# One page of each look and layout kept small enough for a test run.
CHOSEN = {
    "mediation-course/1",
    "mediation-course/2",
    "mediation-course/3",
    "record-writing/2",
    "record-writing/3",
    "register-guide/2",
    "storehouse-rules/1",
    "storehouse-rules/3",
    "village-meeting-form/1",
    "reading-room-rules/3",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[PageTruth]]:
    folder = tmp_path_factory.mktemp("samples")
    return folder, typeset.build(folder, CHOSEN)


def test_the_same_sources_give_the_same_bytes(
    made: tuple[Path, list[PageTruth]], tmp_path: Path
) -> None:
    folder, pages = made
    again = typeset.build(tmp_path, {"mediation-course/2", "record-writing/2"})
    assert [page.file for page in again] == [
        "mediation-course/0002.jpg",
        "record-writing/0002.jpg",
    ]
    for page in again:
        assert page in pages
        assert (tmp_path / page.file).read_bytes() == (folder / page.file).read_bytes()


def test_an_unchanged_collection_is_kept_and_a_damaged_one_mended(
    tmp_path: Path,
) -> None:
    only = {"mediation-course/4"}
    first = typeset.build(tmp_path, only)
    file = tmp_path / first[0].file
    file.write_bytes(b"kept")
    assert typeset.build(tmp_path, only) == first
    assert file.read_bytes() == b"kept"
    file.unlink()
    assert typeset.build(tmp_path, only) == first
    assert file.stat().st_size > 10_000


def test_pages_of_an_earlier_run_do_not_outlive_their_source(tmp_path: Path) -> None:
    earlier = typeset.build(tmp_path, {"mediation-course/4"})
    later = typeset.build(tmp_path, {"village-meeting-form/2"})
    assert not (tmp_path / earlier[0].file).exists()
    assert (tmp_path / later[0].file).exists()


def test_the_files_are_what_the_truth_says(made: tuple[Path, list[PageTruth]]) -> None:
    folder, pages = made
    assert {page.look for page in pages} == set(looks.LOOKS)
    for page in pages:
        with Image.open(folder / page.file) as image:
            assert image.size == (page.width, page.height)
            assert image.mode == "RGB"
            assert round(float(image.info["dpi"][0])) == page.dpi
            kind = {".jpg": "JPEG", ".png": "PNG", ".tif": "TIFF"}
            assert image.format == kind[Path(page.file).suffix]


def test_the_tiff_is_compressed(made: tuple[Path, list[PageTruth]]) -> None:
    folder, _ = made
    with Image.open(folder / "storehouse-rules" / "0003.tif") as image:
        assert image.info["compression"] == "tiff_lzw"


def test_the_truth_file_gives_back_the_pages(
    made: tuple[Path, list[PageTruth]],
) -> None:
    folder, pages = made
    assert list(truth.read(folder / "truth.jsonl")) == pages
    row = json.loads((folder / "truth.jsonl").read_text("utf-8").splitlines()[0])
    assert row["lines"][0]["chars"][0]["box"] == list(pages[0].lines[0].chars[0].box)


def test_the_truth_s_text_is_its_lines_and_characters(
    made: tuple[Path, list[PageTruth]],
) -> None:
    for page in made[1]:
        assert page.text == "\n".join(line.text for line in page.lines)
        for line in page.lines:
            assert line.text == "".join(char.char for char in line.chars)
            assert line.box == truth.around(char.box for char in line.chars)


def test_seals_are_recorded_apart_from_the_text(
    made: tuple[Path, list[PageTruth]],
) -> None:
    for page in made[1]:
        assert bool(page.seals) == looks.LOOKS[page.look].seal
        assert "专用章" not in page.text and "專用章" not in page.text
        for seal in page.seals:
            assert seal.box.w > page.width / 8
            assert seal.box.x >= 0 and seal.box.x + seal.box.w <= page.width


def test_skewed_pages_are_turned_by_one_to_three_degrees(
    made: tuple[Path, list[PageTruth]],
) -> None:
    for page in made[1]:
        if page.look == "skewed":
            assert 1.0 <= abs(page.skew) <= 3.0
        elif page.look != "mixed":
            assert page.skew == 0.0


def test_every_box_lies_in_the_page_and_is_darker_than_the_paper(
    made: tuple[Path, list[PageTruth]],
) -> None:
    folder, pages = made
    for page in pages:
        with Image.open(folder / page.file) as image:
            grey = np.asarray(image.convert("L"), dtype=np.float64)
        for char in (c for line in page.lines for c in line.chars if c.char != " "):
            x, y, w, h = char.box
            assert x >= 0 and y >= 0 and w > 0 and h > 0
            assert x + w <= page.width and y + h <= page.height
            around = grey[max(0, y - 12) : y + h + 12, max(0, x - 12) : x + w + 12]
            ink = grey[y : y + h, x : x + w]
            assert ink.min() < np.percentile(around, 90) - 20


@pytest.mark.parametrize("slug", ["reading-room-rules", "village-compact"])
@pytest.mark.parametrize("degrees", [0.0, 2.3, -1.4])
def test_boxes_are_the_tight_boxes_of_the_ink(slug: str, degrees: float) -> None:
    (page,) = layout.paginate(document.load(document.FOLDER / f"{slug}.md"))[:1]
    page.rules.clear()
    turn = Turn(degrees, page.width, page.height)
    layers = press.layers(page, turn)
    ink = np.maximum(np.asarray(layers.black), np.asarray(layers.red)) >= 128
    slack = 0 if degrees == 0 else 2
    for line in press.lines(page, turn):
        for char in line.chars:
            x, y, w, h = char.box
            inside = ink[y : y + h, x : x + w]
            rows = np.flatnonzero(inside.any(axis=1))
            columns = np.flatnonzero(inside.any(axis=0))
            if char.char == " ":
                continue
            assert rows[0] <= slack and h - 1 - rows[-1] <= slack, char
            assert columns[0] <= slack and w - 1 - columns[-1] <= slack, char
    covered = np.zeros_like(ink)
    for line in press.lines(page, turn):
        for char in line.chars:
            x, y, w, h = char.box
            covered[max(0, y - 1) : y + h + 1, max(0, x - 1) : x + w + 1] = True
    assert not (ink & ~covered).any()


def test_the_reading_order_of_a_vertical_page_runs_from_right_to_left() -> None:
    vertical = document.load(document.FOLDER / "committee-minutes.md")
    for page in layout.paginate(vertical):
        body = [line.glyphs[0].x for line in page.lines]
        assert body == sorted(body, reverse=True)


def test_the_whole_collection_is_about_forty_pages() -> None:
    counts = [len(layout.paginate(each)) for each in document.load_all()]
    assert 10 <= len(counts) <= 15
    assert 36 <= sum(counts) <= 46
