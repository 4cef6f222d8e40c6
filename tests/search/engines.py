"""The two engines for tests that hold them to one contract."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.elastic import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine

ENGINES = [
    "embedded",
    pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
]


def delete_indices(url: str, name: str) -> None:
    """Remove what an engine made under an index name of its own."""
    import elasticsearch

    with elasticsearch.Elasticsearch(url) as client:
        client.indices.delete(index=f"{name}-*", ignore_unavailable=True)


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """An empty engine of each kind; the index is prepared."""
    bare_engine.prepare()
    return bare_engine


@pytest.fixture(params=ENGINES)
def bare_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine of each kind that has no index."""
    if request.param == "embedded":
        embedded = EmbeddedEngine(tmp_path / "search.sqlite3")
        yield embedded
        embedded.close()
        return
    url = request.getfixturevalue("elasticsearch_url")
    name = f"test-{uuid.uuid4().hex}"
    elastic = ElasticsearchEngine([url], name)
    yield elastic
    elastic.close()
    delete_indices(url, name)
