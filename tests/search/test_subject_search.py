"""Subjects in the index of either engine: by concept, by what lies above, as typed."""

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from archive.models import OutboxRow, Record
from archive.readers import ANONYMOUS
from archive.subjects import editing
from search.documents import batch_for
from search.drain import drain
from search.engines.base import Engine, Filters
from search.service import Results, SearchParams, search
from tests.factories import PUBLIC, RecordFactory, decide, subject
from tests.search.corpus import found
from tests.search.corpus import search as ask
from tests.search.engines import engine

__all__ = ["engine"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def fonds() -> Record:
    made: Record = RecordFactory.create(level="fonds", reference_code="Y001")
    decide([made], PUBLIC)
    return made


def about(fonds: Record, text: str, code: str) -> Record:
    record: Record = RecordFactory.create(
        parent=fonds, subjects=text, reference_code=code
    )
    decide([record], PUBLIC)
    return record


@pytest.fixture
def police(fonds: Record) -> Record:
    """Found under 治理品牌甲 and under 派出所甲, which lies below it."""
    subject("治理品牌甲", label_en="Brand A")
    subject("派出所甲", broader="治理品牌甲", alternatives=["警所甲"])
    return about(fonds, "警所甲；村口小店", "Y001-1")


def test_either_engine_finds_a_record_under_its_concept_and_what_lies_above(
    engine: Engine, fonds: Record, police: Record
) -> None:
    other = about(fonds, "治理品牌甲；別的", "Y001-2")
    engine.write(batch_for([police.pk, other.pk]).documents)

    def under(*values: str) -> list[int]:
        return found(engine, None, filters=Filters({"subject": values}))

    assert under("治理品牌甲") == [police.pk, other.pk]
    assert under("派出所甲") == [police.pk]
    assert under("治理品牌甲", "派出所甲") == [police.pk]
    assert under("村口小店") == [police.pk]
    assert under("別的") == [other.pk]
    assert under("警所甲") == []
    facet = ask(engine, None, facets=("subject",)).facets["subject"]
    assert dict(facet) == {
        "治理品牌甲": 2,
        "派出所甲": 1,
        "村口小店": 1,
        "別的": 1,
    }


def test_documents_of_many_records_cost_as_many_queries_as_of_one(
    fonds: Record, police: Record, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    more = [about(fonds, f"派出所甲；词{n}", f"Y001-{n}") for n in range(10, 30)]
    with django_assert_num_queries(7):
        batch_for([police.pk])
    with django_assert_num_queries(7):
        batch_for([record.pk for record in more])


def drained() -> None:
    while drain():
        pass


def by_subject(*names: str) -> Results:
    return search(SearchParams(filters={"subject": names}), ANONYMOUS)


def subjects_of(results: Results) -> dict[str, tuple[str, int, bool]]:
    (facet,) = (one for one in results.facets if one.name == "subject")
    return {one.value: (one.label, one.count, one.selected) for one in facet.values}


@pytest.mark.usefixtures("embedded_index")
def test_any_name_of_a_concept_leads_to_it(police: Record) -> None:
    drained()
    for name in ("派出所甲", "警所甲", "警 所甲"):
        results = by_subject(name)
        assert results.total == 1
        assert subjects_of(results)["派出所甲"] == ("派出所甲", 1, True)
    assert by_subject("警所甲", "派出所甲").params.filters["subject"] == ("派出所甲",)


@pytest.mark.usefixtures("embedded_index")
def test_a_rename_a_move_and_a_merge_reach_the_index(police: Record) -> None:
    drained()
    brand, station = subject("品牌乙"), subject("派出所乙")
    old = station.__class__.objects.get(label="派出所甲")
    assert not OutboxRow.objects.exists()

    editing.edit(old, {"label": "派出所丙", "broader": "品牌乙"})
    drained()
    assert by_subject("派出所丙").total == by_subject("品牌乙").total == 1
    assert by_subject("派出所甲").total == 1  # a name that it had
    assert by_subject("治理品牌甲").total == 0

    editing.merge([old], station)
    drained()
    assert by_subject("派出所乙").total == 1
    assert by_subject("警所甲").total == 1
    assert by_subject(brand.label).total == 0


@pytest.mark.usefixtures("embedded_index")
def test_an_english_reader_sees_english_labels_and_the_same_values(
    police: Record,
) -> None:
    drained()
    with override("en"):
        shown = subjects_of(by_subject())
    assert shown["治理品牌甲"] == ("Brand A", 1, False)
    assert shown["村口小店"] == ("村口小店", 1, False)


@pytest.mark.usefixtures("embedded_index")
def test_a_name_that_finds_nothing_does_not_tell_what_else_it_is_called(
    fonds: Record,
) -> None:
    subject("密词丁", alternatives=["暗号丁"])
    RecordFactory.create(parent=fonds, subjects="暗号丁")
    drained()

    results = by_subject("暗号丁")

    assert results.total == 0
    assert results.params.filters["subject"] == ("暗号丁",)
    assert list(subjects_of(results)) == ["暗号丁"]
