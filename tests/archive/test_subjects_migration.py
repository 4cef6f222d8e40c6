"""What the migration makes of a catalogue that is there already."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from taggit.models import Tag

from archive import tagging
from archive.models import OutboxRow, Record, RecordTerm, Subject, TagSpelling, Term
from archive.subjects.seed import plant
from tests.factories import RecordFactory

begin = import_module("archive.migrations.0010_subjects_begin")

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class AsTheyWere:
    """Today's models, and the outbox under the name that its column then had."""

    @staticmethod
    def get_model(name: str) -> Any:
        model = apps.get_model(name)
        return OldOutboxRow if model is OutboxRow else model


class OldOutboxRow:
    objects = OutboxRow.objects

    def __new__(cls, record_id: int) -> Any:
        return OutboxRow(source_id=record_id)


def test_records_get_their_terms_and_the_index_is_told_of_concepts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(begin, "CHUNK", 3)
    plant(Subject, Term)
    texts = ["調解；村口小店", "", "村口小店", *(f"词{n}；调解" for n in range(7))]
    records: list[Record] = [RecordFactory.create(subjects=text) for text in texts]
    kept = set(RecordTerm.objects.values_list("record", "term__folded"))
    Term.objects.filter(subject=None).delete()
    RecordTerm.objects.all().delete()
    OutboxRow.objects.all().delete()
    versions = dict(Record.objects.values_list("pk", "version"))

    begin.read_texts(AsTheyWere, None)

    assert set(RecordTerm.objects.values_list("record", "term__folded")) == kept
    about = {one.pk for one, text in zip(records, texts, strict=True) if "解" in text}
    assert set(OutboxRow.objects.values_list("source_id", flat=True)) == about
    raised = {
        pk
        for pk, version in Record.objects.values_list("pk", "version")
        if version > versions[pk]
    }
    assert raised == about


def test_tags_that_are_there_are_found_while_typing() -> None:
    RecordFactory.create(tags=["矛盾纠纷", "调解"])
    TagSpelling.objects.all().delete()
    assert tagging.suggest("mdjf") == []

    begin.spell_tags(apps, None)

    assert [one.value for one in tagging.suggest("mdjf")] == ["矛盾纠纷"]
    assert TagSpelling.objects.count() == Tag.objects.count()


def test_the_seed_is_planted_once() -> None:
    plant(Subject, Term)
    before = Subject.objects.count(), Term.objects.count()

    begin.plant_seed(apps, None)

    assert (Subject.objects.count(), Term.objects.count()) == before
