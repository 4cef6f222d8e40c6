"""People, organisations and places as readers meet them: page, API, facets, search."""

from typing import Any

import pytest
from django.test import Client

from archive.authorities import registry
from archive.authorities.merging import merge
from archive.authorities.registry import Name
from archive.models import Authority
from search.drain import drain
from tests.cms.collection import FORMER_TOWN, TOWN, Collection
from tests.factories import (
    CATALOGUE_ONLY,
    PUBLIC,
    RecordFactory,
    authority,
    decide,
)

CODE = "T001-WS·1953·Y-001"
COMMITTEE = "样本镇调解委员会"


@pytest.fixture
def town(held: Collection) -> Authority:
    return Authority.objects.get(name=TOWN)


def answer(client: Client, query: str) -> dict[str, Any]:
    return client.get(f"/api/v1/search?{query}").json()


def found(client: Client, query: str) -> list[str]:
    return [hit["reference_code"] for hit in answer(client, query)["hits"]]


def facet(client: Client, name: str, query: str = "") -> list[tuple[str, str, int]]:
    values = answer(client, query)["facets"][name]
    return [(one["value"], one["label"], one["count"]) for one in values]


def indexed() -> None:
    while drain():
        pass


def test_the_page_and_the_api_name_the_place_as_then_and_as_now(
    client: Client, town: Authority
) -> None:
    page = client.get(f"/catalogue/{CODE}/").text
    assert f'place={town.number}"' in page
    assert FORMER_TOWN in page
    assert f"今作{TOWN}" in page
    record = client.get(f"/api/v1/records/{CODE}").json()
    assert record["relations"][1] == {
        "number": town.number,
        "kind": "place",
        "role": "place",
        "name": FORMER_TOWN,
        "preferred_name": TOWN,
    }
    # The document's own words stay what they are.
    assert record["creators"] == ["样本调解委员会", "样本村"]


@pytest.mark.parametrize("typed", [TOWN, FORMER_TOWN, "樣本專區樣本區", "G"])
def test_a_place_is_found_by_any_name_of_any_time_and_by_number(
    client: Client, town: Authority, typed: str
) -> None:
    asked = town.number if typed == "G" else typed
    assert found(client, f"place={asked}") == [CODE]
    assert facet(client, "place", f"place={asked}") == [(town.number, TOWN, 1)]
    page = client.get(f"/search/?place={asked}").text
    assert TOWN in page


def test_a_part_of_a_name_or_an_unknown_one_finds_nothing(
    client: Client, town: Authority
) -> None:
    for typed in ("样本", "无此地", "G999999", COMMITTEE):
        assert found(client, f"place={typed}") == []


def test_creators_are_counted_under_the_preferred_name_and_else_as_typed(
    client: Client, town: Authority
) -> None:
    counted = sorted(facet(client, "creator"))
    assert counted == [("样本村", "样本村", 1), (COMMITTEE, COMMITTEE, 1)]
    assert found(client, f"creator={COMMITTEE}") == [CODE]
    page = client.get(f"/catalogue/{CODE}/").text
    # Whatever the document calls it, the link leads to where it is found.
    assert "样本调解委员会</a>" in page
    assert "creator=%E6%A0%B7%E6%9C%AC%E9%95%87%E8%B0%83%E8%A7%A3" in page


def test_another_name_and_a_merge_are_followed_by_the_index(
    client: Client, town: Authority
) -> None:
    registry.edit(town, [Name("新样本镇"), Name(FORMER_TOWN, "former")])
    indexed()
    assert facet(client, "place") == [(town.number, "新样本镇", 1)]
    kept = authority("再并镇", kind="place")
    merge(kept, [town])
    indexed()
    assert facet(client, "place") == [(kept.number, "再并镇", 1)]
    assert found(client, f"place={town.number}") == [CODE]
    assert found(client, f"place={FORMER_TOWN}") == [CODE]


def test_of_namesakes_the_one_that_is_called_so_today_is_meant(
    client: Client, held: Collection, town: Authority
) -> None:
    namesake = authority(FORMER_TOWN, kind="place")
    (record,) = decide(
        [
            RecordFactory.create(
                parent=held.fonds, authorities=[[namesake.number, "origin"]]
            )
        ],
        PUBLIC,
    )
    indexed()
    assert found(client, f"place={FORMER_TOWN}") == [record.reference_code]


def test_a_catalogue_entry_has_no_relations(
    client: Client, held: Collection, town: Authority
) -> None:
    record = RecordFactory.create(
        parent=held.fonds, authorities=[[town.number, "place"]]
    )
    decide([record], CATALOGUE_ONLY)
    indexed()
    assert found(client, f"place={TOWN}") == [CODE]
    assert (
        "relations" not in client.get(f"/api/v1/records/{record.reference_code}").json()
    )
    assert TOWN not in client.get(f"/catalogue/{record.reference_code}/").text
