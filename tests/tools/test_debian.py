"""Debian packages, with an apt-get of our own in front of the real one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import debian
from tools.debian import Need
from tools.errors import ToolError


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a script named apt-get first on the PATH; returns its log file."""

    def install(body: str) -> Path:
        log = tmp_path / "log"
        script = tmp_path / "bin" / "apt-get"
        script.parent.mkdir()
        script.write_text(f'#!/bin/sh\necho "$@" >> {log}\n{body}\n')
        script.chmod(0o755)
        # A sudo that asks for no password, for those who are not root.
        sudo = script.with_name("sudo")
        sudo.write_text('#!/bin/sh\n[ "$1" = -n ] && shift\nexec "$@"\n')
        sudo.chmod(0o755)
        monkeypatch.setenv("PATH", f"{script.parent}:{os.environ['PATH']}")
        return log

    return install


def test_nothing_is_asked_of_apt_when_nothing_is_missing(
    apt: Callable[[str], Path],
) -> None:
    log = apt("exit 1")
    debian.provide([Need("coreutils", lambda: True)])
    assert not log.exists()


def test_a_missing_package_is_installed_without_questions(
    apt: Callable[[str], Path], tmp_path: Path
) -> None:
    made = tmp_path / "made"
    log = apt(f'[ "$DEBIAN_FRONTEND" = noninteractive ] && touch {made}')
    debian.provide([Need("tesseract-ocr", made.exists), Need("dash", lambda: True)])
    assert log.read_text() == "install -y --no-install-recommends tesseract-ocr\n"


def test_package_lists_are_fetched_when_the_first_try_fails(
    apt: Callable[[str], Path], tmp_path: Path
) -> None:
    lists, made = tmp_path / "lists", tmp_path / "made"
    log = apt(
        f'case "$1" in update) touch {lists};; '
        f"install) test -e {lists} && touch {made};; esac"
    )
    debian.provide([Need("maven", made.exists)])
    commands = [line.split()[0] for line in log.read_text().splitlines()]
    assert commands == ["install", "update", "install"]


def test_a_failure_names_the_packages_and_the_command(
    apt: Callable[[str], Path],
) -> None:
    apt("exit 100")
    needs = [Need(name, lambda: False) for name in ("chromium", "maven")]
    with pytest.raises(ToolError) as caught:
        debian.provide(needs)
    assert "apt-get install -y --no-install-recommends chromium maven" in str(
        caught.value
    )


def test_a_machine_without_apt_is_told_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolError, match="tesseract-ocr-chi-tra-vert"):
        debian.provide([Need("tesseract-ocr-chi-tra-vert", lambda: False)])


def test_every_language_that_recognition_uses_has_its_package() -> None:
    packages = {need.package for need in debian.RUNNING}
    assert {
        "tesseract-ocr-chi-sim",
        "tesseract-ocr-chi-sim-vert",
        "tesseract-ocr-chi-tra",
        "tesseract-ocr-chi-tra-vert",
        "tesseract-ocr-osd",
    } <= packages
