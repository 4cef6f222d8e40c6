"""The Elasticsearch engine against raw HTTP with ready-made JSON.

The raw side sends bytes made beforehand over one kept connection: the same bulk
batches, each visible on return, and the same query bodies.
"""

import contextlib
import http.client
import json
import os
import time
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from search.drain import BATCH_SIZE
from search.engines.base import Access, IndexDocument, SearchRequest
from search.engines.elastic import ElasticsearchEngine
from search.engines.elastic.mapping import index_body, source
from search.engines.elastic.queries import search_body
from search.query import parse
from tests.bench import texts
from tests.bench.rounds import alternate, p95
from tests.bench.table import Row, rate_row, skipped, time_row
from tests.servers.elasticsearch import elasticsearch_server
from tests.servers.errors import Unavailable

QUERIES = 200
FACETS = ("type", "fonds")
INDEX_GOAL, QUERY_GOAL = 0.8, 1.3
INDEX = "bench"


def run(given: list[texts.Text], rounds: int) -> list[Row]:
    with contextlib.ExitStack() as stack:
        try:
            url = os.environ.get("TEST_ELASTICSEARCH_URL") or (
                stack.enter_context(elasticsearch_server()).url
            )
        except Unavailable as error:
            return [skipped("Elasticsearch", str(error))]
        raw = stack.enter_context(contextlib.closing(Raw(url)))
        documents = texts.as_documents(given)
        index_row = indexing(url, raw, documents, rounds)
        return [index_row, *querying(url, raw, documents, given, rounds)]


class Raw:
    """One HTTP connection; requests and answers as JSON."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def send(self, method: str, path: str, body: bytes | None = None) -> Any:
        kind = "application/x-ndjson" if "_bulk" in path else "application/json"
        self._connection.request(method, path, body, {"Content-Type": kind})
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= http.client.BAD_REQUEST:
            raise RuntimeError(content.decode(errors="replace"))
        return json.loads(content)

    def close(self) -> None:
        self._connection.close()


def indexing(url: str, raw: Raw, documents: list[IndexDocument], rounds: int) -> Row:
    bodies = [bulk_body(batch) for batch in batches(documents)]
    numbers = count()
    made = json.dumps(index_body(shards=1, replicas=0)).encode()

    def ours() -> None:
        engine = ElasticsearchEngine([url], f"{INDEX}-ours-{next(numbers)}")
        engine.prepare()
        for batch in batches(documents):
            engine.write(batch)
        engine.close()

    def baseline() -> None:
        index = f"{INDEX}-raw-{next(numbers)}"
        raw.send("PUT", f"/{index}", made)
        for body in bodies:
            answer = raw.send("POST", f"/{index}/_bulk?refresh=true", body)
            assert not answer["errors"]

    # The server's first documents are its slowest.
    ours()
    baseline()
    seconds = alternate({"ours": ours, "raw": baseline}, rounds)
    raw.send("DELETE", f"/{INDEX}-raw-*,{INDEX}-ours-*")
    args = len(documents), "records/s", seconds["ours"], seconds["raw"]
    return rate_row("Elasticsearch bulk", *args, INDEX_GOAL)


def batches(documents: list[IndexDocument]) -> Iterator[list[IndexDocument]]:
    """As the drain and the rebuild send them."""
    for start in range(0, len(documents), BATCH_SIZE):
        yield documents[start : start + BATCH_SIZE]


def bulk_body(documents: Sequence[IndexDocument]) -> bytes:
    lines = []
    for document in documents:
        version = {"version": document.version, "version_type": "external_gte"}
        lines.append({"index": {"_id": document.id, **version}})
        lines.append(source(document))
    return "".join(f"{json.dumps(x, ensure_ascii=False)}\n" for x in lines).encode()


def querying(
    url: str,
    raw: Raw,
    documents: list[IndexDocument],
    given: list[texts.Text],
    rounds: int,
) -> list[Row]:
    """p95 over all queries of each round, and whether the answers agree."""
    engine = ElasticsearchEngine([url], INDEX)
    engine.prepare()
    for batch in batches(documents):
        engine.write(batch)
    requests = [
        SearchRequest(node, Access(), facets=FACETS)
        for text in texts.queries(given, QUERIES)
        if (node := parse(text).node) is not None
    ]
    bodies = [json.dumps(search_body(request)).encode() for request in requests]
    ours: list[float] = []
    raws: list[float] = []
    same = True
    for turn in range(rounds + 1):  # the first warms the server up
        mine: list[float] = []
        theirs: list[float] = []
        for request, body in zip(requests, bodies, strict=True):
            # The other one first in every other round.
            if turn % 2:
                answers = [ask(engine, request, mine), ask_raw(raw, body, theirs)]
            else:
                answers = [ask_raw(raw, body, theirs), ask(engine, request, mine)]
            same &= answers[0] == answers[1]
        if turn:
            ours.append(p95(mine))
            raws.append(p95(theirs))
    engine.close()
    answered = "yes" if same else "no"
    return [
        Row("Elasticsearch query: same answers", answered, goal="yes", met=same),
        time_row("Elasticsearch query p95", ours, raws, QUERY_GOAL),
    ]


Answer = tuple[int, list[int]]


def ask(
    engine: ElasticsearchEngine, request: SearchRequest, seconds: list[float]
) -> Answer:
    began = time.perf_counter()
    response = engine.search(request)
    seconds.append(time.perf_counter() - began)
    return response.total, [hit.source_id for hit in response.hits]


def ask_raw(raw: Raw, body: bytes, seconds: list[float]) -> Answer:
    began = time.perf_counter()
    path = f"/{INDEX}/_search?allow_partial_search_results=false"
    hits = raw.send("POST", path, body)["hits"]
    seconds.append(time.perf_counter() - began)
    return hits["total"]["value"], [hit["_source"]["source_id"] for hit in hits["hits"]]
