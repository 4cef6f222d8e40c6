"""Finding a JDK that Elasticsearch, and what else needs Java, can run on."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.servers.errors import Unavailable

OLDEST = 21
_VERSION = re.compile(r'version "(\d+)')


def find_jdk(oldest: int = OLDEST) -> Path:
    """The home of a JDK of that version or newer.

    Looked for in ES_JAVA_HOME, JAVA_HOME, /usr/lib/jvm and behind ``java`` on the
    PATH, in this order; the version is what running it says.
    """
    seen: list[str] = []
    for home in _candidates():
        version = java_version(home)
        if version is not None and version >= oldest:
            return home
        seen.append(f"{home} ({version or 'does not run'})")
    found = ", ".join(seen) or "none"
    raise Unavailable(
        f"no JDK {oldest} or newer; found: {found}. Set ES_JAVA_HOME to one."
    )


def java_version(home: Path) -> int | None:
    """The feature version of the Java in ``home``; None when it does not run."""
    try:
        result = subprocess.run(
            [home / "bin" / "java", "-version"],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = _VERSION.search(result.stderr + result.stdout)
    return int(match.group(1)) if match and result.returncode == 0 else None


def _candidates() -> Iterator[Path]:
    seen: set[Path] = set()
    for home in _places():
        real = home.resolve()
        if real not in seen and (real / "bin" / "java").exists():
            seen.add(real)
            yield real


def _places() -> Iterator[Path]:
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        if value := os.environ.get(name):
            yield Path(value)
    jvm = Path("/usr/lib/jvm")
    if jvm.is_dir():
        yield from sorted((p for p in jvm.iterdir() if p.is_dir()), reverse=True)
    if java := shutil.which("java"):
        yield Path(java).resolve().parent.parent
