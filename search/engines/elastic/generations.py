"""Generations of the index: one index each, found through two aliases.

``<name>`` points to the live index and, during a rebuild, ``<name>-next`` to the one
being built. Writes go through the aliases, never to an index by its own name: what
was swapped or dropped in between is noticed and not made anew by accident.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from search.engines.elastic.client import WRITE_SECONDS
from search.engines.elastic.mapping import index_body
from search.errors import RebuildSuperseded


class Generations:
    """The indices behind one name."""

    def __init__(
        self, client: Elasticsearch, name: str, shards: int, replicas: int
    ) -> None:
        self._client = client
        self._patient = client.options(request_timeout=WRITE_SECONDS)
        self._body = index_body(shards, replicas)
        self.live = name
        self.next = f"{name}-next"

    def aliases(self) -> dict[str, str]:
        """Alias → index, for those of the two that exist."""
        # Asked with a wildcard: a name that is missing must not fail the other.
        answer = self._client.indices.get_alias(name=f"{self.live}*")
        return {
            alias: index
            for index, about in answer.items()
            for alias in about["aliases"]
            if alias in (self.live, self.next)
        }

    def prepare(self) -> None:
        """Create the live index where there is none."""
        if self.live in self.aliases():
            return
        try:
            # A fixed first name: of two who create at once, one is refused.
            self._create(f"{self.live}-first", {self.live: {}})
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise

    def begin(self) -> str:
        """Create an empty index as the only next one; drop one left unfinished."""
        unfinished = self.aliases().get(self.next)
        index = f"{self.live}-{secrets.token_hex(6)}"
        self._create(index, {})
        everywhere = {"index": f"{self.live}-*", "alias": self.next}
        self._patient.indices.update_aliases(
            actions=[
                {"remove": {**everywhere, "must_exist": False}},
                {"add": {"index": index, "alias": self.next}},
            ]
        )
        if unfinished is not None:
            self._drop(unfinished)
        return index

    def finish(self, index: str) -> None:
        """Swap the aliases in one step and drop the index that was live."""
        aliases = self.aliases()
        if aliases.get(self.next) != index:
            raise RebuildSuperseded(f"{index} is not being built")
        actions: list[Mapping[str, Any]] = [
            {"remove": {"index": index, "alias": self.next, "must_exist": True}},
            {"add": {"index": index, "alias": self.live}},
        ]
        if old := aliases.get(self.live):
            actions.append({"remove_index": {"index": old}})
        self._patient.indices.refresh(index=index)
        try:
            self._patient.indices.update_aliases(actions=actions)
        except NotFoundError as error:
            raise RebuildSuperseded(f"{index} is not being built") from error

    def abandon(self, index: str) -> None:
        """Drop the index unless it is live."""
        if self.aliases().get(self.live) != index:
            self._drop(index)

    def _create(self, index: str, aliases: Mapping[str, Mapping[str, Any]]) -> None:
        self._patient.indices.create(index=index, aliases=aliases, **self._body)

    def _drop(self, index: str) -> None:
        self._patient.indices.delete(index=index, ignore_unavailable=True)
