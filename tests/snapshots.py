"""Sites made once and copied: making one takes seconds, the largest half a minute."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Copies in ``folder`` of the database and of the search index beside it.

    Files of images stay where they are: no test empties the storages.
    """

    folder: Path
    made: dict[str, object] = field(default_factory=dict)

    def of(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` returned when it was called for ``name``, and all that it left.

        Whatever else is in the database goes. Only SQLite can be copied so: on
        another database each test makes its own.
        """
        if connection.vendor != "sqlite":
            return make()
        connection.ensure_connection()
        database, index = self.folder / f"{name}.db", self.folder / f"{name}.index"
        with closing(sqlite3.connect(settings.SEARCH["PATH"])) as searched:
            if name not in self.made:
                self.made[name] = make()
                _keep(connection.connection, database)
                _keep(searched, index)
            else:
                _restore(database, connection.connection)
                _restore(index, searched)
                ContentType.objects.clear_cache()
                for cache in caches.all():
                    cache.clear()
        return self.made[name]  # type: ignore[return-value]


def _keep(source: sqlite3.Connection, file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        source.backup(copy)


def _restore(file: Path, target: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(file)) as copy:
        copy.backup(target)
