"""Of a donation the public sees what was given, never who gave it or on what terms."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from archive import decisions
from archive.openness import Audience
from archive.readers import Reader
from archive.seen import index_views, see_one
from cms.models import User
from tests.cms.collection import Collection
from tests.cms.leaking import (
    DONATED_CODE,
    DONATED_WORD,
    DONOR_WORDS,
    ask,
    plant_donation,
)
from tests.cms.test_leaks import open_addresses
from tests.factories import PASSWORD, RESEARCHER, UserFactory


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def addresses() -> list[str]:
    """All there are, and those of the donated record."""
    page, api = f"/catalogue/{DONATED_CODE}", "/api/v1"
    return [
        *open_addresses(),
        f"{page}/",
        f"{page}/1/",
        f"{page}/citation.ris",
        f"{page}/citation.json",
        f"{api}/records/{DONATED_CODE}",
        f"{api}/pages?reference_code={DONATED_CODE}",
        *(f"/search/?q={word}" for word in ("口述", DONATED_WORD)),
        *(f"{api}/search?q={word}" for word in ("口述", DONATED_WORD)),
    ]


def told(client: Client | None = None) -> list[tuple[str, str]]:
    return [
        (url, secret)
        for url in addresses()
        if (answer := ask(url, client))
        for secret in DONOR_WORDS
        if answer.tells(secret)
    ]


def test_the_donated_record_is_there_and_the_donor_is_not(held: Collection) -> None:
    plant_donation(held)

    for url in (f"/catalogue/{DONATED_CODE}/", f"/api/v1/records/{DONATED_CODE}"):
        answer = ask(url)
        assert answer.status == 200
        assert answer.tells(DONATED_WORD)
    assert told() == []


def test_a_search_for_the_donor_finds_nothing(held: Collection) -> None:
    plant_donation(held)

    for word in DONOR_WORDS:
        assert b'"total": 0' in ask(f"/api/v1/search?q={word}").body


def test_a_reader_whom_a_grant_lifts_to_staff_does_not_learn_it_either(
    held: Collection,
) -> None:
    record = plant_donation(held)
    reader: User = UserFactory.create(groups=[RESEARCHER])
    decisions.grant(
        record,
        reader,
        Audience.STAFF,
        timezone.localdate() + timedelta(days=1),
        UserFactory.create(),
    )
    client = Client()
    assert client.login(username=reader.username, password=PASSWORD)

    assert told(client) == []


def test_the_house_reads_the_authorisation_and_the_index_never_holds_it(
    held: Collection,
) -> None:
    record = plant_donation(held)

    view = see_one(DONATED_CODE, Reader(Audience.STAFF))
    assert view is not None
    assert dict(view.particulars)["authorisation"] == DONOR_WORDS[8]
    public = index_views([record.pk])[record.pk][0]
    assert public.lowest is Audience.PUBLIC
    assert "authorisation" not in dict(public.view.particulars)
