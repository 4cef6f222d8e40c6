"""What is told once above is shown below, and nothing of what is closed."""

from typing import Any

import pytest

from archive.inheritance import inherited, told_above
from archive.models import Record
from archive.openness import Audience
from archive.readers import ANONYMOUS, Reader
from archive.seen import RecordView, see
from tests.factories import CATALOGUE_ONLY, RecordFactory, decide, open_record

pytestmark = pytest.mark.django_db

STAFF = Reader(Audience.STAFF)


@pytest.fixture
def tree() -> list[Record]:
    fonds = RecordFactory.create(
        level="fonds",
        reference_code="F",
        creators="样本单位",
        repository_code="演示",
        admin_bio_history="只属全宗",
    )
    file = RecordFactory.create(
        parent=fonds, level="file", reference_code="F-1", retention_code="永久"
    )
    item = RecordFactory.create(
        parent=file, level="item", reference_code="F-1-1", creators="样本村"
    )
    return [fonds, file, item]


def views(tree: list[Record], reader: Reader) -> list[RecordView]:
    seen = see([record.pk for record in tree], reader)
    return [seen[record.pk] for record in tree if record.pk in seen]


def test_the_nearest_unit_above_that_says_it_counts(tree: list[Record]) -> None:
    fonds, file, item = views(tree, STAFF)
    found = {one.name: one for one in inherited(item, [fonds, file])}
    assert found.keys() == {"repository_code", "retention_code"}
    assert found["retention_code"].reference_code == "F-1"
    assert found["repository_code"].value == "演示"
    assert [one.name for one in inherited(file, [fonds])] == [
        "repository_code",
        "creators",
    ]
    assert inherited(fonds, []) == ()


def test_nothing_is_copied_down(tree: list[Record]) -> None:
    assert Record.objects.get(reference_code="F-1").creators == ""


def test_a_unit_of_which_only_the_entry_is_open_lends_nothing(
    tree: list[Record],
) -> None:
    fonds, file, item = tree
    decide([fonds], CATALOGUE_ONLY)
    open_record(file)
    open_record(item)
    seen = views(tree, ANONYMOUS)
    assert all(inherited(view, seen) == () for view in seen)


def test_whoever_describes_is_told_what_counts_from_above_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    fonds = RecordFactory.create(
        level="fonds", reference_code="F", creators="样本单位", retention_code="永久"
    )
    file = RecordFactory.create(parent=fonds, level="file", retention_code="30年")
    item = Record(level="item", language="汉语")
    with django_assert_num_queries(1):
        told = told_above(item, file)
    assert {(one.name, one.value) for one in told} == {
        ("creators", "样本单位"),
        ("retention_code", "30年"),
    }
    assert {one.reference_code for one in told} == {"F", file.reference_code}
    assert told_above(item, None) == ()
