"""Signing in to the admin, and going through it by keyboard."""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from cms.models import User
from tests.factories import UserFactory
from tests.roles import have_roles

MOST_TABS = 120


def house(*groups: str, username: str) -> User:
    """An account of these groups, with what the migrations permit them."""
    have_roles()
    user: User = UserFactory.create(username=username, groups=groups)
    return user


def sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    """The next page that is opened is opened by ``user``."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    cookie: Any = {
        "name": name,
        "value": client.cookies[name].value,
        "url": live_server.url,
    }
    page.context.add_cookies([cookie])


def tab_to(page: Page, selector: str) -> None:
    """Reach an element as a person without a mouse does; each stop can be seen."""
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """wanted => {
                const e = document.activeElement;
                const style = getComputedStyle(e);
                const outlined = style.outlineStyle !== "none";
                const seen = outlined || style.boxShadow !== "none";
                return [e.matches(wanted), seen, e.outerHTML.slice(0, 200)];
            }""",
            selector,
        )
        assert here[1], f"no focus to be seen: {here[2]}"
        if here[0]:
            return
    raise AssertionError(f"{selector} is not reached by Tab")
