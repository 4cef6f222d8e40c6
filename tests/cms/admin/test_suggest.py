"""Suggestions while typing: who gets them, and of what."""

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from archive.suggestions import key_of
from tests.cms.admin.conftest import ClientOf
from tests.factories import ARCHIVIST, RESEARCHER, REVIEWER, authority

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("諸暨縣·枫橋 區", "诸暨县枫桥区"),
        ("ＦＥＮＧ qiao", "fengqiao"),
        ("·", "·"),
        ("", ""),
    ],
)
def test_spellings_of_one_name_have_one_key(written: str, key: str) -> None:
    assert key_of(written) == key


def test_a_kind_that_nobody_answers_is_not_found(client_of: ClientOf) -> None:
    address = reverse("archive_suggest", args=["nothing"])
    assert client_of(ARCHIVIST).get(address, {"q": "枫"}).status_code == 404


def test_only_the_house_is_offered_anything(client_of: ClientOf) -> None:
    address = reverse("archive_suggest", args=["authority"])
    for client in (client_of(RESEARCHER), client_of()):
        assert client.get(address, {"q": "枫"}).status_code in (302, 403)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("authority", {"枫桥镇", "枫桥社", "枫某"}),
        ("agent", {"枫桥社", "枫某"}),
        ("person", {"枫某"}),
        ("organisation", {"枫桥社"}),
        ("place", {"枫桥镇"}),
    ],
)
def test_each_kind_has_its_own(client_of: ClientOf, kind: str, names: set[str]) -> None:
    authority("枫桥镇", kind="place")
    authority("枫桥社")
    authority("枫某", kind="person")
    address = reverse("archive_suggest", args=[kind])
    for typed in ("枫", "楓", "f", " 枫 "):
        answer = client_of(REVIEWER).get(address, {"q": typed}).json()
        assert {one["label"] for one in answer["suggestions"]} == names


def add_names(count: int, first: int) -> None:
    """So many names, spread over 50 authorities, by the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO archive_authorityname
                (authority_id, position, name, kind, language, dates_original,
                 folded, initials)
            WITH RECURSIVE numbers (i) AS (
                SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < %s - 1
            )
            SELECT %s + i %% 50, 1, '样本' || CAST(i AS VARCHAR(9)) || '派出所',
                'former', '', '', '样本' || CAST(i AS VARCHAR(9)) || '派出所',
                'yb' || CAST(i AS VARCHAR(9)) || 'pcs'
            FROM numbers
            """,
            [count, first],
        )


@pytest.mark.database
def test_a_hundred_thousand_names_take_no_more_queries(
    client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    authority("枫桥派出所")
    client = client_of(ARCHIVIST)
    address = reverse("archive_suggest", args=["authority"])

    def taken(typed: str) -> tuple[int, list[str]]:
        client.get(address, {"q": typed})
        with django_assert_max_num_queries(20) as captured:
            answer = client.get(address, {"q": typed}).json()
        labels = [one["label"] for one in answer["suggestions"]]
        return len(captured), labels

    few = [taken(typed)[0] for typed in ("枫桥", "fq", "派出所")]
    others = [authority(f"样本{n}局").pk for n in range(50)]
    add_names(100_000, others[0])
    for typed, queries in zip(("枫桥", "fq", "派出所"), few, strict=True):
        counted, labels = taken(typed)
        assert counted == queries, typed
        assert len(labels) == (1 if typed != "派出所" else 20)
    assert taken("yb99999p")[1] == ["样本99999派出所"]
