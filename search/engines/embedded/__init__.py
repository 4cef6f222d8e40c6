"""The engine that needs no server: SQLite FTS5 in a database file of its own."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
