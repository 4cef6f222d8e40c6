"""The embedded engine: the contract of ``engines.base`` on a SQLite file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from search.engines.base import (
    Access,
    Entry,
    Filters,
    IndexDocument,
    SearchRequest,
    SearchResponse,
    Tombstone,
    check_window,
    views_of,
)
from search.engines.embedded import matching, schema
from search.engines.embedded.answering import answer, present
from search.engines.embedded.connections import Connections
from search.engines.embedded.storing import store


class EmbeddedEngine:
    """Search in the SQLite file at ``path`` (SQLite 3.40 or newer, with FTS5).

    Any number of threads and processes may read; writers wait for one another.
    """

    name: Final = "embedded"

    def __init__(self, path: Path) -> None:
        self._connections = Connections(path)

    def prepare(self) -> None:
        """See ``Engine``."""
        with self._connections.writing() as connection:
            schema.create(connection)

    def ping(self) -> None:
        """See ``Engine``."""
        with self._connections.reading() as connection:
            schema.read_state(connection)

    def write(
        self,
        documents: Sequence[IndexDocument],
        deletes: Sequence[Tombstone] = (),
        *,
        generation: str | None = None,
    ) -> None:
        """See ``Engine``."""
        with self._connections.writing() as connection:
            if generation is not None:
                schema.require_building(connection, int(generation))
                store(connection, int(generation), documents, deletes)
                return
            state = schema.read_state(connection)
            for target in (state.live, state.building):
                if target is not None:
                    store(connection, target, documents, deletes)

    def delete_sources(self, sources: Sequence[tuple[int, int]]) -> None:
        """See ``Engine``."""
        self.write([], views_of(sources))

    def search(self, request: SearchRequest) -> SearchResponse:
        """See ``Engine``."""
        check_window(request)
        with self._connections.reading() as connection:
            return answer(connection, schema.read_state(connection).live, request)

    def present(
        self, facet: str, values: Sequence[str], access: Access, language: str = ""
    ) -> frozenset[str]:
        """See ``Engine``."""
        conditions = [
            *matching.access_conditions(access),
            *matching.filter_conditions(Filters(language=language)),
        ]
        with self._connections.reading() as connection:
            live = schema.read_state(connection).live
            return present(
                connection, live, facet, values, matching.joined(conditions, " AND ")
            )

    def count(self) -> int:
        """See ``Engine``."""
        with self._connections.reading() as connection:
            live = schema.read_state(connection).live
            statement = schema.on(live, "SELECT count(*) FROM documents_{g}")
            return int(connection.execute(statement).fetchone()[0])

    def documents(self, after_id: str = "", limit: int = 1_000) -> list[Entry]:
        """See ``Engine``."""
        with self._connections.reading() as connection:
            statement = schema.on(
                schema.read_state(connection).live,
                "SELECT id, version FROM documents_{g} "
                "WHERE id > ? ORDER BY id LIMIT ?",
            )
            rows = connection.execute(statement, (after_id, limit))
            return [Entry(*row) for row in rows]

    def tokens_version(self) -> str:
        """See ``Engine``."""
        with self._connections.reading() as connection:
            live = schema.read_state(connection).live
            return schema.tokens_version(connection, live)

    def begin_rebuild(self) -> str:
        """See ``Engine``."""
        with self._connections.writing() as connection:
            schema.create_settings(connection)
            return str(schema.begin_building(connection))

    def finish_rebuild(self, generation: str) -> None:
        """See ``Engine``."""
        with self._connections.writing() as connection:
            schema.make_live(connection, int(generation))

    def abandon_rebuild(self, generation: str) -> None:
        """See ``Engine``."""
        with self._connections.writing() as connection:
            schema.stop_building(connection, int(generation))

    def close(self) -> None:
        """See ``Engine``."""
        self._connections.close()
