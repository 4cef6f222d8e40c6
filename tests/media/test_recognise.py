"""Real Tesseract on typeset pages whose text and ink are known."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from media.recognition import recognise
from media.values import Char, Recognition
from tests.bench.score import box_score, error_rate
from tests.samples.truth import PageTruth

pytestmark = pytest.mark.ocr

Samples = dict[str, tuple[Path, PageTruth]]
Read = Callable[[str], Recognition]


@pytest.fixture(scope="module")
def read(samples: Samples) -> Read:
    """Recognises a sample page, once for all tests."""
    done: dict[str, Recognition] = {}

    def read_page(name: str) -> Recognition:
        if name not in done:
            done[name] = recognise(samples[name][0])
        return done[name]

    return read_page


def chars(found: Recognition) -> list[Char]:
    return [char for line in found.lines for char in line.chars]


def error_share(page: PageTruth, found: Recognition) -> float:
    errors, length = error_rate(page.text, found.text)
    return errors / length


@pytest.mark.parametrize(
    ("name", "most_errors"),
    [
        ("reading-room-rules/1", 0.02),
        ("storehouse-rules/3", 0.02),
        ("mediation-notes/1", 0.03),
        ("reading-room-rules/3", 0.03),
        ("village-compact/3", 0.03),
    ],
    ids=["hans h", "hant h", "hant v", "seal", "skewed v"],
)
def test_text_layout_and_boxes_are_found(
    samples: Samples, read: Read, name: str, most_errors: float
) -> None:
    _, page = samples[name]
    found = read(name)
    assert (found.direction, found.script) == (page.direction, page.script)
    assert (found.width, found.height) == (page.width, page.height)
    assert error_share(page, found) <= most_errors
    score = box_score([c for line in page.lines for c in line.chars], chars(found))
    assert score.overlap >= 0.80
    assert score.inside >= 0.95


def test_dates_codes_and_the_red_head_come_out_whole(read: Read) -> None:
    text = read("reading-room-rules/1").text
    assert "1963年11月20日" in text
    assert "1963-11-" in text
    assert "样本档案阅览室文件" in text
    assert "样阅〔2026" in text or "样阅[2026" in text


def test_there_are_no_spaces_between_han(read: Read) -> None:
    for name in ("reading-room-rules/1", "mediation-notes/1"):
        for line in read(name).lines:
            spaced = line.text.split(" ")
            pairs = pairwise(spaced)
            assert all(a[-1].isascii() and b[0].isascii() for a, b in pairs)


def test_rules_of_a_table_do_not_become_characters(
    samples: Samples, read: Read
) -> None:
    page, found = samples["storehouse-rules/3"][1], read("storehouse-rules/3")
    strange = set(found.text) & set("|｜│─━┃丨_")
    assert strange <= set(page.text)


def test_an_exif_rotation_changes_neither_text_nor_boxes(
    samples: Samples, read: Read, tmp_path: Path
) -> None:
    name = "reading-room-rules/3"
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying on its left side
    with Image.open(samples[name][0]) as image:
        lying = image.transpose(Image.Transpose.ROTATE_90)
    lying.save(tmp_path / "a.png", exif=exif)
    turned, upright = recognise(tmp_path / "a.png"), read(name)
    assert turned.text == upright.text
    assert [c.box for c in chars(turned)] == [c.box for c in chars(upright)]


def test_a_page_that_lies_on_its_side_is_read_and_boxed_as_it_lies(
    samples: Samples, tmp_path: Path
) -> None:
    file, page = samples["reading-room-rules/1"]
    with Image.open(file) as image:
        image.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "a.png")
    found = recognise(tmp_path / "a.png")
    assert (found.width, found.height) == (page.height, page.width)
    assert error_share(page, found) <= 0.04
    # Counter-clockwise: (x, y) of the upright page lies at (y, width - x).
    upright = [
        Char(
            c.char,
            c.box._replace(
                x=page.width - c.box.y - c.box.h, y=c.box.x, w=c.box.h, h=c.box.w
            ),
        )
        for c in chars(found)
    ]
    score = box_score([c for line in page.lines for c in line.chars], upright)
    assert score.inside >= 0.95


def test_the_same_page_gives_the_same_answer(samples: Samples, read: Read) -> None:
    name = "reading-room-rules/3"
    first, second = read(name), recognise(samples[name][0])
    assert (second.key, second.text) == (first.key, first.text)
    assert second.lines == first.lines
