"""Pages of lists cost as many queries for many rows as for few."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.drain import drain
from tests.cms.collection import Collection
from tests.factories import (
    PUBLIC,
    RecordFactory,
    TranscriptFactory,
    authority,
    decide,
)


def add(held: Collection, count: int) -> None:
    """More open files below the fonds, a tagged page in each, each by somebody else."""
    made = [
        RecordFactory.create(
            parent=held.fonds, authorities=[[authority(f"样本{n}社").number, "creator"]]
        )
        for n in range(count)
    ]
    for record in made:
        TranscriptFactory.create(folio__record=record, text="另有矛盾纠纷。")
        record.tags.add(f"标签 {record.pk}")
    decide(made, PUBLIC)
    while drain():
        pass


def add_pages(held: Collection, count: int) -> None:
    for _ in range(count):
        TranscriptFactory.create(
            folio__record=held.public, folio__quarantined=False, text="又见矛盾纠纷。"
        )


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("path", "grow", "most"),
    [
        ("/search/?q=矛盾纠纷", add, 20),
        ("/catalogue/T001/", add, 25),
        ("/api/v1/search?q=矛盾纠纷", add, 20),
        ("/", add, 30),
        ("/catalogue/T001-WS·1953·Y-001/", add_pages, 25),
        ("/catalogue/T001-WS·1953·Y-001/1/?q=矛盾纠纷", add_pages, 15),
    ],
)
def test_the_number_of_queries_does_not_grow(
    client: Client,
    held: Collection,
    path: str,
    grow: Callable[[Collection, int], None],
    most: int,
) -> None:
    grow(held, 2)
    few = queries(client, path)
    grow(held, 5)
    assert queries(client, path) == few
    assert few <= most
