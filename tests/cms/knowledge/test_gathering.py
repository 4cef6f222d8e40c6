"""What is gathered on a concept: by itself, and of open things only."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from archive.models import Record, Subject
from cms.knowledge import gathering, open_records
from tests.cms.knowledge.conftest import (
    add_news,
    add_output,
    add_term,
    open_fonds,
    opened,
    settle,
)
from tests.factories import CATALOGUE_ONLY, READING_ROOM, RecordFactory, decide

pytestmark = pytest.mark.django_db


def concept(label: str) -> Subject:
    return Subject.objects.get(label=label)


def gathered(label: str) -> gathering.Gathered:
    return gathering.gather({0: concept(label)})[0]


def count(label: str, kind: str) -> int:
    return gathered(label).by_kind[kind].count


@pytest.fixture
def fonds(site: Any) -> Record:
    return open_fonds()


def test_a_concept_gathers_what_bears_it_or_a_narrower_one(fonds: Record) -> None:
    opened("调解", fonds)
    opened("矛盾纠纷多元化解体系", fonds)
    opened("网格员", fonds)
    add_output("一篇", subjects=[concept("调解")])
    add_term("非诉优先", subjects=[concept("矛盾纠纷多元化解体系")])
    add_news("一条", subjects=[concept("网格员")])
    found = gathered("矛盾纠纷多元化解体系")
    assert found.records.count == 2
    counts = {kind: one.count for kind, one in found.by_kind.items()}
    assert counts.keys() >= {"exhibition", "chronicle", "news"}
    assert {kind: count for kind, count in counts.items() if count} == {
        "output": 1,
        "term": 1,
    }
    assert [item.title for item in found.by_kind["output"].newest] == ["一篇"]


def test_a_record_that_is_not_open_to_everyone_counts_nowhere(fonds: Record) -> None:
    staff = RecordFactory.create(parent=fonds, subjects="调解", title="玄鹇馆内")
    reading = RecordFactory.create(parent=fonds, subjects="调解", title="玄鹇室内")
    entry = RecordFactory.create(parent=fonds, subjects="调解", title="玄鹇目录")
    decide([reading], READING_ROOM)
    decide([entry], CATALOGUE_ONLY)
    settle()
    assert staff.public_access == 0
    assert gathered("调解").records.count == 0
    assert open_records.records_on(concept("调解")).newest == ()


def test_a_record_that_is_closed_is_gone_at_once(fonds: Record) -> None:
    record = opened("调解", fonds)
    assert gathered("调解").records.count == 1
    # Before the index has heard of it.
    decide([record], READING_ROOM)
    assert gathered("调解").records.count == 0
    assert open_records.records_on(concept("调解")) == open_records.Records(0)


def test_drafts_private_pages_and_withdrawn_ones_are_not_gathered(site: Any) -> None:
    shown = [concept("调解")]
    add_output("公开的", subjects=shown)
    private = add_output("私密的", subjects=shown)
    kind = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=private, restriction_type=kind)
    add_output("撤下的", subjects=shown).unpublish()
    assert count("调解", "output") == 1


def test_the_newest_come_first_and_few_are_listed(site: Any) -> None:
    for number in range(6):
        add_output(f"第 {number} 篇", subjects=[concept("调解")])
    material = gathered("调解").by_kind["output"]
    assert material.count == 6
    assert [one.title for one in material.newest] == [
        f"第 {number} 篇" for number in (5, 4, 3, 2)
    ]


def test_an_item_with_two_concepts_below_one_is_counted_once(site: Any) -> None:
    add_output("一篇", subjects=[concept("调解"), concept("和解")])
    assert count("矛盾纠纷多元化解体系", "output") == 1
    assert count("和解", "output") == 1


def test_many_concepts_pages_and_records_cost_as_many_queries_as_few(
    fonds: Record,
) -> None:
    def cost() -> int:
        subjects = {one.label: one for one in Subject.objects.all()}
        with CaptureQueriesContext(connection) as captured:
            gathering.gather(subjects)
        return len(captured)

    opened("调解", fonds)
    add_output("一篇", subjects=[concept("调解")])
    cost()  # Once, what Django remembers for the whole process.
    few = cost()
    for number in range(4):
        opened("网格员；和解", fonds)
        add_output(f"又 {number}", subjects=[concept("网格员"), concept("信访")])
    assert cost() == few
    # A few for each kind of material, however much there is of it.
    assert few <= 4 * len(gathering.sources())


def test_while_the_search_is_down_records_are_not_said_to_be_none(
    site: Any, settings: Settings
) -> None:
    settings.SEARCH = {**settings.SEARCH, "PATH": "/nowhere/at/all.sqlite3"}
    add_output("一篇", subjects=[concept("调解")])
    found = gathered("调解")
    assert found.records.count is None
    assert found.by_kind["output"].count == 1
    assert not found.is_empty


def test_the_link_to_the_search_asks_for_what_was_counted(fonds: Record) -> None:
    opened("调解", fonds)
    url = open_records.search_url(concept("调解"))
    assert url.startswith("/search/?subject=")
    assert "type=output" in open_records.search_url(concept("调解"), "output")
