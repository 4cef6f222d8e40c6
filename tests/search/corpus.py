"""Small index documents for the tests of the engines."""

from typing import Any

from search.engines.base import (
    PUBLIC,
    STAFF,
    Access,
    Engine,
    IndexDocument,
    SearchRequest,
    SearchResponse,
    document_id,
)
from search.query import parse


def document(source_id: int, text: str = "", **fields: Any) -> IndexDocument:
    """A view that everyone may see, unless ``fields`` say otherwise."""
    audience = fields.pop("audience_min", PUBLIC)
    values: dict[str, Any] = {
        "version": 1,
        "audience_max": STAFF,
        "path": f"{source_id:04d}",
        "reference_code": f"Z001-{source_id:04d}",
        "title": "",
        **fields,
    }
    return IndexDocument(
        id=document_id(source_id, audience),
        source_id=source_id,
        audience_min=audience,
        text=text,
        **values,
    )


def request(query: str | None, **fields: Any) -> SearchRequest:
    """A request for everything a public reader may see, by code."""
    node = None
    if query is not None:
        node = parse(query).node
        assert node is not None, f"{query!r} is no query"
    values: dict[str, Any] = {"access": Access(), "sort": "code", **fields}
    return SearchRequest(node, **values)


def search(engine: Engine, query: str | None, **fields: Any) -> SearchResponse:
    """The answer to a request as ``request`` makes it."""
    return engine.search(request(query, **fields))


def found(engine: Engine, query: str | None, **fields: Any) -> list[int]:
    """The ids of the records found, in order; checks that the total agrees."""
    response = search(engine, query, **{"limit": 1_000, **fields})
    assert response.total == len(response.hits)
    return [hit.source_id for hit in response.hits]
