"""The adapter against programs that misbehave in Tesseract's place."""

import resource
import signal
import stat
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from media.checks import check_tesseract
from media.errors import (
    EngineFailed,
    EngineMissing,
    LanguageMissing,
    MachineTrouble,
    RecognitionTimeout,
)
from media.recognition.engine import Reading
from media.recognition.tesseract import TesseractEngine

PAGE = np.full((60, 80), 255, np.uint8)
READING = Reading(("chi_sim",), psm=6, dpi=300, timeout=20)
HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\t"
    "left\ttop\twidth\theight\tconf\ttext"
)
Standin = Callable[[str], None]


@pytest.fixture
def standin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Standin:
    """Puts a shell script in Tesseract's place; ``$2`` is the output's base name."""
    # pytesseract asks for the version once a process, of the real program if first.
    monkeypatch.setattr("pytesseract.pytesseract.get_tesseract_version", _version)

    def install(script: str) -> None:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(program))

    return install


def _version(cached: bool = False) -> object:
    from packaging.version import Version

    return Version("5.3.0")


def answer(*rows: str) -> str:
    body = "\n".join((HEAD, *rows))
    return f"cat > \"$2.tsv\" <<'END'\n{body}\nEND"


def test_words_lines_and_confidences_are_read(standin: Standin) -> None:
    standin(
        answer(
            "4\t1\t1\t1\t1\t0\t5\t6\t70\t20\t-1\t",
            "5\t1\t1\t1\t1\t1\t5\t6\t30\t20\t96.5\t矛盾",
            "5\t1\t1\t1\t1\t2\t40\t6\t30\t20\t80\t纠纷",
            "5\t1\t1\t1\t1\t3\t72\t6\t3\t20\t95\t ",
            "5\t1\t2\t1\t1\t1\t5\t36\t30\t20\t70\tPDF",
        )
    )
    words = TesseractEngine().read(PAGE, READING)
    assert [(w.text, w.confidence, w.line) for w in words] == [
        ("矛盾", 96.5, 0),
        ("纠纷", 80.0, 0),
        ("PDF", 70.0, 1),
    ]
    assert words[0].box == (5, 6, 30, 20)


def test_the_page_language_mode_and_resolution_are_passed_on(
    standin: Standin, tmp_path: Path
) -> None:
    note = tmp_path / "note"
    standin(
        f'echo "$OMP_THREAD_LIMIT $@" > {note}\nhead -c 15 "$1" >> {note}\n{answer()}'
    )
    assert TesseractEngine().read(PAGE, READING) == []
    told = note.read_text(errors="replace")
    assert told.startswith("1 ")
    for part in ("-l chi_sim", "--psm 6", "--dpi 300", "P5 80 60 255"):
        assert part in told


def test_the_turn_is_what_orientation_detection_says(standin: Standin) -> None:
    standin("printf 'Page number: 0\\nRotate: 270\\nScript: Han\\n' > \"$2.osd\"")
    assert TesseractEngine().turn(PAGE, 20) == 270
    standin("echo 'Too few characters. Skipping this page' >&2; exit 1")
    assert TesseractEngine().turn(PAGE, 20) == 0
    standin("echo broken >&2; exit 1")
    with pytest.raises(EngineFailed):
        TesseractEngine().turn(PAGE, 20)


def test_a_stalled_engine_is_stopped_at_the_limit(standin: Standin) -> None:
    standin("exec sleep 60")
    began = time.perf_counter()
    with pytest.raises(RecognitionTimeout):
        TesseractEngine().read(PAGE, replace(READING, timeout=0.5))
    assert time.perf_counter() - began < 5


def test_an_engine_deaf_to_the_polite_signal_is_stopped_too(standin: Standin) -> None:
    standin("trap '' TERM\nwhile :; do sleep 0.1; done")
    with pytest.raises(RecognitionTimeout):
        TesseractEngine().read(PAGE, replace(READING, timeout=0.5))


@pytest.mark.parametrize(
    "script",
    [
        "kill -SEGV $$",
        "echo broken >&2; exit 3",
        "exit 0",
        'echo nonsense > "$2.tsv"',
        answer("5\t1\t1\t1\t1\t1\tx\t6\t30\t20\t96.5\t矛"),
        f"{answer()}\nprintf '\\377\\376' >> \"$2.tsv\"",
    ],
    ids=["crash", "exit code", "no answer", "no table", "no numbers", "no text"],
)
def test_an_engine_that_fails_is_reported_as_failed(
    standin: Standin, script: str
) -> None:
    standin(script)
    with pytest.raises(EngineFailed):
        TesseractEngine().read(PAGE, READING)


def test_an_answer_cut_off_in_the_middle_is_reported_as_failed(
    standin: Standin,
) -> None:
    standin("printf 'level\\tpage_num\\n5\\t1' > \"$2.tsv\"")
    with pytest.raises(EngineFailed):
        TesseractEngine().read(PAGE, READING)


def test_without_room_for_the_page_the_machine_is_to_blame(standin: Standin) -> None:
    standin(answer())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (PAGE.size // 2, limits[1]))
    try:
        with pytest.raises(MachineTrouble, match="File too large") as caught:
            TesseractEngine().read(PAGE, READING)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert "/" not in str(caught.value)


def test_a_program_that_may_not_be_started_is_trouble_of_the_machine(
    standin: Standin, tmp_path: Path
) -> None:
    standin(answer())
    (tmp_path / "tesseract").chmod(0o600)
    with pytest.raises(MachineTrouble):
        TesseractEngine().read(PAGE, READING)


def test_a_missing_language_is_named_with_its_package(standin: Standin) -> None:
    standin("echo \"Failed loading language 'chi_tra_vert'\" >&2; exit 1")
    with pytest.raises(LanguageMissing, match="tesseract-ocr-chi-tra-vert"):
        TesseractEngine().read(PAGE, READING)


def test_a_missing_program_is_named_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "no-such-program")
    with pytest.raises(EngineMissing):
        TesseractEngine().languages()


def test_the_check_names_every_missing_package(
    standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin("echo 'List of available languages (2):'; echo chi_sim; echo osd")
    hints = " ".join(str(warning.hint) for warning in check_tesseract(None))
    for package in ("chi-sim-vert", "chi-tra", "chi-tra-vert"):
        assert f"tesseract-ocr-{package}" in hints
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "no-such-program")
    (warning,) = check_tesseract(None)
    assert "tesseract-ocr" in str(warning.hint)


@pytest.mark.ocr
def test_the_check_is_silent_where_everything_is_installed() -> None:
    assert check_tesseract(None) == []
