"""Cases like another, what collects them, and where else a page is used."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.cases.similar import MOST, similar
from cms.cases.uses import uses
from cms.models import StandardPage
from tests.cms.cases.building import MEDIATION, RECONCILED, case, collection, told
from tests.cms.cases.test_cases import concept
from tests.cms.collection import Collection
from tests.cms.exhibitions.building import block, chapter, exhibition, listed


def likes(page: Any) -> list[tuple[str, str]]:
    found = similar(page, list(page.subjects.all()))
    return [(one.page.title, one.reason) for one in found]


def test_shared_concepts_come_first_then_the_type(held: Collection) -> None:
    water = concept("用水")
    one = case("两户共渠引水", subjects=[water])
    case("檐水滴入邻院", methods=(RECONCILED,))
    case("树枝越墙遮光")
    case("水泵分用", kind="合同", subjects=[water], methods=(RECONCILED,))
    case("无关之案", kind="医疗")
    assert likes(one) == [
        ("树枝越墙遮光", "同为相邻关系、人民调解"),
        ("水泵分用", "同为主题“用水”"),
        ("檐水滴入邻院", "同为相邻关系"),
    ]
    page = Client().get(one.url).content.decode()
    assert "同为相邻关系、人民调解" in page
    assert "无关之案" not in page


def test_what_is_not_live_is_like_nothing(db: None) -> None:
    one = case("两户共渠引水")
    case("檐水滴入邻院").unpublish()
    assert likes(one) == []


def test_the_cost_of_likeness_does_not_grow(held: Collection) -> None:
    one = told(held.public, "據實登記", subjects=[concept("用水")])

    def cost() -> int:
        Client().get(one.url)
        with CaptureQueriesContext(connection) as seen:
            Client().get(one.url)
        return len(seen)

    for number in range(MOST):
        case(f"案{number}", subjects=[concept("用水")])
    few = cost()
    for number in range(MOST, 3 * MOST):
        case(f"案{number}", subjects=[concept("用水"), concept(f"词{number}")])
    assert cost() == few


def names(page: Any, *kinds: str) -> list[str]:
    return [use.page.title for use in uses(page, *kinds)]


def test_pages_that_chose_a_case_are_its_uses(held: Collection) -> None:
    one = case()
    other = case("檐水滴入邻院")
    cards = block("cases", {"title": "案例", "pages": listed(one.pk)})
    show = exhibition([chapter("章", cards)])
    book = collection(one, other)
    assert sorted(names(one)) == sorted([show.title, book.title])
    assert names(one, "exhibition") == [show.title]
    assert names(other) == [book.title]
    show.unpublish()
    assert names(one) == [book.title]


def test_a_use_in_a_draft_alone_is_none(held: Collection) -> None:
    one = case()
    book = collection(slug="draft")
    book.cases = [block("case", one.pk)]
    book.save_revision()
    assert names(one) == []
    assert names(StandardPage.objects.first() or one) == []


def test_the_cost_of_uses_does_not_grow(held: Collection) -> None:
    one = case()

    def cost() -> int:
        uses(one)
        with CaptureQueriesContext(connection) as seen:
            uses(one)
        return len(seen)

    collection(one, slug="first")
    few = cost()
    for number in range(4):
        collection(one, slug=f"more{number}")
    assert len(uses(one)) == 5
    assert cost() == few


def test_an_exhibition_shows_its_cases_while_they_are_live(held: Collection) -> None:
    one = case("两户共渠引水", methods=(MEDIATION,))
    cards = block("cases", {"title": "看案例", "pages": listed(one.pk)})
    show = exhibition([chapter("章", cards)])
    assert f'href="{one.url}"' in Client().get(show.url).content.decode()
    one.unpublish()
    page = Client().get(show.url).content.decode()
    assert one.title not in page
    assert "看案例" not in page
