"""The next code: past all that were ever given, whatever the database sorts by."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import records
from archive.codes.proposals import next_number, propose
from archive.models import Record
from archive.vocabulary import Level
from tests.factories import RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def made(*codes: str) -> list[Record]:
    return [RecordFactory.create(reference_code=code) for code in codes]


def test_what_only_begins_alike_is_no_number_of_the_series() -> None:
    made("Z1-012", "Z1-012-900", "Z1-0x99", "Z1·950", "Z10-800", "Y1-700")
    assert next_number("Z1-") == 13
    assert next_number("Z1-", after=20) == 21
    assert next_number("Z2-") == 1


def test_a_series_that_outgrew_its_width_goes_on_after_its_widest_number() -> None:
    fonds = RecordFactory.create(reference_code="Z1", level="fonds")
    rows = (
        {"reference_code": f"Z1-{n:03d}", "level": "file", "title": "卷"}
        for n in range(940, 1013)
    )
    records.create_many(fonds, list(rows))
    assert next_number("Z1-") == 1013
    made("Z1-1013-999")
    assert next_number("Z1-") == 1013


def test_codes_given_up_are_passed_as_well() -> None:
    deleted, recoded, _kept = made("Z1-019", "Z1-015", "Z1-003")
    records.set_reference_code(recoded, "Z1-004")
    assert next_number("Z1-") == 20
    records.delete(deleted)
    assert next_number("Z1-") == 20


def test_a_proposal_takes_as_many_queries_beside_a_hundred_as_beside_two() -> None:
    fonds = RecordFactory.create(reference_code="Z1", level="fonds")

    def add(first: int, last: int) -> int:
        rows = (
            {"reference_code": f"Z1-{n:04d}", "level": "file", "title": "卷"}
            for n in range(first, last)
        )
        records.create_many(fonds, list(rows))
        with CaptureQueriesContext(connection) as captured:
            assert propose(fonds, Level.FILE) == f"Z1-{last:04d}"
        return len(captured)

    assert add(1, 3) == add(3, 100)
