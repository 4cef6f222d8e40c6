"""Nothing of the week is told before it is published: byte for byte, as elsewhere.

Every address is asked before and after there are drafts of programmes and events (also
those that a roll-over makes, with their occasions), pages behind a password, and
lists of honours that are not published: the answers are the same.
"""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.urls import reverse
from wagtail.models import PageViewRestriction

from archive.models import Subject
from cms import sections
from cms.demonstration import week
from cms.languages.prefixes import CODES, DEFAULT, in_language
from cms.models import EventPage, HonourList, Occasion, ProgrammePage
from cms.publicity_week import rollover
from cms.registration import running
from search.drain import drain
from tests.cms.collection import Collection
from tests.cms.leaking import ask
from tests.cms.week.building import event, honours, occasion_of, programme
from tests.factories import UserFactory
from tests.remembered import remembered

HIDDEN = "隐鹮未发"
WEEK = "/publicity-week/"


@pytest.fixture
def filled(held: Collection) -> Collection:
    def fill() -> None:
        sections.provide()
        week.add()
        week.add_english()
        _settle()

    remembered("leaks of the week", fill)
    return held


def _settle() -> None:
    while drain():
        pass
    cache.clear()
    caches["pages"].clear()


def _addresses() -> list[str]:
    events = EventPage.objects.live().filter(day__year=2026).values_list("slug")
    read = [
        "/",
        WEEK,
        f"{WEEK}2025/",
        f"{WEEK}2026/",
        f"{WEEK}2026/by-place/",
        *(f"{WEEK}2026/{slug}/" for (slug,) in events),
        f"{WEEK}honours/",
        f"{WEEK}honours/2025/",
        f"/search/?q={HIDDEN}",
        "/search/?type=event",
        "/search/?type=programme",
        f"/suggest/?q={HIDDEN}",
    ]
    others = [
        in_language(url, language)
        for url in read
        for language in CODES
        if language != DEFAULT
    ]
    return [
        *read,
        *others,
        f"{WEEK}2026/programme.ics",
        f"{WEEK}2026/opening/event.ics",
        "/feeds/publicity-week.atom",
        "/feeds/all.atom",
        "/sitemap.xml",
        "/sitemap-pages-1.xml",
        f"/api/v1/search?q={HIDDEN}",
        "/api/v1/search?type=event",
    ]


def _hide() -> list[str]:
    """Everything that nobody may read yet; addresses that must tell nothing of it."""
    by = UserFactory.create()
    fields: dict[str, Any] = {"title": HIDDEN, "summary": HIDDEN, "place": HIDDEN}
    subjects = list(Subject.objects.all()[:1])
    year = ProgrammePage.objects.get(year=2026, locale__language_code="zh-hans")
    drafted = event(year, "drafted", published=False, subjects=subjects, **fields)
    taken_down = event(year, "taken-down", subjects=subjects, **fields)
    taken_down.unpublish()
    locked = event(year, "locked", subjects=subjects, **fields)
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    draft = programme(2024, published=False, title=HIDDEN, theme=HIDDEN)
    event(draft, "below", published=False, day=date(2024, 11, 19), **fields)
    made = rollover.roll_over(
        year, 2027, [one.pk for one in rollover.events_of(year)], by
    )
    for page in (taken_down, locked):
        occasion = occasion_of(EventPage.objects.get(pk=page.pk))
        running.change(occasion.pk, {"takes_registrations": True}, user=None)
    # What an editor has typed since, of a page that is published.
    opening = EventPage.objects.get(slug="opening", day=date(2026, 11, 16))
    opening.title, opening.place = HIDDEN, HIDDEN
    opening.save_revision()
    honours(HIDDEN, year=2024, is_published=False, award=HIDDEN)
    unsourced = honours(HIDDEN, year=2023, award=HIDDEN)
    HonourList.objects.filter(pk=unsourced.pk).update(source="")
    hidden = Occasion.objects.filter(is_public=False)
    assert hidden.count() >= 8
    return [
        *(f"{WEEK}2026/{slug}/" for slug in ("drafted", "taken-down", "locked")),
        *(f"{WEEK}2026/{slug}/event.ics" for slug in ("drafted", "taken-down")),
        f"{WEEK}2026/locked/event.ics",
        f"{WEEK}2024/",
        f"{WEEK}2024/programme.ics",
        f"{WEEK}2024/below/",
        f"{WEEK}{made.year}/",
        f"{WEEK}{made.year}/programme.ics",
        f"{WEEK}{made.year}/opening/",
        f"{WEEK}honours/2024/",
        f"{WEEK}honours/2023/",
        *(reverse("registration", args=[one.uid]) for one in hidden),
        *(reverse("registration-ics", args=[one.uid]) for one in hidden),
        f"/en{WEEK}{made.year}/",
        f"/en{WEEK}2026/drafted/",
        *(f"/en{WEEK}honours/{number}/" for number in (2023, 2024)),
        # The draft's own words for the event, which has a public address.
        f"{WEEK}2026/opening/",
        drafted.get_url(),
    ]


def test_what_is_not_published_changes_no_answer(filled: Collection) -> None:
    before = {url: ask(url) for url in _addresses()}
    assert {answer.status for answer in before.values()} == {200}

    closed = _hide()

    _settle()
    assert [url for url, answer in before.items() if ask(url) != answer] == []
    for url in closed:
        answer = ask(url)
        assert not answer.tells(HIDDEN), url
        if url != f"{WEEK}2026/opening/":
            assert answer.status in (302, 404), url


def test_what_is_published_is_told(filled: Collection) -> None:
    """Or the test above would find nothing whatever happened."""
    year = ProgrammePage.objects.get(year=2026, locale__language_code="zh-hans")
    event(year, "told", title=HIDDEN, summary=HIDDEN)
    honours(HIDDEN, year=2024)
    _settle()
    for url in (
        f"{WEEK}2026/",
        f"{WEEK}2026/programme.ics",
        f"{WEEK}honours/2024/",
        "/feeds/publicity-week.atom",
        f"/api/v1/search?q={HIDDEN}",
        f"/search/?q={HIDDEN}",
    ):
        assert ask(url).tells(HIDDEN), url
