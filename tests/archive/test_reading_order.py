"""The order of the tree, also where not all of it is asked for."""

import pytest

from archive.models import Record
from archive.reading_order import in_order
from tests.factories import RecordFactory

pytestmark = pytest.mark.django_db


def codes(ids: object) -> list[str]:
    named = Record.objects.in_bulk(list(ids))  # type: ignore[call-overload]
    return [named[pk].reference_code for pk in ids]  # type: ignore[attr-defined]


def tree() -> None:
    """Two fonds of two files; the second file stands before the first."""
    for fonds in ("B", "A"):
        top = RecordFactory.create(reference_code=fonds, level="fonds")
        for number, position in ((1, 9), (2, 3)):
            file = RecordFactory.create(
                parent=top, reference_code=f"{fonds}-{number}", position=position
            )
            for item in (1, 2):
                RecordFactory.create(
                    parent=file, reference_code=f"{fonds}-{number}-{item}", level="item"
                )


def test_parents_come_before_their_children_and_siblings_by_position() -> None:
    tree()
    ordered = in_order(Record.objects.filter(reference_code__startswith="A"))
    expected = ["A", "A-2", "A-2-1", "A-2-2", "A-1", "A-1-1", "A-1-2"]
    assert codes(ordered.ids) == expected


def test_items_alone_stand_by_their_files_in_the_order_of_those() -> None:
    tree()
    ordered = in_order(Record.objects.filter(level="item"))
    of_b = ["B-2-1", "B-2-2", "B-1-1", "B-1-2"]
    of_a = [code.replace("B", "A") for code in of_b]
    assert codes(ordered.ids) == [*of_b, *of_a]
    assert sorted(ordered.roots.values()) == [4, 4]


def test_some_of_the_records_between_may_be_there_and_others_not() -> None:
    tree()
    chosen = Record.objects.filter(reference_code__in=["A-1", "A-1-2", "A-2-1"])
    assert codes(in_order(chosen).ids) == ["A-2-1", "A-1", "A-1-2"]
