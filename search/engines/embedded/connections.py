"""Connections to the index file: lent to one thread at a time, never forked."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from search.errors import SearchUnavailable

WAIT_SECONDS: Final = 10.0
"""How long a writer waits for another one."""

# These mean a mistake in the program, never a file in a bad state.
_MISTAKES: Final = (
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    sqlite3.NotSupportedError,
    sqlite3.DataError,
    sqlite3.InternalError,
)


class Connections:
    """Opens, keeps and lends connections to one SQLite file.

    A connection belongs to the process that opened it and to the file that was at
    ``path`` then: after a fork, or when the file is replaced, new ones are opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._owner: object = None

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One transaction that sees one state of the index."""
        with self._lent() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One durable transaction, alone; makes the file where there is none."""
        self._make_file()
        with self._lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close the idle connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextlib.contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._take()
            try:
                yield connection
            except sqlite3.Error:
                connection.close()
                raise
            except BaseException:
                self._give_back(connection)
                raise
            self._give_back(connection)
        except _MISTAKES:
            raise
        except (sqlite3.Error, OSError) as error:
            raise SearchUnavailable(f"{self.path}: {error}") from error

    def _take(self) -> sqlite3.Connection:
        owner = self._current_owner()
        with self._lock:
            if self._owner != owner:
                # Not closed: after a fork they are still the parent's.
                self._idle, self._owner = [], owner
            if self._idle:
                return self._idle.pop()
        return self._open()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if self._owner == self._current_owner():
                self._idle.append(connection)
                return
        connection.close()

    def _current_owner(self) -> tuple[int, int, int]:
        file = self.path.stat()
        return os.getpid(), file.st_dev, file.st_ino

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.resolve().as_uri()}?mode=rw",
            uri=True,
            timeout=WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            # FULL: outbox rows are deleted in another file once this one is safe.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA cache_size = -32768")
            # What one search finds, for its total, facets, scores and hits.
            connection.execute("CREATE TEMP TABLE found (doc INTEGER PRIMARY KEY)")
            connection.execute(
                "CREATE TEMP TABLE scores (doc INTEGER PRIMARY KEY, score REAL)"
            )
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _make_file(self) -> None:
        if self.path.exists():
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(self.path)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
        except (sqlite3.Error, OSError) as error:
            raise SearchUnavailable(f"{self.path}: {error}") from error
