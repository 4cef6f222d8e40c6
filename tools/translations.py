"""Compiles the message catalogues with Babel, where their source is newer."""

import subprocess
from pathlib import Path

from tools.console import say
from tools.errors import ToolError
from tools.packages import PYTHON, ROOT

PACKAGES = ("archive", "cms", "media", "search")


def provide() -> None:
    """Have an up-to-date ``.mo`` beside every ``.po``, of pages and of scripts."""
    for package in PACKAGES:
        folder = ROOT / package / "locale"
        for domain in ("django", "djangojs"):
            sources = list(folder.glob(f"*/LC_MESSAGES/{domain}.po"))
            if any(map(out_of_date, sources)):
                compile_catalogues(folder, domain)


def out_of_date(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return (
        not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns
    )


def compile_catalogues(folder: Path, domain: str = "django") -> None:
    say(f"编译译文 {folder.relative_to(ROOT)}", "compiling translations")
    babel = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile"]
    done = subprocess.run([*babel, "-d", str(folder), "-D", domain], check=False)
    if done.returncode != 0:
        raise ToolError(
            f"译文有误：{folder}\nThe catalogue cannot be compiled: {folder}"
        )


if __name__ == "__main__":
    provide()
