"""The Elasticsearch engine: the contract of ``engines.base`` on a cluster."""

from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, Final

from elasticsearch import Elasticsearch, helpers

from search.engines.base import (
    Access,
    Entry,
    FacetValues,
    Hit,
    IndexDocument,
    SearchRequest,
    SearchResponse,
    Tombstone,
    check_window,
    cut_facet,
    views_of,
)
from search.engines.elastic.client import (
    UNAVAILABLE,
    WRITE_SECONDS,
    connect,
    unavailable_when_down,
)
from search.engines.elastic.generations import Generations
from search.engines.elastic.mapping import (
    SCHEMA_VERSION,
    source,
    tombstone_source,
)
from search.engines.elastic.queries import DOCUMENTS, present_body, search_body
from search.errors import RebuildSuperseded, SearchUnavailable, WriteRejected

Json = dict[str, Any]

# Two requests under way: while the server works on one, the next is made.
_BULK_THREADS: Final = 2
_BULK_BYTES: Final = 1_000_000


class ElasticsearchEngine:
    """Search in the index ``index`` of the cluster at ``hosts``.

    ``hosts``: URLs, a user and password in them if need be. ``shards`` and
    ``replicas`` take effect when an index is made (``begin_rebuild``).
    """

    name: Final = "elasticsearch"

    def __init__(
        self,
        hosts: Sequence[str],
        index: str,
        *,
        shards: int = 1,
        replicas: int = 0,
        api_key: str | None = None,
        ca_certs: str | None = None,
    ) -> None:
        self._client = connect(hosts, api_key, ca_certs)
        self._patient = self._client.options(request_timeout=WRITE_SECONDS)
        self._generations = Generations(self._client, index, shards, replicas)
        self._index = index
        self._is_current = False

    def prepare(self) -> None:
        """See ``Engine``."""
        with unavailable_when_down():
            self._generations.prepare()

    def ping(self) -> None:
        """See ``Engine``."""
        with unavailable_when_down():
            self._require_current()
            self._client.search(index=self._index, size=0)

    def write(
        self,
        documents: Sequence[IndexDocument],
        deletes: Sequence[Tombstone] = (),
        *,
        generation: str | None = None,
    ) -> None:
        """See ``Engine``."""
        if not documents and not deletes:
            return
        with unavailable_when_down():
            targets = self._targets(generation)
            actions = _actions(targets, documents, deletes)
            _bulk(self._patient, actions, may_be_gone=self._generations.next)
            self._patient.indices.refresh(index=targets, ignore_unavailable=True)

    def _targets(self, generation: str | None) -> list[str]:
        """The aliases that a batch goes to."""
        live, building = self._generations.live, self._generations.next
        aliases = self._generations.aliases()
        if generation is not None:
            if aliases.get(building) != generation:
                raise RebuildSuperseded(f"{generation} is not being built")
            return [building]
        if live not in aliases:
            raise SearchUnavailable("there is no search index: run manage.py reindex")
        self._require_current()
        return [live, building] if building in aliases else [live]

    def delete_sources(self, sources: Sequence[tuple[int, int]]) -> None:
        """See ``Engine``."""
        self.write([], views_of(sources))

    def search(self, request: SearchRequest) -> SearchResponse:
        """See ``Engine``."""
        check_window(request)
        with unavailable_when_down():
            self._require_current()
            answer = self._client.search(
                index=self._index,
                body=search_body(request),
                allow_partial_search_results=False,
            )
        facets, approximate = _facets(request.facets, answer.get("aggregations", {}))
        return SearchResponse(
            total=answer["hits"]["total"]["value"],
            hits=tuple(_hit(hit) for hit in answer["hits"]["hits"]),
            facets=facets,
            approximate=approximate,
        )

    def present(
        self, facet: str, values: Sequence[str], access: Access, language: str = ""
    ) -> frozenset[str]:
        """See ``Engine``."""
        if not values:
            return frozenset()
        with unavailable_when_down():
            self._require_current()
            answer = self._client.search(
                index=self._index,
                body=present_body(facet, values, access, language),
                allow_partial_search_results=False,
            )
        buckets = answer["aggregations"][facet]["buckets"]
        return frozenset(bucket["key"] for bucket in buckets)

    def count(self) -> int:
        """See ``Engine``."""
        with unavailable_when_down():
            answer = self._client.count(index=self._index, query=DOCUMENTS)
        return int(answer["count"])

    def documents(self, after_id: str = "", limit: int = 1_000) -> list[Entry]:
        """See ``Engine``."""
        with unavailable_when_down():
            answer = self._patient.search(
                index=self._index,
                query=DOCUMENTS,
                sort=[{"id": "asc"}],
                search_after=[after_id],
                size=limit,
                version=True,
                source=False,
                track_total_hits=False,
                allow_partial_search_results=False,
            )
        return [Entry(hit["_id"], hit["_version"]) for hit in answer["hits"]["hits"]]

    def tokens_version(self) -> str:
        """See ``Engine``."""
        with unavailable_when_down():
            return self._meta("tokens_version")

    def _meta(self, name: str) -> str:
        """What was written of the live index when it was made."""
        (about,) = self._client.indices.get_mapping(index=self._index).values()
        return str(about["mappings"].get("_meta", {}).get(name, ""))

    def _require_current(self) -> None:
        """The live index has the fields of today; asked until it once had.

        One of an older version would answer that nothing was found.
        """
        if not self._is_current and self._meta("schema_version") != SCHEMA_VERSION:
            raise SearchUnavailable(
                "the search index is of another version: run manage.py reindex"
            )
        self._is_current = True

    def begin_rebuild(self) -> str:
        """See ``Engine``."""
        with unavailable_when_down():
            return self._generations.begin()

    def finish_rebuild(self, generation: str) -> None:
        """See ``Engine``."""
        with unavailable_when_down():
            self._generations.finish(generation)

    def abandon_rebuild(self, generation: str) -> None:
        """See ``Engine``."""
        with unavailable_when_down():
            self._generations.abandon(generation)

    def close(self) -> None:
        """See ``Engine``."""
        self._client.close()


def _actions(
    targets: Sequence[str],
    documents: Sequence[IndexDocument],
    deletes: Sequence[Tombstone],
) -> Iterator[Json]:
    for document in documents:
        fields = source(document)
        for target in targets:
            yield _action(target, document.id, document.version, fields)
    for tombstone in deletes:
        fields = tombstone_source(tombstone.id)
        for target in targets:
            yield _action(target, tombstone.id, tombstone.version, fields)


def _action(target: str, document_id: str, version: int, fields: Json) -> Json:
    return {
        "_op_type": "index",
        "_index": target,
        "_id": document_id,
        "version": version,
        "version_type": "external_gte",
        "_source": fields,
    }


def _bulk(client: Elasticsearch, actions: Iterable[Json], may_be_gone: str) -> None:
    """Write in chunks. What is late, or for a generation now gone, is no error."""
    refused: list[Json] = []
    for done, item in helpers.parallel_bulk(
        client,
        actions,
        thread_count=_BULK_THREADS,
        queue_size=_BULK_THREADS,
        max_chunk_bytes=_BULK_BYTES,
        raise_on_error=False,
        require_alias=True,
    ):
        result: Json = item["index"]
        late = result["status"] == HTTPStatus.CONFLICT
        gone = result["status"] == HTTPStatus.NOT_FOUND
        if not done and not late and not (gone and result["_index"] == may_be_gone):
            refused.append(result)
    if not refused:
        return
    first = f"{refused[0]['_id']}: {refused[0]['error']}"
    if any(result["status"] in UNAVAILABLE for result in refused):
        raise SearchUnavailable(f"Elasticsearch did not store all: {first}")
    raise WriteRejected(f"Elasticsearch refused {len(refused)} documents: {first}")


def _facets(
    wanted: Sequence[str], answer: Json
) -> tuple[dict[str, FacetValues], frozenset[str]]:
    facets: dict[str, FacetValues] = {}
    approximate: set[str] = set()
    for facet in wanted:
        result = answer[facet]
        counts = [(bucket["key"], bucket["doc_count"]) for bucket in result["buckets"]]
        facets[facet] = cut_facet(facet, counts)
        if result["sum_other_doc_count"] or result["doc_count_error_upper_bound"]:
            approximate.add(facet)
    return facets, frozenset(approximate)


def _hit(hit: Json) -> Hit:
    fields = hit["_source"]
    return Hit(
        source_id=fields["source_id"],
        audience_min=fields["audience_min"],
        id=fields["id"],
        score=hit["_score"] or 0.0,
    )
