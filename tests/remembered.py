"""What many tests begin with: made once by the services, then written again as it was.

Making a site takes seconds of Python for some hundred statements. What the first test
writes is noted down, and those after it that begin from the same state write the same,
in their own transaction.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.db import connection

T = TypeVar("T")
_CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass(frozen=True, slots=True)
class _Noted:
    """``begun`` and ``ended`` are the last keys of all tables."""

    begun: dict[str, int]
    statements: list[tuple[str, Any, bool]]
    ended: dict[str, int]
    index: sqlite3.Connection | None
    result: Any


_noted: dict[str, _Noted] = {}


def remembered(name: str, make: Callable[[], T]) -> T:
    """What ``make`` returns, and what it leaves in the database and the search index.

    One ``name`` for one ``make``, which reads nothing but the database. Files that it
    stores are there from the first time. Where keys have been given out since, or the
    database is not SQLite, it is made in the ordinary way.
    """
    if connection.vendor != "sqlite":
        return make()
    begun = _last_keys()
    noted = _noted.get(name)
    if noted is not None and noted.begun == begun:
        _write_again(noted)
        return deepcopy(noted.result)
    with _listening() as statements:
        result = make()
    if noted is None:
        _noted[name] = _Noted(
            begun, statements, _last_keys(), _index_now(), deepcopy(result)
        )
    return result


def _last_keys() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return dict(cursor.fetchall())


@contextmanager
def _listening() -> Iterator[list[tuple[str, Any, bool]]]:
    heard: list[tuple[str, Any, bool]] = []

    def listen(
        execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        done = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith(_CHANGES):
            heard.append((sql, list(params) if many else params, many))
        return done

    with connection.execute_wrapper(listen):
        yield heard


def _write_again(noted: _Noted) -> None:
    with connection.cursor() as cursor:
        for sql, params, many in noted.statements:
            (cursor.executemany if many else cursor.execute)(sql, params)
    assert _last_keys() == noted.ended, "something else was written this time"
    if noted.index is not None:
        with closing(sqlite3.connect(settings.SEARCH["PATH"])) as index:
            noted.index.backup(index)
    for cache in caches.all():
        cache.clear()


def _index_now() -> sqlite3.Connection | None:
    if (
        settings.SEARCH["ENGINE"] != "embedded"
        or not Path(settings.SEARCH["PATH"]).exists()
    ):
        return None
    copy = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(settings.SEARCH["PATH"])) as index:
        index.backup(copy)
    return copy
