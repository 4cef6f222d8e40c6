"""The screens of the publicity week: who may open them, and in what language."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.cms.admin.conftest import ClientOf
from tests.cms.admin.screens import (
    DATA,
    OWN_NAMES,
    let_in,
    lines_in_chinese,
    lines_in_latin,
)
from tests.cms.week import building
from tests.factories import ADMINISTRATOR

# What the house calls its reviews, in any language.
NAMES = OWN_NAMES | {
    "页面审核",
    "初审",
    "复审",
    "终审",
    "繁體中文",
    "简体中文",
    "宣传周",
}
WORDS = DATA | {"http", "localhost", "publicity", "week", "docs", "editor", "https"}
WORDS |= {"Root", "English", "domain", "com", "work", "URL"}


class World:
    """A year with an event, and a list of honours."""

    def __init__(self) -> None:
        self.programme = building.programme(title="Title")
        self.event = building.event(self.programme, title="Title", place="Text")
        self.honours = building.honours("Name", award="Title", source="Source")
        self.honours.honours.update(unit="Text")
        self.honours.basis = "Text"
        self.honours.save()


def to(name: str, which: str, *of: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[*of, getattr(world, which).pk])


SCREENS: dict[str, tuple[Callable[[World], str], str]] = {
    "roll over": (to("week_roll_over", "programme"), "organiser admin"),
    "honours": (lambda _world: reverse("honours:index"), "editor organiser admin"),
    "new list": (lambda _world: reverse("honours:add"), "editor organiser admin"),
    "edit list": (to("honours:edit", "honours"), "editor organiser admin"),
    "delete list": (to("honours:delete", "honours"), "admin"),
    "edit programme": (
        to("wagtailadmin_pages:edit", "programme"),
        "editor organiser admin",
    ),
    "new event": (
        to("wagtailadmin_pages:add", "programme", "cms", "eventpage"),
        "editor trainer organiser admin",
    ),
    "edit event": (to("wagtailadmin_pages:edit", "event"), "editor organiser admin"),
    "events": (
        to("wagtailadmin_explore", "programme"),
        "editor trainer reviewer organiser admin",
    ),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_those_groups_only_that_work_with_it(
    client_of: ClientOf, screen: str
) -> None:
    address, groups = SCREENS[screen]
    world = World()
    assert let_in(client_of, address(world)) == set(groups.split())


@pytest.mark.parametrize("screen", SCREENS)
def test_nobody_gets_anywhere_without_signing_in(groups: None, screen: str) -> None:
    response = Client().get(SCREENS[screen][0](World()))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_chinese(client_of: ClientOf, screen: str) -> None:
    response = client_of(ADMINISTRATOR).get(SCREENS[screen][0](World()))
    assert response.status_code == 200
    assert not lines_in_latin(response, WORDS)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_english(client_of: ClientOf, screen: str) -> None:
    client = client_of(ADMINISTRATOR, language="en")
    response = client.get(SCREENS[screen][0](World()))
    assert response.status_code == 200
    assert not lines_in_chinese(response, NAMES)
