"""A real PostgreSQL for the tests.

with postgresql_server() as server:
    psycopg.connect(server.dsn)
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.errors import Unavailable
from tests.servers.process import free_port, run, running, server_directory

OLDEST = 15
STARTS_WITHIN = 60.0
USER = "tests"
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
# Safe only because the data are thrown away.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; ``user`` needs no password and may create databases."""

    host: str
    port: int
    user: str
    socket_directory: Path
    pid: int

    @property
    def dsn(self) -> str:
        """A libpq connection string to the ``postgres`` database, over TCP."""
        return f"host={self.host} port={self.port} user={self.user} dbname=postgres"

    @property
    def url(self) -> str:
        """The same as a URL."""
        return f"postgresql://{self.user}@{self.host}:{self.port}/postgres"


@contextlib.contextmanager
def postgresql_server() -> Iterator[Server]:
    """Run an empty server on loopback until the block ends.

    Raises ``Unavailable`` where there is no PostgreSQL 15 or newer.
    """
    binaries = find_binaries()
    port = free_port()
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
    with server_directory("pg-") as directory:
        data = directory / "data"
        run(
            [
                str(binaries / "initdb"),
                *("--pgdata", str(data)),
                *("--username", USER, "--auth", "trust"),
                *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
            ],
            directory=directory,
            environment=environment,
        )
        options = (
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={directory}",
            *FAST,
        )
        command = [str(binaries / "postgres"), "-D", str(data), "-p", str(port)]
        for option in options:
            command += ["-c", option]
        with running(
            command,
            directory=directory,
            environment=environment,
            ready=lambda: answers(binaries, port),
            seconds=STARTS_WITHIN,
            # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
            stop_signal=signal.SIGINT,
        ) as process:
            yield Server("127.0.0.1", port, USER, directory, process.pid)


def answers(binaries: Path, port: int) -> bool:
    """Whether the server accepts connections."""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), timeout=1),
    ):
        ready = subprocess.run(
            [
                binaries / "pg_isready",
                *("--quiet", "--host", "127.0.0.1", "--port", str(port)),
            ],
            check=False,
        )
        return ready.returncode == 0
    return False


def find_binaries() -> Path:
    """The folder with ``postgres`` and ``initdb`` of version 15 or newer."""
    best: tuple[int, Path] | None = None
    for folder in _folders():
        version = server_version(folder)
        if version is not None and (best is None or version > best[0]):
            best = (version, folder)
    if best is None or best[0] < OLDEST:
        found = f"only {best[0]}" if best else "none"
        raise Unavailable(f"no PostgreSQL {OLDEST} or newer ({found} found)")
    return best[1]


def server_version(folder: Path) -> int | None:
    """The major version of the server in ``folder``; None if it does not run."""
    try:
        result = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except OSError:
        return None
    match = _VERSION.search(result.stdout)
    return int(match.group(1)) if match else None


def _folders() -> Iterator[Path]:
    for binary in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        yield binary.parent
    if binary_on_path := shutil.which("postgres"):
        yield Path(binary_on_path).resolve().parent
