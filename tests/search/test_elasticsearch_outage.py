"""Elasticsearch that stalls, comes back and goes away, with a server of our own."""

import os
import signal
import time
from contextlib import ExitStack

import pytest

from search.engines.elastic import ElasticsearchEngine
from search.errors import SearchUnavailable
from tests.search.corpus import document, found, search
from tests.servers.elasticsearch import elasticsearch_server
from tests.servers.errors import Unavailable
from tests.servers.fixtures import give_up

pytestmark = pytest.mark.elasticsearch

LONGEST_WAIT = 12.0


def assert_unavailable(engine: ElasticsearchEngine) -> None:
    """Searching and writing both fail by name, and soon."""
    started = time.monotonic()
    with pytest.raises(SearchUnavailable):
        search(engine, "甲")
    with pytest.raises(SearchUnavailable):
        engine.write([document(2, "甲")])
    assert time.monotonic() - started < LONGEST_WAIT


def test_an_outage_is_named_and_nothing_is_lost_when_it_is_over() -> None:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(elasticsearch_server())
        except Unavailable as error:
            give_up(f"Elasticsearch: {error}")
        engine = ElasticsearchEngine([server.url], "outage")
        stack.callback(engine.close)
        engine.prepare()
        engine.write([document(1, "甲")])

        os.killpg(server.pid, signal.SIGSTOP)
        try:
            assert_unavailable(engine)
        finally:
            os.killpg(server.pid, signal.SIGCONT)
        wait_for_answers(engine)
        engine.write([document(2, "甲")])
        assert found(engine, "甲") == [1, 2]

        stack.close()
        assert_unavailable(engine)
        with pytest.raises(ProcessLookupError):
            os.killpg(server.pid, 0)


def wait_for_answers(engine: ElasticsearchEngine) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            engine.ping()
        except SearchUnavailable:
            time.sleep(0.5)
        else:
            return
    pytest.fail("the server did not come back")
