"""The tables of the embedded index, one set for each generation.

``documents`` is narrow, for filters and order; ``words`` is the contentless FTS5
table. Deleting from it takes the old terms, so ``tokens`` keeps them, compressed.
"""

import sqlite3
from typing import Final, NamedTuple

from search.engines.embedded.terms import TERMS_VERSION
from search.errors import RebuildSuperseded, SearchUnavailable
from search.tokens import TOKENS_VERSION

SCHEMA_VERSION: Final = f"4.{TERMS_VERSION}"
"""Raise its first part when ``FACETS`` or these tables change."""

# FTS5's ascii tokenizer splits at ASCII characters that are neither letter, digit
# nor underscore, and our terms hold none: it splits at the spaces between them.
_GENERATION: Final = (
    """
    CREATE TABLE documents_{g} (
        doc INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        source_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        audience_min INTEGER NOT NULL,
        audience_max INTEGER NOT NULL,
        path TEXT NOT NULL,
        reference_code TEXT NOT NULL,
        date_min TEXT,
        date_max TEXT,
        languages TEXT
    )
    """,
    "CREATE TABLE tokens_{g} (doc INTEGER PRIMARY KEY, fields BLOB NOT NULL)",
    """
    CREATE TABLE tombstones_{g} (id TEXT PRIMARY KEY, version INTEGER NOT NULL)
    WITHOUT ROWID
    """,
    """
    CREATE TABLE facet_values_{g} (
        value_id INTEGER PRIMARY KEY,
        facet TEXT NOT NULL,
        value TEXT NOT NULL,
        UNIQUE (facet, value)
    )
    """,
    """
    CREATE TABLE document_facets_{g} (
        doc INTEGER NOT NULL, value_id INTEGER NOT NULL, PRIMARY KEY (doc, value_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX facet_documents_{g} ON document_facets_{g} (value_id, doc)",
    """
    CREATE VIRTUAL TABLE words_{g} USING fts5 (
        title, text, code, content = '', tokenize = "ascii tokenchars '_'"
    )
    """,
)
_TABLES: Final = (
    "documents",
    "tokens",
    "tombstones",
    "document_facets",
    "facet_values",
    "words",
)


class State(NamedTuple):
    """Which generations there are: their numbers."""

    live: int
    building: int | None


def on(generation: int, statement: str, **parts: str) -> str:
    """The statement with ``{name}`` made ``parts[name]``, and ``{g}`` the number.

    Only text of this package goes in here; values of requests are parameters.
    """
    for name, part in parts.items():
        statement = statement.replace(f"{{{name}}}", part)
    return statement.replace("{g}", str(generation))


def create_settings(connection: sqlite3.Connection) -> None:
    """Create the table that says which generations there are."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS settings "
        "(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
    )


def create(connection: sqlite3.Connection) -> None:
    """Create the first generation where there is none."""
    create_settings(connection)
    if _setting(connection, "live") is None:
        _set(connection, "live", str(create_generation(connection)))


def read_state(connection: sqlite3.Connection) -> State:
    """The generations; ``SearchUnavailable`` when the index is not usable."""
    live = _setting(connection, "live")
    if live is None:
        raise SearchUnavailable("there is no search index: run manage.py reindex")
    if _setting(connection, f"schema {live}") != SCHEMA_VERSION:
        raise SearchUnavailable(
            "the search index is of another version: run manage.py reindex"
        )
    building = _setting(connection, "building")
    return State(int(live), int(building) if building else None)


def create_generation(connection: sqlite3.Connection) -> int:
    """Make an empty set of tables under a number never used before."""
    generation = int(_setting(connection, "last") or 0) + 1
    for statement in _GENERATION:
        connection.execute(on(generation, statement))
    _set(connection, "last", str(generation))
    _set(connection, f"tokens {generation}", TOKENS_VERSION)
    _set(connection, f"schema {generation}", SCHEMA_VERSION)
    return generation


def drop_generation(connection: sqlite3.Connection, generation: int) -> None:
    """Remove a generation's tables and settings."""
    for table in _TABLES:
        connection.execute(on(generation, "DROP TABLE {table}_{g}", table=table))
    connection.execute(
        "DELETE FROM settings WHERE name IN (?, ?)",
        (f"tokens {generation}", f"schema {generation}"),
    )


def begin_building(connection: sqlite3.Connection) -> int:
    """Start a new generation beside the live one; drop one left unfinished."""
    stop_building(connection, _building(connection))
    generation = create_generation(connection)
    _set(connection, "building", str(generation))
    return generation


def stop_building(connection: sqlite3.Connection, generation: int | None) -> None:
    """Drop the generation if it is the one being built."""
    if generation is not None and generation == _building(connection):
        connection.execute("DELETE FROM settings WHERE name = 'building'")
        drop_generation(connection, generation)


def make_live(connection: sqlite3.Connection, generation: int) -> None:
    """Put the generation being built in the place of the live one."""
    require_building(connection, generation)
    old = _setting(connection, "live")
    _set(connection, "live", str(generation))
    connection.execute("DELETE FROM settings WHERE name = 'building'")
    if old is not None:
        drop_generation(connection, int(old))


def require_building(connection: sqlite3.Connection, generation: int) -> None:
    """Raise ``RebuildSuperseded`` unless this generation is being built."""
    if _building(connection) != generation:
        raise RebuildSuperseded(f"generation {generation} is not being built")


def tokens_version(connection: sqlite3.Connection, generation: int) -> str:
    """The ``TOKENS_VERSION`` a generation was made under."""
    return _setting(connection, f"tokens {generation}") or ""


def _building(connection: sqlite3.Connection) -> int | None:
    building = _setting(connection, "building")
    return int(building) if building else None


def _setting(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute(
        "SELECT value FROM settings WHERE name = ?", (name,)
    ).fetchone()
    return str(row[0]) if row else None


def _set(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO settings VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
