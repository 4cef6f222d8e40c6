"""A house with the people that three reviews take, and pages of one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from wagtail.models import Site, TaskState

from cms.editing import rules
from cms.models import StandardPage, User
from tests.factories import ADMINISTRATOR, REVIEWER, UserFactory
from tests.roles import have_roles

EDITOR = "编辑 editor"


@dataclass(frozen=True, slots=True)
class House:
    author: User
    editor: User
    reviewer: User
    second_reviewer: User
    administrator: User

    def passes(self, page: StandardPage, *users: User) -> None:
        """These people give the next reviews of the page, one after the other."""
        for user in users:
            decide(page, user)


def waiting(page: StandardPage) -> TaskState:
    state = TaskState.objects.get(
        workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS
    )
    return state.specific


def decide(page: Any, user: User, action: str = "approve", **given: Any) -> None:
    given = {"secrecy_checked": True, **given} if action == "approve" else given
    rules.decide(waiting(page), user, action, **given)


def submit(page: StandardPage, by: User) -> None:
    page.get_workflow().start(page, by)


@pytest.fixture
def house(db: None) -> House:
    have_roles()

    def person(name: str, group: str) -> User:
        user: User = UserFactory.create(username=name, groups=[group])
        return user

    return House(
        person("author", EDITOR),
        person("colleague", EDITOR),
        person("reviewer", REVIEWER),
        person("reviewer2", REVIEWER),
        person("chief", ADMINISTRATOR),
    )


WritePage = Callable[..., StandardPage]


@pytest.fixture
def write(house: House) -> WritePage:
    """``write(body, **fields)``: a draft of the author's, not submitted."""

    def make(
        body: Any = None, title: str = "调解的故事", **fields: Any
    ) -> StandardPage:
        home = Site.objects.get(is_default_site=True).root_page
        fields = {"slug": "story", **fields}
        page = StandardPage(title=title, live=False, owner=house.author, **fields)
        page.body = body or [("text", "<p>写好的一段。</p>")]
        home.add_child(instance=page)
        page.save_revision(user=house.author)
        page.refresh_from_db()
        return page

    return make
