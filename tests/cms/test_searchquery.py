from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from cms import searchquery
from search.query import Problem, parse
from search.service import SearchParams


def parsed(query: str) -> SearchParams:
    return searchquery.parse(QueryDict(query)).params


def test_a_query_string_survives_the_way_there_and_back() -> None:
    params = parsed(
        "q=矛盾 糾紛&tag=甲&tag=乙&year=1953&date_from=1950&sort=code&page=3"
    )
    assert parsed(searchquery.query_string(params)[1:]) == params


def test_what_makes_no_sense_is_left_out_and_named() -> None:
    result = searchquery.parse(QueryDict("q=x&page=-1&sort=colour"))
    assert result.params == SearchParams(q="x")
    assert result.unread == ("page", "sort")


def test_a_facet_value_is_chosen_and_let_go_by_the_same_link() -> None:
    chosen = searchquery.toggled(SearchParams(q="x", page=4), "tag", "甲 & 乙")
    assert parsed(chosen[1:]).filters == {"tag": ("甲 & 乙",)}
    assert parsed(chosen[1:]).page == 1
    assert searchquery.toggled(parsed(chosen[1:]), "tag", "甲 & 乙") == "?q=x"


def test_an_order_that_is_none_of_ours_is_the_first() -> None:
    assert parsed("sort=date_desc").sort == "date_desc"
    assert parsed("sort=%3B+drop+table").sort == "relevance"


def test_no_query_is_cut_without_a_word() -> None:
    assert parse(parsed("q=" + "甲 " * 3000).q).problem is Problem.TOO_LONG
    assert parsed("q=" + "甲" * 900).q == "甲" * 900


def test_repeated_and_empty_values_count_once_or_not_at_all() -> None:
    assert parsed("tag=a&tag=a&tag=&fonds=").filters == {"tag": ("a",)}


@given(st.text(max_size=40))
def test_nothing_typed_as_a_page_number_raises(text: str) -> None:
    number = searchquery.page_number(text)
    assert number is None or number >= 1


@given(st.dictionaries(st.sampled_from(["q", "tag", "page", "sort", "x"]), st.text()))
def test_no_query_string_raises(values: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(values)
    assert searchquery.parse(query).params.page >= 1
