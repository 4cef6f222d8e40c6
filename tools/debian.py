"""Programs and data that come from Debian or Ubuntu, not from PyPI.

What counts is whether a thing is there, not how it came: on another system, or
with a Tesseract built by hand, nothing is asked of apt.
"""

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from tests.servers import elasticsearch, java, postgresql
from tests.servers.errors import Unavailable
from tools.console import say
from tools.errors import ToolError

LANGUAGES = ("chi_sim", "chi_sim_vert", "chi_tra", "chi_tra_vert", "osd")


@dataclass(frozen=True, slots=True)
class Need:
    """A Debian package and the question whether what it brings is there."""

    package: str
    present: Callable[[], bool]


def has_program(*names: str) -> bool:
    """Whether one of these programs is on the PATH."""
    return any(shutil.which(name) for name in names)


def has_venv() -> bool:
    """Debian's Python leaves ``ensurepip`` to another package."""
    return importlib.util.find_spec("ensurepip") is not None


@cache
def tesseract_languages() -> frozenset[str]:
    """The languages Tesseract can read; none when it is not there."""
    if not has_program("tesseract"):
        return frozenset()
    listed = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    )
    return frozenset(listed.stdout.split())


def has_language(name: str) -> bool:
    return name in tesseract_languages()


def has_fonts() -> bool:
    """Whether fontconfig finds the Noto CJK faces that the samples are set in."""
    if not has_program("fc-list"):
        return False
    listed = subprocess.run(
        ["fc-list", ":", "family"], capture_output=True, text=True, check=False
    ).stdout
    return "Noto Serif CJK SC" in listed and "Noto Sans CJK TC" in listed


def has_library(name: str) -> bool:
    return ctypes.util.find_library(name) is not None


def has_postgresql() -> bool:
    try:
        postgresql.find_binaries()
    except Unavailable:
        return False
    return True


def has_elasticsearch_or_cannot() -> bool:
    """Maven is of use only where a JDK is there and the distribution is not."""
    if elasticsearch.find_zip() is not None or has_program("mvn"):
        return True
    try:
        java.find_jdk()
    except Unavailable:
        return True
    return False


def venv_package() -> str:
    """The package with ``ensurepip`` for the Python that runs this."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def language_package(language: str) -> str:
    return f"tesseract-ocr-{language.replace('_', '-')}"


RUNNING = (
    Need(venv_package(), has_venv),
    Need("tesseract-ocr", partial(has_program, "tesseract")),
    *(Need(language_package(name), partial(has_language, name)) for name in LANGUAGES),
    Need("fontconfig", partial(has_program, "fc-list")),
    Need("fonts-noto-cjk", has_fonts),
    # What WeasyPrint sets PDFs with.
    Need("libpangoft2-1.0-0", partial(has_library, "pangoft2-1.0")),
    Need("libharfbuzz-subset0", partial(has_library, "harfbuzz-subset")),
)
DEVELOPMENT = (
    *RUNNING,
    Need("chromium", partial(has_program, "chromium", "chromium-browser")),
    Need("postgresql", has_postgresql),
    Need("maven", has_elasticsearch_or_cannot),
)


def provide(needs: Sequence[Need]) -> None:
    """Install what is missing; ``ToolError`` where that is not allowed or fails."""
    missing = [need.package for need in needs if not need.present()]
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    prefix = privilege()
    if prefix is None:
        raise ToolError(refusal(missing, install))
    say(f"安装系统软件包：{' '.join(missing)}", "installing Debian packages")
    if apt([*prefix, *install]) != 0:
        # Package lists that are missing or too old; a fresh image has none.
        apt([*prefix, "apt-get", "update"])
        if apt([*prefix, *install]) != 0:
            raise ToolError(refusal(missing, install))
    tesseract_languages.cache_clear()
    importlib.invalidate_caches()
    still = [need.package for need in needs if not need.present()]
    if still:
        raise ToolError(refusal(still, install))


def privilege() -> list[str] | None:
    """What to put before ``apt-get``; None when it cannot or may not be run."""
    if not has_program("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if not has_program("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def apt(command: Sequence[str]) -> int:
    """Run apt without questions, its output in view, and return its exit code."""
    # sudo drops the environment, so the setting goes through ``env``.
    at = command.index("apt-get")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    full = [*command[:at], *quiet, *command[at:]]
    return subprocess.run(full, stdin=subprocess.DEVNULL, check=False).returncode


def refusal(missing: Sequence[str], install: Sequence[str]) -> str:
    """What is missing and what to type, in both languages."""
    names = " ".join(missing)
    return (
        f"缺少系统软件包：{names}\n"
        "本程序无权安装，或安装未成功。请以管理员身份执行后重试：\n"
        f"Missing Debian packages: {names}\n"
        "They may not be installed from here, or that failed. Run, then try again:\n\n"
        f"    sudo apt-get update && sudo {' '.join(install)}"
    )
