"""What the admin shows of the holdings, it shows to people of the house only."""

from itertools import product

from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.log_actions import log

from cms.admin.suggest import KINDS
from tests.cms import routes
from tests.cms.collection import Collection
from tests.cms.leaking import (
    CATALOGUE_WORDS,
    HIDDEN_CODES,
    READING_ROOM_WORD,
    STAFF_WORD,
    ask,
    plant,
)
from tests.factories import ARCHIVIST, EDITOR, UserFactory

WORDS = (READING_ROOM_WORD, STAFF_WORD)
ADMIN_QUERIES = ("", f"term={READING_ROOM_WORD[0]}&q={READING_ROOM_WORD[0]}", "q=调解")


def test_the_admin_tells_strangers_nothing(held: Collection) -> None:
    records = plant(held)
    secrets = (READING_ROOM_WORD, STAFF_WORD, *CATALOGUE_WORDS)
    for route in routes.routes():
        if not route.startswith(("admin/", "documents/", "_util/")):
            continue
        for record in records:
            url = routes.address(route, record.pk, record.reference_code)
            answer = ask(url)
            assert answer.status != 500, url
            assert not [one for one in secrets if answer.tells(one)], url
            if answer.status == 200:
                assert _needs_no_account(route), url


def test_the_admin_tells_accounts_of_other_groups_nothing(held: Collection) -> None:
    """With admin access and every permission on the holdings ticked, but not staff."""
    planted = plant(held)
    for record in planted:
        tag = record.tags.exclude(name="调解").get()
        log(record, "wagtail.edit")
        log(tag, "wagtail.edit")
    group = Group.objects.get(name=EDITOR)
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label__in=("archive", "taggit"))
    )
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory.create(groups=[EDITOR]))
    secrets = (READING_ROOM_WORD, STAFF_WORD, *HIDDEN_CODES)
    urls = [
        f"/admin/bulk/archive/record/{action.action_type}/?id={record.pk}"
        for action in bulk_action_registry.get_bulk_actions_for_model(
            "archive", "record"
        )
        for record in planted
    ]
    for record in planted:
        tag = record.tags.exclude(name="调解").get()
        numbers = (record.pk, record.folios.get().pk, tag.pk)
        for route, number in product(routes.routes(), numbers):
            if route.startswith("admin/"):
                url = routes.address(route, number, str(number))
                urls += [f"{url}?{query}" for query in ADMIN_QUERIES]
    urls += offered()
    assert len(urls) > 1000
    told = [url for url in urls if any(map(ask(url, client).tells, secrets))]
    assert told == []


def test_suggestions_are_for_people_of_the_house(held: Collection) -> None:
    plant(held)
    client = Client()
    client.force_login(UserFactory.create(groups=[ARCHIVIST]))
    told = [any(map(ask(url, client).tells, WORDS)) for url in offered()]
    assert told.count(True) >= len(WORDS)
    for url in offered():
        assert ask(url).status == 302
        assert not any(map(ask(url).tells, WORDS))


def offered() -> list[str]:
    """What is asked for while somebody types the names of what is closed."""
    kinds = (*KINDS, "nothing")
    asked = [
        f"/admin/archive/suggest/{kind}/?q={word[:2]}"
        for kind, word in product(kinds, WORDS)
    ]
    named = "/admin/archive/authorities/named/?role=creator"
    return [*asked, *(f"{named}&q={word}会" for word in WORDS)]


def _needs_no_account(route: str) -> bool:
    """Signing in, resetting a password, and the words of the admin's scripts."""
    return any(
        part in route for part in ("login", "password_reset", "jsi18n", "sprite")
    )
