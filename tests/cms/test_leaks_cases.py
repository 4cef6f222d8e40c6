"""Cases tell nothing of closed records, of cases not shown, of leads and clearances.

As in ``test_leaks``: every address is asked before and after they are planted, and
the answers are the same, byte for byte.
"""

from typing import Any

import pytest
from django.core.cache import cache, caches
from wagtail.models import PageViewRestriction

from archive.models import Subject
from cms import sections, takedown
from cms.editing import clearance
from cms.languages.prefixes import CODES, DEFAULT, in_language
from cms.models import CasePage
from cms.takedown import Asked
from search.drain import drain
from tests.cms.cases.building import case, collection, step, told
from tests.cms.collection import Collection
from tests.cms.exhibitions.building import block, chapter, exhibition, listed, proof
from tests.cms.leaking import READING_ROOM_WORD, STAFF_WORD, ask, plant
from tests.factories import UserFactory
from tests.remembered import remembered
from tests.roles import have_roles

HIDDEN = "隐鹮不见"
WORDS = "據實登記"


@pytest.fixture
def filled(held: Collection) -> Collection:
    def fill() -> None:
        have_roles()
        sections.provide()
        concept = Subject.objects.get(label="调解")
        one = told(held.public, WORDS, slug="water", subjects=[concept])
        other = case("檐水滴入邻院", slug="eaves", subjects=[concept])
        collection(one, other, slug="book")
        cards = block("cases", {"title": "案例", "pages": listed(one.pk)})
        exhibition([chapter("章", cards)])
        settle()

    remembered("leaks of cases", fill)
    return held


def settle() -> None:
    while drain():
        pass
    cache.clear()
    caches["pages"].clear()


def addresses() -> list[str]:
    cases = ["/cases/", "/cases/water/", "/cases/eaves/", "/cases/book/"]
    cases += [
        f"/cases/?{query}"
        for query in (
            *("q=调解", f"q={HIDDEN}", f"q={READING_ROOM_WORD}", "page=2"),
            *("method=people", "place=某县", "year=2024", "year=1999"),
        )
    ]
    read = [
        *cases,
        *("/", "/exhibitions/paper/", "/knowledge/subjects/", "/knowledge/regulation/"),
        *("/search/?q=调解", f"/search/?q={HIDDEN}", "/search/?section=cases"),
        *("/suggest/?q=案", f"/suggest/?q={HIDDEN[:2]}"),
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
        *("/feeds/cases.atom", "/feeds/all.atom", "/sitemap-pages-1.xml"),
        *("/api/v1/search?type=case", f"/api/v1/search?q={HIDDEN}"),
    ]


def changed(before: dict[str, Any]) -> list[str]:
    settle()
    return [url for url, answer in before.items() if ask(url) != answer]


def test_closed_records_change_no_case(filled: Collection) -> None:
    before = {url: ask(url) for url in addresses()}
    assert {answer.status for answer in before.values()} == {200}
    assert before["/cases/water/"].tells(filled.public.reference_code)

    room, staff = plant(filled)

    assert changed(before) == []
    # Evidence on them is refused in the form; what stands in a stream shows nothing.
    planted = case("另案", slug="planted", steps=[step("一步")])
    planted.steps = [
        step(
            "一步", proof(room, words=READING_ROOM_WORD), proof(staff, words=STAFF_WORD)
        )
    ]
    planted.cited = [
        block("passage", proof(room, words=READING_ROOM_WORD)),
        block("records", {"records": listed({"record": staff.pk, "note": STAFF_WORD})}),
    ]
    planted.save_revision().publish()
    collection(planted, slug="other")
    settle()
    for url in (
        *("/cases/planted/", "/cases/", "/cases/other/", "/cases/other/booklet.pdf"),
        *("/en/cases/planted/", "/api/v1/search?type=case", "/feeds/cases.atom"),
    ):
        answer = ask(url)
        assert answer.status == 200, url
        for word in (READING_ROOM_WORD, STAFF_WORD, room.title, staff.title):
            assert not answer.tells(word), (url, word)
    found = ask(f"/cases/?q={READING_ROOM_WORD}")
    assert not found.tells("另案")


def test_cases_that_are_not_shown_change_nothing(filled: Collection) -> None:
    before = {url: ask(url) for url in addresses()}
    concept = Subject.objects.get(label="调解")
    fields = {"summary": HIDDEN, "subjects": [concept], "year": 1999, "kind": "医疗"}

    taken_down = case(HIDDEN, slug="hidden", **fields)
    restricted = case(HIDDEN, slug="private", **fields)
    taken_down.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")

    assert changed(before) == []
    assert ask("/cases/hidden/").status == 404
    assert not ask("/cases/private/").tells(HIDDEN)


def test_a_draft_a_lead_and_a_clearance_are_told_nobody(filled: Collection) -> None:
    before = {url: ask(url) for url in addresses()}
    page = CasePage.objects.get(slug="water")
    page.title = page.summary = HIDDEN
    page.save_revision(user=UserFactory.create())
    clearance.clear(
        CasePage.objects.get(pk=page.pk),
        UserFactory.create(is_superuser=True),
        note=HIDDEN,
        revision=CasePage.objects.get(pk=page.pk).latest_revision_id,
    )
    takedown.receive(
        Asked(
            about="http://testserver/cases/water/",
            reason="lead",
            explanation=HIDDEN,
            name=HIDDEN,
            contact=HIDDEN,
        )
    )
    assert changed(before) == []


def test_of_a_booklet_nothing_is_left_when_its_evidence_closes(
    filled: Collection,
) -> None:
    before = ask("/cases/book/booklet.pdf")
    assert before.status == 200
    CasePage.objects.get(slug="water").unpublish()
    CasePage.objects.get(slug="eaves").unpublish()
    assert ask("/cases/book/booklet.pdf").status == 404
    assert ask("/cases/no-such/booklet.pdf").status == 404
