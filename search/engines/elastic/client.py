"""The Elasticsearch client, patient for seconds only, and its errors as ours."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Final

from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.errors import RequestRefused, SearchUnavailable

SEARCH_SECONDS: Final = 5.0
WRITE_SECONDS: Final = 60.0
UNAVAILABLE: Final = frozenset({401, 403, 408, 429, 500, 502, 503, 504})
"""What a node answers that lets nobody in, is overloaded, starting or cut off."""


def connect(
    hosts: Sequence[str], api_key: str | None, ca_certs: str | None
) -> Elasticsearch:
    """A client for the cluster; it opens connections when they are needed.

    One more node is tried when one is down. Nothing is sent twice after a time-out:
    a cluster that is slow must not get more to do.
    """
    return Elasticsearch(
        list(hosts),
        api_key=api_key,
        request_timeout=SEARCH_SECONDS,
        max_retries=min(len(hosts) - 1, 2),
        retry_on_timeout=False,
        retry_on_status=(),
        ca_certs=ca_certs or DEFAULT,
    )


@contextlib.contextmanager
def unavailable_when_down() -> Iterator[None]:
    """Turn the client's errors into ours; a missing index is ``SearchUnavailable``."""
    try:
        yield
    except TransportError as error:
        raise SearchUnavailable(f"Elasticsearch does not answer: {error}") from error
    except NotFoundError as error:
        raise SearchUnavailable(f"the search index is not there: {error}") from error
    except ApiError as error:
        if error.status_code in UNAVAILABLE:
            raise SearchUnavailable(f"Elasticsearch: {error}") from error
        raise RequestRefused(f"Elasticsearch refused the request: {error}") from error
