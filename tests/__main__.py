"""All checks and all tests, on real servers.

    python -m tests [--checks-only]

Static checks; then pytest with everything on SQLite and a real Elasticsearch, in two
processes; then the tests marked ``database`` on a real PostgreSQL. The exit code is
not zero when anything failed. A server that cannot be had is named with the reason,
and with ``CI`` set it is a failure.
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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers.elasticsearch import elasticsearch_server
from tests.servers.errors import Unavailable
from tests.servers.postgresql import postgresql_server

ROOT = Path(__file__).resolve().parents[1]
# About half of the time that all tests take.
ADMIN = ("tests/cms/admin", "tests/cms/editing")
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
    with contextlib.ExitStack() as servers:
        environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
        for name, variable, server in (
            ("Elasticsearch", "TEST_ELASTICSEARCH_URL", elasticsearch_url),
            ("PostgreSQL", "TEST_POSTGRESQL_URL", postgresql_url),
        ):
            outcome, url = start(name, environment.get(variable), server, servers)
            yield outcome
            if url:
                environment[variable] = url
        yield from side_by_side(
            {
                "pytest, the admin (SQLite)": module("pytest", *ADMIN),
                "pytest, all others (SQLite)": module(
                    "pytest", *(f"--ignore={folder}" for folder in ADMIN)
                ),
            },
            environment,
        )
        if url := environment.get("TEST_POSTGRESQL_URL"):
            environment["TEST_DATABASE_URL"] = url
            command = module("pytest", "-m", "database")
            yield step("pytest -m database (PostgreSQL)", command, environment)


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


def side_by_side(
    commands: Mapping[str, Sequence[str]], environment: dict[str, str]
) -> Iterator[Outcome]:
    """Run the commands at once, for a machine with two cores; print each as it ends."""
    with contextlib.ExitStack() as stack:
        running = []
        for name, command in commands.items():
            print(f"\n» {name}: begins", flush=True)
            output = stack.enter_context(tempfile.TemporaryFile())
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            stack.callback(end, process)
            running.append((name, process, output, time.monotonic()))
        for name, process, output, began in running:
            code = process.wait()
            seconds = time.monotonic() - began
            print(f"\n» {name}", flush=True)
            output.seek(0)
            shutil.copyfileobj(output, sys.stdout.buffer)
            sys.stdout.flush()
            yield Outcome(name, code == 0, seconds, f"exit code {code}" if code else "")


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
