"""The virtual environment ``.venv/`` and the Python packages in it."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.console import say
from tools.errors import ToolError

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def provide(lists: Sequence[str]) -> None:
    """Have every package of these requirement files installed as pinned."""
    if not works():
        create()
    for name in lists:
        stamp = VENV / f"installed-{name}"
        wanted = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        if stamp.exists() and stamp.read_text() == wanted:
            continue
        say(f"安装 Python 软件包（{name}）", "installing Python packages")
        stamp.unlink(missing_ok=True)
        install(name)
        stamp.write_text(wanted)


def works() -> bool:
    """Whether ``.venv`` holds this very version of Python, and one that starts."""
    if not PYTHON.exists():
        return False
    asked = subprocess.run(
        [PYTHON, "-c", "import sys, pip; print(sys.version)"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() == sys.version.strip()


def create() -> None:
    """Make ``.venv`` anew; what an aborted or older one left goes away first."""
    say("建立虚拟环境 .venv", "creating the virtual environment")
    if VENV.exists():
        shutil.rmtree(VENV)
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise ToolError(
            "无法建立虚拟环境（Debian 软件包：python3-venv）\n"
            "The virtual environment could not be made (Debian package: python3-venv)\n"
            f"{(made.stdout + made.stderr).strip()}"
        )


def install(name: str) -> None:
    """Run pip, its progress in view."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    done = subprocess.run([*command, "-r", str(ROOT / name)], cwd=ROOT, check=False)
    if done.returncode != 0:
        raise ToolError(
            f"pip 未能安装 {name}（见上文）；请检查网络后重试。\n"
            f"pip could not install {name} (see above); check the network, try again."
        )
