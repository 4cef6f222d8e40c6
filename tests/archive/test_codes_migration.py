"""What the migration makes of the codes of a catalogue that is there already."""

from importlib import import_module

import pytest
from django.apps import apps

from archive.models import Record
from tests.factories import RecordFactory

migration = import_module("archive.migrations.0005_codes")

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_codes_that_are_there_are_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "CHUNK", 2)
    codes = ("J019-ZY·2019·D30-001", "杂项", "C038-001-002-003", "Z008-WS·2019·Y-037")
    for code in codes:
        RecordFactory.create(reference_code=code)
    rows = Record.objects.order_by("pk").values_list(
        "reference_code", "code_components"
    )
    new = dict(rows)
    assert sum(map(bool, new.values())) == 3
    Record.objects.update(code_components={})

    migration.take_codes_apart(apps, None)

    assert dict(rows.all()) == new
