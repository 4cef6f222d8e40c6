"""Session fixtures that give tests a real server or skip with the reason.

With ``CI`` set a server that cannot be had is a failure, not a skip.
"""

import contextlib
import os
from collections.abc import Iterator
from typing import NoReturn

import pytest

from tests.servers import postgresql
from tests.servers.elasticsearch import elasticsearch_server
from tests.servers.errors import Unavailable


def give_up(reason: str) -> NoReturn:
    """Skip the test; fail it on a machine that must have everything (CI)."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The address of a real Elasticsearch: TEST_ELASTICSEARCH_URL or our own."""
    if url := os.environ.get("TEST_ELASTICSEARCH_URL"):
        yield url
        return
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(elasticsearch_server())
        except Unavailable as error:
            give_up(f"Elasticsearch: {error}")
        yield server.url


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    """A real, empty PostgreSQL."""
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(postgresql.postgresql_server())
        except Unavailable as error:
            give_up(f"PostgreSQL: {error}")
        yield server
