"""All checks and all tests, on real servers.

    python -m tests [--checks-only]

Static checks; then pytest with everything on SQLite and a real Elasticsearch, and the
tests marked ``database`` once more on a real PostgreSQL: one group of folders after
another, as many at a time as there are cores. SQLite is migrated once, and each run
has its own copy. The exit code is not zero when anything failed. A server that cannot
be had is named with the reason, and with ``CI`` set it is a failure.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers.elasticsearch import elasticsearch_server
from tests.servers.errors import Unavailable
from tests.servers.postgresql import postgresql_server

ROOT = Path(__file__).resolve().parents[1]
# The longest first, so that none is left to run alone; all that no group names are
# one more.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "the browser": ("tests/browser",),
    "the admin": ("tests/cms/admin", "tests/cms/editing"),
    "the site": ("tests/cms",),
}
LANES = max(2, os.cpu_count() or 2)
"""Groups at a time; two also on one core, where each waits for a server at times."""
# What a person has set for the demonstration is not meant for the tests.
NOT_OURS = {
    "DATABASE_URL",
    "DATA_DIR",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
    "ELASTICSEARCH_INDEX",
    "ELASTICSEARCH_URL",
    "PYTHONDONTWRITEBYTECODE",
    "READING_ROOM_NETWORKS",
    "SEARCH_ENGINE",
    "TEST_DATABASE_URL",
    "TRUSTED_PROXIES",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one step; ``seconds`` of wall time."""

    name: str
    passed: bool
    seconds: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A command that may run beside others."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Running:
    """A run that has begun; ``began`` on the monotonic clock."""

    name: str
    process: subprocess.Popen[bytes]
    output: Path
    began: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests")
    parser.add_argument(
        "--checks-only", action="store_true", help="static checks, no tests"
    )
    checks_only: bool = parser.parse_args().checks_only
    # Ended politely, the servers are stopped as well.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    outcomes = list(static_checks())
    if not checks_only:
        outcomes += tests()
    print_summary(outcomes)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def static_checks() -> Iterator[Outcome]:
    templates = sorted(str(path) for path in ROOT.glob("*/templates"))
    yield step("ruff check", module("ruff", "check", "."))
    yield step("ruff format", module("ruff", "format", "--check", "."))
    yield step("mypy", module("mypy", "."))
    yield step("import-linter", [str(Path(sys.executable).parent / "lint-imports")])
    yield step("djhtml", module("djhtml", "--check", *templates))


def tests() -> Iterator[Outcome]:
    with contextlib.ExitStack() as stack:
        environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
        for name, variable, server in (
            ("Elasticsearch", "TEST_ELASTICSEARCH_URL", elasticsearch_url),
            ("PostgreSQL", "TEST_POSTGRESQL_URL", postgresql_url),
        ):
            outcome, url = start(name, environment.get(variable), server, stack)
            yield outcome
            if url:
                environment[variable] = url
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        migrated = migrate(folder, environment)
        yield migrated
        if migrated.passed:
            yield from in_lanes(pytest_runs(environment, folder))


def migrate(folder: Path, environment: Mapping[str, str]) -> Outcome:
    """Make ``folder``/db.sqlite3, the database as the migrations leave it."""
    return step(
        "migrate (SQLite)",
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        {
            **environment,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "DATA_DIR": str(folder),
        },
    )


def pytest_runs(environment: Mapping[str, str], folder: Path) -> Iterator[Run]:
    """Every test once on SQLite, those of databases once more on PostgreSQL."""
    named = [one for folders in GROUPS.values() for one in folders]
    for name, folders in {**GROUPS, "all others": ("tests",)}.items():
        inside = [
            one
            for one in named
            if one not in folders and any(one.startswith(f"{f}/") for f in folders)
        ]
        ignored = [f"--ignore={one}" for one in inside]
        data = folder / name.replace(" ", "-")
        data.mkdir()
        shutil.copy(folder / "db.sqlite3", data / "test.sqlite3")
        yield Run(
            f"pytest, {name} (SQLite)",
            module("pytest", "--reuse-db", *folders, *ignored),
            {**environment, "DATA_DIR": str(data)},
        )
    if url := environment.get("TEST_POSTGRESQL_URL"):
        yield Run(
            "pytest -m database (PostgreSQL)",
            module("pytest", "-m", "database"),
            {**environment, "TEST_DATABASE_URL": url},
        )


@contextlib.contextmanager
def elasticsearch_url() -> Iterator[str]:
    with elasticsearch_server() as server:
        yield server.url


@contextlib.contextmanager
def postgresql_url() -> Iterator[str]:
    with postgresql_server() as server:
        yield server.url


def start(
    name: str,
    given: str | None,
    server: Callable[[], contextlib.AbstractContextManager[str]],
    servers: contextlib.ExitStack,
) -> tuple[Outcome, str | None]:
    """Start a server until ``servers`` closes, unless its URL is given already."""
    if given:
        return Outcome(name, True, 0.0, "given in the environment"), given
    print(f"\n» {name}", flush=True)
    began = time.monotonic()
    try:
        url = servers.enter_context(server())
    except Unavailable as error:
        passed = not os.environ.get("CI")
        reason = f"not to be had, its tests are skipped: {error}"
        return Outcome(name, passed, time.monotonic() - began, reason), None
    return Outcome(name, True, time.monotonic() - began, url), url


def module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def step(
    name: str,
    command: Sequence[str],
    environment: dict[str, str] | None = None,
) -> Outcome:
    """Run a command from the root, its output in view."""
    print(f"\n» {name}", flush=True)
    began = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    reason = f"exit code {code}" if code else ""
    return Outcome(name, code == 0, time.monotonic() - began, reason)


def in_lanes(runs: Iterable[Run]) -> Iterator[Outcome]:
    """``LANES`` runs at a time, the next as soon as one ends, and its output then."""
    waiting = deque(runs)
    running: list[Running] = []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        while waiting or running:
            while waiting and len(running) < LANES:
                running.append(begin(waiting.popleft(), folder, stack))
            ended = [one for one in running if one.process.poll() is not None]
            for one in ended:
                running.remove(one)
                yield outcome_of(one)
            if not ended:
                time.sleep(0.2)


def begin(run: Run, folder: Path, stack: contextlib.ExitStack) -> Running:
    print(f"\n» {run.name}: begins", flush=True)
    path = folder / run.name.replace(" ", "-")
    with path.open("wb") as output:
        process = subprocess.Popen(
            run.command,
            cwd=ROOT,
            env=run.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    stack.callback(end, process)
    return Running(run.name, process, path, time.monotonic())


def outcome_of(ended: Running) -> Outcome:
    """What became of a run; prints what it said."""
    seconds = time.monotonic() - ended.began
    print(f"\n» {ended.name}", flush=True)
    sys.stdout.buffer.write(ended.output.read_bytes())
    sys.stdout.flush()
    code = ended.process.returncode
    return Outcome(ended.name, code == 0, seconds, f"exit code {code}" if code else "")


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop a process that was left running because another went wrong."""
    if process.poll() is None:
        process.terminate()
        process.wait()


def print_summary(outcomes: Sequence[Outcome]) -> None:
    print("\n» summary")
    for outcome in outcomes:
        mark = "ok  " if outcome.passed else "FAIL"
        took = f"{outcome.seconds:7.1f} s"
        print(f"  {mark} {took}  {outcome.name:<34} {outcome.reason}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
