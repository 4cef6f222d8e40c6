"""Wagtail's search boxes find Chinese words, on SQLite and on PostgreSQL."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend
from modelsearch.query import Not, Phrase, PlainText
from modelsearch.utils import parse_query_string

from cms.models import SiteDocument

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TITLE = "演示材料：村民调解会议记录 Minutes 2024-015"


@pytest.fixture
def document() -> SiteDocument:
    return made(TITLE)


def made(title: str) -> SiteDocument:
    document = SiteDocument(title=title)
    document.file.save("a.txt", ContentFile(b"text"), save=False)
    document.save()
    return document


def titles(results: Iterable[SiteDocument]) -> list[str]:
    return [document.title for document in results]


def search(query: Any, **kwargs: Any) -> list[str]:
    return titles(get_search_backend().search(query, SiteDocument, **kwargs))


def autocomplete(query: Any, **kwargs: Any) -> list[str]:
    return titles(get_search_backend().autocomplete(query, SiteDocument, **kwargs))


@pytest.mark.parametrize(
    "query",
    [
        "调解",
        "調解會議",
        "解",
        "會",
        "调解 记录",
        "minutes",
        "ＭＩＮＵＴＥＳ",
        "2024",
        "2024-015",
        '"调解会议"',
        '调解"',
        '"',
        "调解“会议”",
    ],
)
@pytest.mark.parametrize("find", [search, autocomplete])
def test_a_word_of_the_title_is_found_however_it_is_typed(
    document: SiteDocument, query: str, find: Any
) -> None:
    found = find(query)

    assert found == ([] if query == '"' else [TITLE])


@pytest.mark.parametrize("query", ["解调", "调会", "村民记录", "minute", "024", "诉讼"])
def test_characters_that_do_not_stand_together_are_not_found(
    document: SiteDocument, query: str
) -> None:
    assert search(query) == []


@pytest.mark.parametrize("query", ["minu", "村民调", "2024-0", "会议 min", "202"])
def test_what_is_being_typed_is_found_by_its_beginning(
    document: SiteDocument, query: str
) -> None:
    assert autocomplete(query) == [TITLE]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '""',
        '"调解',
        "'",
        "’",
        "%",
        "%s 调解 %d",
        "\\",
        "\x00",
        "*",
        "NOT",
        "()",
        ":",
        "调解 AND (",
        "AND OR",
        "{title} : 调解",
        "-- ;",
        "a" * 5000,
        "词 " * 2000,
    ],
)
@pytest.mark.parametrize("find", [search, autocomplete])
@pytest.mark.parametrize("parsed", [True, False])
def test_no_query_makes_the_search_fail(
    document: SiteDocument, query: str, find: Any, parsed: bool
) -> None:
    typed = parse_query_string(query)[1] if parsed else query

    assert find(typed) in ([], [TITLE])


def test_terms_are_all_wanted_unless_any_will_do(document: SiteDocument) -> None:
    assert search("调解 诉讼") == []
    assert search("调解 诉讼", operator="or") == [TITLE]


def test_queries_can_be_put_together(document: SiteDocument) -> None:
    other = made("演示材料：诉讼")

    assert search(PlainText("演示") & ~Phrase("調解")) == [other.title]
    assert search(Phrase("诉讼") | Phrase("调解"), order_by_relevance=False) == [
        other.title,
        TITLE,
    ]
    assert search(Not(PlainText("演示"))) == []


def test_narrowing_to_fields_still_finds_folded_words(document: SiteDocument) -> None:
    assert search("調解", fields=["title"]) == [TITLE]
    assert autocomplete("調解", fields=["title"]) == [TITLE]


def test_a_changed_title_is_found_by_the_new_words_only(document: SiteDocument) -> None:
    document.title = "演示材料：借阅规则"
    document.save()

    assert search("借閱") == [document.title]
    assert search("调解") == []


def test_a_deleted_document_is_gone_from_the_index(document: SiteDocument) -> None:
    document.delete()

    assert search("调解") == []


def test_a_tag_is_found(document: SiteDocument) -> None:
    document.tags.add("红头文件")
    document.save()

    assert search("紅頭") == [TITLE]


def test_no_statement_over_the_whole_index_follows_a_save(
    document: SiteDocument,
) -> None:
    with CaptureQueriesContext(connection) as captured:
        document.save()

    statements = [query["sql"].upper() for query in captured.captured_queries]
    assert [sql for sql in statements if "INDEXENTRY" in sql]
    assert not [sql for sql in statements if "AVG(" in sql or 'TITLE_NORM" =' in sql]


def test_a_full_rebuild_finds_everything_again(document: SiteDocument) -> None:
    get_search_backend().get_index_for_model(SiteDocument).reset()
    assert search("调解") == []

    call_command("wagtail_update_index", verbosity=0)

    assert search("調解") == [TITLE]


def test_a_short_title_comes_before_a_long_one(document: SiteDocument) -> None:
    made("调解")
    call_command("wagtail_update_index", verbosity=0)

    assert search("调解") == ["调解", TITLE]
