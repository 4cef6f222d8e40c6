"""Suggestions while typing: who gets them, and of what."""

import pytest
from django.urls import reverse

from archive.suggestions import key_of
from tests.cms.admin.conftest import ClientOf
from tests.factories import ARCHIVIST, RESEARCHER

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
