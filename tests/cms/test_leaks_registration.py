"""Who has registered is told nowhere but to those who run the occasion.

Every address of the site is asked before and after people with canaries for names,
units and contacts have registered, waited, come and left. What may change are the
numbers of people on the pages of the occasion itself.
"""

import logging
import re
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import ModelLogEntry, ReferenceIndex

from cms.models import VisitCount
from cms.models.indexed import IndexedPage
from cms.models.occasions import Occasion, Registration
from cms.pagecache.middleware import CACHED_VIEWS
from cms.pagecache.sitechanges import _UNSEEN
from cms.registration import coming, leaving, taking
from cms.registration.people import Person
from cms.visits import counting
from search.drain import drain
from tests.cms.admin.conftest import ClientOf, client_of, groups
from tests.cms.collection import Collection
from tests.cms.leaking import ask
from tests.cms.registration.building import occasion
from tests.cms.test_leaks import open_addresses
from tests.factories import ADMINISTRATOR, ARCHIVIST, EDITOR, REVIEWER

assert client_of
assert groups
NAME, UNIT, CONTACT, LIAISON = "鼯鼪某", "豳彘单位", "13987654321", "魍魉联络"
CANARIES = (NAME, UNIT, CONTACT, LIAISON)
_BROWSER = {"User-Agent": "Mozilla/5.0"}


@pytest.fixture
def made(held: Collection) -> Occasion:
    while drain():
        pass
    cache.clear()
    return occasion(capacity=2, title="公开的一场")


def plant(made: Occasion) -> list[Registration]:
    """One who comes and is there, one who comes, one who waits, one who has left."""
    people = [
        taking.take(
            made.pk, Person(f"{NAME}{n}", UNIT, f"{CONTACT}{n}"), liaison=LIAISON
        )
        for n in range(4)
    ]
    leaving.cancel(people[0].pk)
    coming.check_in(people[1].pk, None)
    group = [Person(f"{NAME}{n}", UNIT, f"{CONTACT}{n}") for n in (7, 8)]
    people += taking.take_group(made.pk, group, liaison=LIAISON)
    for one in people:
        one.refresh_from_db()
    return people


def of(made: Occasion) -> list[str]:
    """The pages of the occasion, which everybody may read."""
    names = ("registration", "registration-group", "registration-ics")
    return [reverse(name, args=[made.uid]) for name in names]


def asked() -> list[str]:
    searches = [
        f"{path}{word}"
        for path in ("/search/?q=", "/api/v1/search?q=", "/suggest/?q=")
        for word in CANARIES
    ]
    return [*open_addresses(), *searches]


def test_no_address_tells_of_who_has_registered(made: Occasion) -> None:
    urls = asked()
    before = {url: ask(url) for url in urls}
    people = plant(made)
    while drain():
        pass
    cache.clear()
    assert [url for url in urls if ask(url) != before[url]] == []
    secrets = [*CANARIES, *(one.number for one in people)]
    for url in of(made):
        answer = ask(url)
        assert answer.status == 200
        assert not [one for one in secrets if answer.tells(one)], url


def test_the_number_alone_names_nobody(made: Occasion) -> None:
    for one in plant(made):
        for url in (
            reverse("registration-mine", args=[one.number]),
            reverse("registration-done", args=[made.uid, one.number]),
            reverse("check-in", args=[one.number]),
        ):
            answer = ask(url)
            assert answer.status == 200
            assert not [word for word in CANARIES if answer.tells(word)], url


def test_the_page_of_a_list_tells_names_and_no_contacts(made: Occasion) -> None:
    group = plant(made)[-1].group
    answer = ask(reverse("registration-group-done", args=[made.uid, group]))
    assert answer.tells(NAME)
    assert not answer.tells(CONTACT)
    assert ask(
        reverse("registration-group-done", args=[occasion().uid, group])
    ).status == (404)


def test_neither_indexes_nor_caches_nor_counts_hold_anything(
    made: Occasion, settings: Settings, client_of: ClientOf
) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    people = plant(made)
    for one in people:
        for url in (
            reverse("registration-mine", args=[one.number]),
            reverse("registration-done", args=[made.uid, one.number]),
            reverse("check-in", args=[one.number]),
        ):
            Client().get(url, headers=_BROWSER)
    group = reverse("registration-group-done", args=[made.uid, people[-1].group])
    Client().get(group, headers=_BROWSER)
    counting.flush()
    kept = str([vars(entry) for entry in VisitCount.objects.all()])
    kept += str(list(IndexedPage.objects.values()))
    kept += str(list(ReferenceIndex.objects.values()))
    kept += str(caches["pages"]._cache)  # type: ignore[attr-defined]
    for secret in (*CANARIES, people[-1].group, *(one.number for one in people)):
        assert secret not in kept
    assert not CACHED_VIEWS & {
        "registration",
        "registration-done",
        "registration-mine",
        "registration-group",
        "registration-group-done",
        "check-in",
    }
    assert {"cms.occasion", "cms.registration"} <= _UNSEEN


def test_nothing_of_a_registration_is_for_the_search_engines() -> None:
    for model in (Occasion, Registration):
        assert not hasattr(model, "search_fields")
        assert not hasattr(model, "search_kind")
    fields = {field.name for field in apps.get_model("cms.registration")._meta.fields}
    assert {"name", "unit", "contact"} <= fields


def test_logs_name_nobody(
    made: Occasion, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    one, *_others = plant(made)
    staff = client_of("组织者 organiser")
    with caplog.at_level(logging.DEBUG):
        for name in ("check-in", "undo", "cancel", "move-up"):
            for person in made.registrations.all():
                staff.post(reverse("registration_step", args=[person.pk, name]))
        sent: dict[str, Any] = {"name": NAME, "unit": UNIT, "contact": CONTACT}
        staff.post(
            reverse("registration_walk_in", args=[made.pk]), {**sent, "consent": "on"}
        )
        staff.post(reverse("registration_export", args=[made.pk]), {"as": "csv"})
    entries = [(entry.label, entry.data) for entry in ModelLogEntry.objects.all()]
    assert len(entries) > 5
    told = str(entries) + caplog.text
    assert not [word for word in CANARIES if word in told]
    assert one.number in str(entries)


@pytest.mark.parametrize("group", [ARCHIVIST, REVIEWER, EDITOR, "教师 trainer"])
def test_the_house_at_large_does_not_see_who_has_registered(
    made: Occasion, client_of: ClientOf, group: str
) -> None:
    people = plant(made)
    client = client_of(group)
    for name, args in (
        ("wagtailadmin_home", []),
        ("wagtailadmin_reports:site_history", []),
        ("registration_occasions", []),
        ("registration_occasion", [made.pk]),
        ("registration_edit", [made.pk]),
        ("registration_walk_in", [made.pk]),
        ("check-in", [people[0].number]),
    ):
        answer = client.get(reverse(name, args=args))
        assert not [word for word in CANARIES if word in answer.text], name
    for suffix in ("csv", "xlsx"):
        address = reverse("registration_export", args=[made.pk])
        assert client.post(address, {"as": suffix}).status_code in (302, 403)
    for one in people:
        for step in ("cancel", "check-in", "move-up", "undo"):
            client.post(reverse("registration_step", args=[one.pk, step]))
    again = Registration.objects.in_bulk()
    assert [(one.status, one.checked_in_at) for one in people] == [
        (again[one.pk].status, again[one.pk].checked_in_at) for one in people
    ]


def test_an_export_is_for_who_runs_it_and_kept_by_no_cache(
    made: Occasion, client_of: ClientOf
) -> None:
    plant(made)
    address = reverse("registration_export", args=[made.pk])
    answer = client_of(ADMINISTRATOR).post(address, {"as": "csv"})
    assert NAME in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert re.search(r"filename\*?=", answer["Content-Disposition"])
    # The file's name is told to the browser's history: it names nobody.
    assert NAME not in answer["Content-Disposition"]
