"""Who is in the reading room: by the address of the last hop that is not ours."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from archive.openness import Audience
from cms.checks import check_networks
from cms.readers import reader_of
from tests.factories import RESEARCHER, UserFactory

ROOM = "192.168.10.7"
ELSEWHERE = "203.0.113.9"
PROXY = "10.0.0.1"


@pytest.fixture
def proxied(settings: Settings) -> None:
    settings.READING_ROOM_NETWORKS = ["192.168.10.0/24"]
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        (ROOM, "", Audience.READING_ROOM),
        (ELSEWHERE, "", Audience.PUBLIC),
        (PROXY, ROOM, Audience.READING_ROOM),
        (PROXY, f"{ROOM}, 10.0.0.2", Audience.READING_ROOM),
        (PROXY, ELSEWHERE, Audience.PUBLIC),
        # The reader wrote the first hop; the proxy added where it came from.
        (PROXY, f"{ROOM}, {ELSEWHERE}", Audience.PUBLIC),
        # Not our proxy: what it says counts for nothing.
        (ELSEWHERE, ROOM, Audience.PUBLIC),
        (PROXY, "nonsense", Audience.PUBLIC),
        (PROXY, "", Audience.PUBLIC),
        ("", "", Audience.PUBLIC),
    ],
)
def test_behind_a_proxy_the_reader_s_own_address_counts(
    db: None, proxied: None, peer: str, forwarded: str, expected: Audience
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=peer)
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    request.user = UserFactory.create(groups=[RESEARCHER])
    assert reader_of(request).audience is expected


def test_without_a_proxy_in_the_settings_no_header_is_believed(
    db: None, settings: Settings
) -> None:
    settings.READING_ROOM_NETWORKS = ["192.168.10.0/24"]
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=ROOM)
    request.user = UserFactory.create(groups=[RESEARCHER])
    assert reader_of(request).audience is Audience.PUBLIC


def test_a_network_that_is_none_is_named_at_the_start(settings: Settings) -> None:
    assert check_networks(None) == []
    settings.READING_ROOM_NETWORKS = ["192.168.10.7/24", "阅览室"]
    told = [str(message.msg) for message in check_networks(None)]
    assert len(told) == 2
    assert "阅览室" in told[1]
