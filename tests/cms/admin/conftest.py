"""Accounts of every group, with the permissions that the migration gives them."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from cms.models import User
from tests.factories import UserFactory
from tests.roles import have_roles

ClientOf = Callable[..., Client]


@pytest.fixture
def groups(db: None) -> None:
    """Also after a test that emptied the tables."""
    have_roles()


@pytest.fixture
def client_of(groups: None) -> ClientOf:
    """``client_of(ARCHIVIST, language="en")`` is signed in as a new account that
    prefers English (without it: the site's own language).
    """

    def sign_in(*names: str, language: str = "", user: User | None = None) -> Client:
        user = user or UserFactory.create(groups=names)
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = language
        profile.save()
        client = Client()
        client.force_login(user)
        return client

    return sign_in
