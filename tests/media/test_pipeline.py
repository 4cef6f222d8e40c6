"""The pipeline around the engine: what it asks, and what it makes of the answers."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media.errors import BrokenImage, RecognitionTimeout
from media.recognition.arrays import Grey, as_vips
from media.recognition.engine import Reading, Word
from media.recognition.pipeline import recognise
from media.recognition.prepare import prepare
from media.recognition.settings import OcrSettings
from media.recognition.unread import with_unread
from media.values import Box, Script
from tests.media.drawn import INK, PAPER, text_page
from tests.media.readers import ScriptedEngine, saying

HANS = OcrSettings(script="hans")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.fromarray(text_page()).save(path)
    return path


def test_the_page_is_read_once_when_script_is_known(scan: Path) -> None:
    engine = ScriptedEngine(saying("矛盾"))
    found = recognise(scan, HANS, engine)
    assert [r.languages for r in engine.readings] == [("chi_sim",)]
    assert found.text == "矛盾"
    assert (found.direction, found.script) == ("h", "hans")
    assert (found.width, found.height) == (1000, 1400)
    assert found.seconds > 0


@pytest.mark.parametrize(
    ("standing", "script", "language", "psm"),
    [
        (False, "hans", "chi_sim", 6),
        (False, "hant", "chi_tra", 6),
        (True, "hans", "chi_sim_vert", 5),
        (True, "hant", "chi_tra_vert", 5),
    ],
)
def test_language_and_mode_follow_script_and_direction(
    tmp_path: Path, standing: bool, script: Script, language: str, psm: int
) -> None:
    path = tmp_path / "a.png"
    Image.fromarray(text_page(standing=standing)).save(path)
    engine = ScriptedEngine(saying("矛"))
    recognise(path, OcrSettings(script=script), engine)
    assert engine.readings[-1] == Reading((language,), psm, 300, 120.0)


@pytest.mark.parametrize(
    ("surer", "script"), [("chi_sim", "hans"), ("chi_tra", "hant")]
)
def test_the_script_is_the_one_that_is_read_more_surely(
    scan: Path, surer: str, script: str
) -> None:
    def answer(page: Grey, reading: Reading) -> list[Word]:
        sure = 85.0 if reading.languages == (surer,) else 60.0
        return saying("字", sure)(page, reading)

    engine = ScriptedEngine(answer)
    assert recognise(scan, OcrSettings(), engine).script == script
    assert engine.readings[-1].languages == (surer,)
    assert engine.pages[0].size < engine.pages[-1].size / 2


def test_choices_of_the_archivist_are_obeyed(scan: Path) -> None:
    engine = ScriptedEngine(saying("字"))
    chosen = OcrSettings(
        direction="v", script="hant", languages=("chi_tra", "chi_sim"), psm=4
    )
    found = recognise(scan, chosen, engine)
    assert (found.direction, found.script) == ("v", "hant")
    assert engine.readings == [Reading(("chi_tra", "chi_sim"), 4, 300, 120.0)]


def test_a_page_read_badly_is_turned_if_the_engine_says_so(tmp_path: Path) -> None:
    page = text_page()
    path = tmp_path / "a.png"
    Image.fromarray(np.rot90(page, 2)).save(path)
    top = np.flatnonzero((page == INK).any(axis=1))[0]

    def answer(read: Grey, _reading: Reading) -> list[Word]:
        upright = np.flatnonzero((read < 128).any(axis=1))[0] < read.shape[0] * 0.1
        box = Box(round(0.12 * read.shape[1]), round(0.085 * read.shape[0]), 30, 30)
        return [Word("字", box, 90.0 if upright else 20.0, 0)]

    found = recognise(path, HANS, ScriptedEngine(answer, turn=180))
    assert found.confidence == 90
    box = found.lines[0].chars[0].box
    assert box.x > 700
    assert box.y + box.h == pytest.approx(page.shape[0] - top, abs=4)


def test_an_empty_page_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.fromarray(np.full((600, 400), PAPER, np.uint8)).save(path)
    found = recognise(path, OcrSettings(), ScriptedEngine(lambda _p, _r: []))
    assert (found.text, found.lines, found.confidence) == ("", (), 0)


def test_bytes_are_read_like_files(scan: Path) -> None:
    engine = ScriptedEngine(saying("矛盾"))
    from_file = recognise(scan, HANS, engine)
    from_bytes = recognise(scan.read_bytes(), HANS, engine)
    assert replace(from_bytes, seconds=0) == replace(from_file, seconds=0)


def test_a_broken_file_is_a_media_error(scan: Path) -> None:
    scan.write_bytes(scan.read_bytes()[:300])
    with pytest.raises(BrokenImage):
        recognise(scan, HANS, ScriptedEngine(saying("字")))


def test_a_sound_image_without_room_to_decode_it_is_not_called_broken(
    scan: Path,
) -> None:
    code = """if True:
        import sys
        from pathlib import Path
        import django
        django.setup()
        from media.errors import MediaError
        from media.recognition import OcrSettings, recognise
        from tests.media.readers import ScriptedEngine, saying
        engine = ScriptedEngine(saying("字"))
        try:
            recognise(Path(sys.argv[1]), OcrSettings(script="hans"), engine)
        except MediaError as error:
            print(error.code)
    """
    # libvips reads its settings once, when it starts: large pages go to TMPDIR.
    no_room = {"VIPS_DISC_THRESHOLD": "1k", "TMPDIR": str(scan.parent / "missing")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(scan)],
        env={**os.environ, **no_room, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "machine-trouble\n"


def test_errors_of_the_engine_come_through(scan: Path) -> None:
    def late(_page: Grey, reading: Reading) -> list[Word]:
        raise RecognitionTimeout(reading.timeout)

    with pytest.raises(RecognitionTimeout, match="7"):
        recognise(scan, replace(HANS, timeout_seconds=7), ScriptedEngine(late))


def test_every_character_of_every_line_has_a_box_within_the_page(scan: Path) -> None:
    def answer(page: Grey, _reading: Reading) -> list[Word]:
        height, width = page.shape
        return [
            Word(text, Box(x, y, width // 2, 30), 90.0, y)
            for y in range(0, height - 30, 60)
            for x, text in ((0, "矛盾纠纷PDF"), (width // 2, "SHA-256"))
        ]

    for line in recognise(scan, HANS, ScriptedEngine(answer)).lines:
        assert line.text == "".join(char.char for char in line.chars)
        for char in line.chars:
            x, y, w, h = char.box
            assert 0 <= x < x + w <= 1000
            assert 0 <= y < y + h <= 1400


def test_a_strip_that_the_engine_passed_over_is_read_by_itself() -> None:
    page = np.full((1500, 1200), PAPER, np.uint8)
    page[100:1400, 100:1000] = text_page(1300, 900, standing=True)
    for y in range(200, 1300, 160):  # widely spaced, at the very right
        page[y : y + 60, 1080:1140] = INK
    made = prepare(as_vips(page), OcrSettings(direction="v"))
    engine = ScriptedEngine(saying("調解委員會記錄"))
    seen = [Word("字" * 200, Box(100, 100, 900, 1300), 90.0, 0)]
    words = with_unread(engine, made, seen, Reading(("chi_tra_vert",), 5, 300, 9))
    assert [(word.text[:7], word.line) for word in words] == [
        ("調解委員會記錄", 0),
        ("字" * 7, 1),
    ]
    assert words[0].box.x >= 1060
    assert max(engine.pages[0].shape) < 700
    assert with_unread(engine, made, words, Reading((), 5, 300, 9)) == words


def test_the_key_names_everything_that_changes_the_text() -> None:
    base = OcrSettings()
    others = [
        OcrSettings(direction="v"),
        OcrSettings(script="hant"),
        OcrSettings(languages=("chi_sim",)),
        OcrSettings(psm=3),
        OcrSettings(blur=1.0),
        OcrSettings(character_pixels=28),
        OcrSettings(deskew=False),
        OcrSettings(remove_seals=False),
    ]
    keys = {one.key("tesseract-5.3.0") for one in (base, *others)}
    assert len(keys) == 1 + len(others)
    assert base.key("tesseract-5.3.1") not in keys
    assert replace(base, timeout_seconds=3).key("e") == base.key("e")
    assert len(base.key("tesseract-5.3.0")) <= 64
