"""What the benchmark measures on is a catalogue like one that services made."""

from typing import Any

import pytest
from django.db.models import Count

from archive import access, records
from archive.models import Record
from tests.bench.catalogue_records import ITEMS, generate

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_generated_records_are_as_the_services_would_have_made_them() -> None:
    made = generate(2_000)
    assert Record.objects.count() == 2_000
    assert list(access.mismatches()) == []
    for record in Record.objects.select_related("parent"):
        above = record.parent.path if record.parent else ""
        assert record.path == f"{above}{record.pk}/"
    kinds = Record.objects.values_list("public_access", "reading_room_access")
    assert len(set(kinds)) > 2
    assert Record.objects.values("level").distinct().count() == 4
    counted: Any = Record.objects.annotate(below=Count("children"))
    assert counted.get(reference_code=made.big_series).below == made.siblings == 200
    assert counted.filter(level="file").latest("below").below == ITEMS
    # Ids go on after those that were written.
    later = records.create(None, reference_code="Z1", level="fonds", title="甲")
    assert later.pk == 2_001
