"""Fixtures of the tests of public pages."""

import pytest
from django.test import Client

from search.engines.base import Engine
from tests.cms import collection
from tests.factories import RESEARCHER, UserFactory
from tests.remembered import remembered


@pytest.fixture
def held(db: None, embedded_index: Engine) -> collection.Collection:
    """The collection, indexed."""
    return remembered("collection", collection.build)


@pytest.fixture
def reader_in_the_room(settings: object, db: None) -> Client:
    """A researcher signed in at the reading room."""
    settings.READING_ROOM_NETWORKS = ["127.0.0.0/8"]  # type: ignore[attr-defined]
    client = Client()
    client.force_login(UserFactory.create(groups=[RESEARCHER]))
    return client
