"""The subjects and tags of what is closed stand in no facet, count or suggestion."""

import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from archive.subjects import found
from search.drain import drain
from tests.cms.collection import Collection
from tests.cms.leaking import READING_ROOM_WORD, STAFF_WORD, ask, plant
from tests.factories import (
    CATALOGUE_ONLY,
    PUBLIC,
    READING_ROOM,
    RecordFactory,
    decide,
    subject,
)

WORDS = (READING_ROOM_WORD, STAFF_WORD)


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def world(held: Collection) -> Collection:
    """Concepts that only closed records bear, and one that an open one bears, too."""
    plant(held)
    above = subject("上位词戊")
    for word in WORDS:
        subject(word, broader=above.label, alternatives=[f"{word}别名"])
    opened = RecordFactory.create(parent=held.fonds, subjects="上位词戊", tags=["公开"])
    decide([opened], PUBLIC)
    while drain():
        pass
    return held


def facets(client: Client, query: str = "") -> dict[str, dict[str, int]]:
    answer = json.loads(ask(f"/api/v1/search?{query}", client).body)
    return {
        name: {one["value"]: one["count"] for one in values}
        for name, values in answer["facets"].items()
    }


def test_no_facet_and_no_count_of_the_public_knows_of_closed_records(
    world: Collection,
) -> None:
    for query in ("", "q=调解", "subject=上位词戊", "tag=公开"):
        shown = facets(Client(), query)
        for word in WORDS:
            assert word not in shown["subject"]
            assert f"{word}别名" not in shown["subject"]
            assert word not in shown["tag"]
    assert facets(Client())["subject"]["上位词戊"] == 1


def test_the_reading_room_counts_its_own_and_not_the_houses(
    world: Collection, reader_in_the_room: Client
) -> None:
    shown = facets(reader_in_the_room)["subject"]
    assert shown[READING_ROOM_WORD] == 1
    assert shown["上位词戊"] == 2
    assert STAFF_WORD not in shown


def test_a_search_by_a_closed_subject_answers_as_for_one_that_is_not_there(
    world: Collection,
) -> None:
    for word in WORDS:
        asked = ask(f"/api/v1/search?subject={word}别名")
        missing = ask(f"/api/v1/search?subject={'无' * len(word)}别名")
        assert json.loads(asked.body)["total"] == 0
        mended = asked.body.decode().replace(word, "无" * len(word))
        assert json.loads(mended) == json.loads(missing.body)


def test_closing_a_record_takes_its_subjects_out_of_the_facets(
    held: Collection, reader_in_the_room: Client
) -> None:
    record = RecordFactory.create(parent=held.fonds, subjects="独有词己", tags=["独签"])
    decide([record], PUBLIC)
    while drain():
        pass
    assert facets(Client())["subject"]["独有词己"] == 1
    decide([record], READING_ROOM)
    shown = facets(Client())
    assert "独有词己" not in shown["subject"]
    assert "独签" not in shown["tag"]


def test_a_catalogue_entry_says_nothing_of_what_the_record_is_about(
    held: Collection,
) -> None:
    subject("目录词庚", alternatives=["目录别名"])
    record = RecordFactory.create(
        parent=held.fonds, title="仅目录的", subjects="目录别名", tags=["目录签"]
    )
    decide([record], CATALOGUE_ONLY)
    while drain():
        pass

    assert json.loads(ask("/api/v1/search?q=仅目录的").body)["total"] == 1
    shown = facets(Client(), "q=仅目录的")
    assert shown["subject"] == shown["tag"] == {}
    assert json.loads(ask("/api/v1/search?subject=目录词庚").body)["total"] == 0
    page = ask(f"/catalogue/{record.reference_code}/")
    assert page.status == 200
    assert not any(map(page.tells, ("目录词庚", "目录别名", "目录签")))


def test_strangers_are_suggested_nothing(world: Collection) -> None:
    assert found.suggest(STAFF_WORD)
    addresses = [
        f"{reverse('archive_suggest', args=[kind])}?q={word}"
        for kind in ("subject", "tag")
        for word in WORDS
    ]
    addresses += [
        f"{reverse('archive_tags_complete')}?term={STAFF_WORD}",
        f"{reverse('archive_subjects_read')}?text={STAFF_WORD}别名",
        f"{reverse('subject:index')}?q={STAFF_WORD}",
        reverse("archive_subjects_export"),
    ]
    for address in addresses:
        answer = ask(address)
        assert answer.status == 302, address
