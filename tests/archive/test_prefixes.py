"""Looking for text by its beginning: exactly, and through the index."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Record
from archive.models.prefixes import after
from tests.factories import RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4)


@given(TEXT, TEXT)
def test_what_begins_with_a_text_lies_between_it_and_what_is_after_it(
    prefix: str, other: str
) -> None:
    end = after(prefix)
    for text in (other, prefix + other):
        between = text >= prefix and (not end or text < end)
        assert between == text.startswith(prefix)


def codes(prefix: str) -> list[str]:
    found = Record.objects.filter(reference_code__startswith=prefix)
    return sorted(found.values_list("reference_code", flat=True))


def test_beginnings_are_exact() -> None:
    for code in ("Z1", "Z1-甲", "z1-乙", "Z_1", "Z+1", "Z12", "Y·9"):
        RecordFactory.create(reference_code=code)
    assert codes("Z1") == ["Z1", "Z1-甲", "Z12"]
    assert codes("z1") == ["z1-乙"]
    assert codes("Z_") == ["Z_1"]
    assert codes("Y·") == ["Y·9"]
    assert len(codes("")) == 7
    assert codes("甲") == []


def test_a_subtree_is_found_through_an_index() -> None:
    fonds = RecordFactory.create(level="fonds")
    RecordFactory.create(parent=fonds)
    below = Record.objects.filter(path__startswith=fonds.path)
    assert below.count() == 2
    if connection.vendor == "sqlite":  # a small table is read whole on PostgreSQL
        plan = below.order_by().values("pk").explain()
        assert "SEARCH" in plan and "SCAN" not in plan
        plan = Record.objects.filter(reference_code__startswith="Z").explain()
        assert "SEARCH" in plan and "SCAN" not in plan
