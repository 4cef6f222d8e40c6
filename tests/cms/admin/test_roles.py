"""The table of roles in the documentation, tried cell by cell."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from pytest_django import Settings

from search.engines.base import Engine
from tests.cms.admin import (
    acting_cases,
    acting_classes,
    acting_editing,
    acting_names,
    acting_registrations,
    acting_site,
    acting_training,
    acting_visits,
    acting_week,
)
from tests.cms.admin.acting import ACTIONS, Actor
from tests.cms.admin.conftest import ClientOf
from tests.cms.week.building import section
from tests.factories import UserFactory

# Registered on import.
assert acting_names.ACTIONS is acting_site.ACTIONS is ACTIONS
assert acting_registrations.ACTIONS is acting_week.ACTIONS is ACTIONS
assert acting_visits.ACTIONS is acting_editing.ACTIONS is ACTIONS
assert acting_cases.ACTIONS is ACTIONS
assert acting_classes.ACTIONS is ACTIONS
assert acting_training.ACTIONS is ACTIONS
ROLES_MD = Path(__file__).resolve().parents[3] / "docs" / "roles.md"
_ENGLISH = re.compile(r"[a-z][a-z' ]*$")


def table() -> dict[str, dict[str, bool]]:
    """Action (its English words) → group → whether it may."""
    lines = ROLES_MD.read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|")]
    groups = [cell.strip() for cell in rows[0][1:]]
    told = {}
    for row in rows[2:]:
        name = _ENGLISH.search(row[0].strip())
        assert name is not None, row[0]
        cells = (cell.strip() for cell in row[1:])
        told[name[0]] = {
            group: cell == "√" for group, cell in zip(groups, cells, strict=True)
        }
    return told


ROLES = table()


@contextmanager
def undone() -> Iterator[None]:
    """What is done within leaves nothing behind in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_action_of_the_table_is_tried_and_no_other() -> None:
    assert ROLES.keys() == ACTIONS.keys()


def test_the_table_has_the_groups_of_the_settings() -> None:
    assert ROLES["enter the admin"].keys() == settings.AUDIENCE_OF_GROUP.keys()


@pytest.mark.parametrize("action", ACTIONS)
def test_a_role_may_do_what_the_table_says_and_no_more(
    client_of: ClientOf, embedded_index: Engine, settings: Settings, action: str
) -> None:
    settings.READING_ROOM_NETWORKS = ["127.0.0.0/8"]
    section()  # of the week: below it organisers write
    done = {}
    for number, group in enumerate(ROLES[action]):
        user = UserFactory.create(username=f"{number}", groups=[group])
        with undone():
            done[group] = ACTIONS[action](Actor(user, client_of(user=user)))
    assert done == ROLES[action]


def test_wagtails_own_groups_give_way_to_these(groups: None) -> None:
    assert not Group.objects.filter(name__in=("Moderators", "Editors")).exists()
