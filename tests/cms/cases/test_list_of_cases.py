"""The list of cases: words, facets and their counts, pages, and search being down."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from cms.cases.listing import CASES_A_PAGE
from search.drain import drain
from tests.cms.cases.building import MEDIATION, RECONCILED, case, dispute
from tests.cms.cases.test_cases import concept
from tests.cms.collection import Collection

TRADE = ("mediation", "trade")


@pytest.fixture
def listed(held: Collection) -> Collection:
    case(
        "两户共渠引水",
        slug="water",
        year=2024,
        subjects=[concept("用水")],
        summary="旱季争先后，矛盾纠纷化于渠口。",
    )
    case("檐水滴入邻院", slug="eaves", year=2024, methods=(MEDIATION, RECONCILED))
    case("合买水泵", slug="pump", kind="合同", methods=(TRADE,), place="另县")
    settle()
    return held


def settle() -> None:
    while drain():
        pass


def ask(query: str = "", path: str = "/cases/") -> Any:
    return Client().get(f"{path}{query}")


def titles(query: str = "") -> list[str]:
    answer = ask(query)
    assert answer.status_code == 200
    return [one.case.title for one in answer.context["listed"].entries]


def counts(query: str, name: str) -> dict[str, int]:
    (facet,) = [one for one in ask(query).context["listed"].facets if one.name == name]
    return {one.label: one.count for one in facet.values}


def test_all_of_them_the_newest_first(listed: Collection) -> None:
    assert titles() == ["合买水泵", "檐水滴入邻院", "两户共渠引水"]


@pytest.mark.parametrize("q", ["矛盾纠纷", "矛盾糾紛", "争先后", "爭先後"])
def test_words_are_found_in_either_script(listed: Collection, q: str) -> None:
    assert titles(f"?q={quote(q)}") == ["两户共渠引水"]
    assert "<mark" in ask(f"?q={quote(q)}").content.decode()


def test_each_facet_narrows(listed: Collection) -> None:
    water = concept("用水")
    assert titles(f"?type={dispute('合同').pk}") == ["合买水泵"]
    assert titles("?method=reconciliation") == ["檐水滴入邻院"]
    assert titles("?method=trade") == ["合买水泵"]
    assert len(titles("?method=mediation")) == 3
    assert titles(f"?place={quote('另县')}") == ["合买水泵"]
    assert titles(f"?subject={water.number}") == ["两户共渠引水"]
    assert titles("?year=2024&method=reconciliation") == ["檐水滴入邻院"]
    assert titles(f"?q={quote('渠口')}&year=2024") == ["两户共渠引水"]


def test_nonsense_is_left_out(listed: Collection) -> None:
    assert len(titles("?type=x&method=y&year=abc&subject=%01&place=&page=zzz")) == 3


def test_counts_tell_what_is_left(listed: Collection) -> None:
    assert counts("", "type") == {"相邻关系": 2, "合同": 1}
    assert counts("?year=2024", "method") == {"和解": 1, "调解": 2, "人民调解": 2}
    # Beside a choice in the same facet stand the counts of its alternatives.
    assert counts(f"?type={dispute('合同').pk}", "type") == {"相邻关系": 2, "合同": 1}
    assert counts(f"?q={quote('渠口')}", "type") == {"相邻关系": 1}


def test_a_choice_of_which_nothing_is_left_can_be_lifted(listed: Collection) -> None:
    query = f"?q={quote('渠口')}&type={dispute('合同').pk}"
    answer = ask(query)
    assert titles(query) == []
    assert "没有符合的案例" in answer.content.decode()
    (facet,) = [one for one in answer.context["listed"].facets if one.name == "type"]
    (chosen,) = [one for one in facet.values if one.selected]
    assert (chosen.label, chosen.count) == ("合同", 0)
    assert chosen.url == f"?q={quote('渠口')}"


def test_pages_keep_the_query(held: Collection) -> None:
    for number in range(CASES_A_PAGE + 1):
        case(f"案例{number}", year=2024)
    first = ask("?year=2024").content.decode()
    assert '<a href="?year=2024&amp;page=2" rel="next">' in first
    assert titles("?year=2024&page=2") == ["案例0"]


def test_search_that_is_down_is_said_to_be_down(
    listed: Collection, settings: Settings
) -> None:
    settings.SEARCH = {
        **settings.SEARCH,
        "ENGINE": "elasticsearch",
        "URL": "http://127.0.0.1:9",
        "URLS": ["http://127.0.0.1:9"],
    }
    answer = ask(f"?q={quote('渠口')}")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "检索暂时不可用" in page
    assert "合买水泵" in page
    assert ask().status_code == 200


def test_drafts_and_private_pages_count_nowhere(listed: Collection) -> None:
    hidden = case("隐案", slug="hidden", year=1999, kind="医疗")
    hidden.unpublish()
    settle()
    page = ask().content.decode()
    assert "隐案" not in page
    assert "1999" not in page
    assert "医疗" not in page
    assert titles(f"?q={quote('隐案')}") == []


@pytest.mark.parametrize("query", ["", f"?q={quote('案例')}&year=2024"])
def test_the_number_of_queries_does_not_grow(held: Collection, query: str) -> None:
    def cost() -> int:
        settle()
        ask(query)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert ask(query).status_code == 200
        return len(seen)

    water = concept("用水")
    for number in range(2):
        case(f"案例{number}", year=2024, subjects=[water])
    few = cost()
    for number in range(2, 9):
        case(
            f"案例{number}",
            year=2024,
            subjects=[water, concept(f"词{number}")],
            methods=(MEDIATION, RECONCILED),
        )
    assert cost() == few
