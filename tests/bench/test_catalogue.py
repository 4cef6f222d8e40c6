"""What the benchmark measures on is a catalogue like one that services made."""

from typing import Any

import pytest
from django.db.models import Count

from archive import access, records, typed_names
from archive.authorities import registry, relations
from archive.models import (
    Authority,
    Change,
    Record,
    RecordTerm,
    Relation,
    Review,
    TaggedRecord,
    TypedName,
)
from archive.subjects import names
from archive.subjects.found import bearers, called
from archive.vocabulary import Role
from tests.bench.catalogue_records import ITEMS, Catalogue, generate
from tests.bench.catalogue_words import MERGED, TAG
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def made(count: int = 2_000) -> Catalogue:
    return generate(count, UserFactory.create().pk, UserFactory.create().pk)


def test_generated_records_are_as_the_services_would_have_made_them() -> None:
    catalogue = made()
    assert Record.objects.count() == 2_000
    assert list(access.mismatches()) == []
    for record in Record.objects.select_related("parent"):
        above = record.parent.path if record.parent else ""
        assert record.path == f"{above}{record.pk}/"
    kinds = Record.objects.values_list("public_access", "reading_room_access")
    assert len(set(kinds)) > 2
    assert Record.objects.values("level").distinct().count() == 4
    counted: Any = Record.objects.annotate(below=Count("children"))
    big = counted.get(reference_code=catalogue.big_series)
    assert big.below == catalogue.siblings == 200
    assert counted.filter(level="file").latest("below").below == ITEMS
    # Ids go on after those that were written.
    later = records.create(None, reference_code="Z1", level="fonds", title="甲")
    assert later.pk == 2_001


def test_names_and_terms_are_those_that_the_texts_hold() -> None:
    made()
    typed = TypedName.objects.order_by("record", "pk")
    kept = list(typed.values_list("record", "element", "name", "folded"))
    terms = set(RecordTerm.objects.values_list("record", "term"))
    described = list(Record.objects.order_by("pk"))
    typed_names.keep(described)
    names.keep({record.pk: record.subjects for record in described})
    assert kept == list(typed.values_list("record", "element", "name", "folded"))
    assert terms == set(RecordTerm.objects.values_list("record", "term"))
    assert len(kept) > 1_000
    assert len(terms) > 1_000
    later = records.create(
        None, reference_code="Z1", level="fonds", title="甲", creators="乙；丙"
    )
    assert later.typed_names.count() == 2


def test_relations_are_canonical_and_with_those_whom_the_texts_name() -> None:
    made()
    held = relations.read(list(Record.objects.values_list("pk", flat=True)))
    assert len(held) > 1_000
    for pairs in held.values():
        assert relations.checked(pairs) == pairs
    elements = {Role.CREATOR.value: "creators", Role.MENTIONED.value: "person_names"}
    for one in Relation.objects.select_related("authority", "record"):
        if one.role in elements:
            assert one.authority.name in getattr(one.record, elements[one.role])
        elif one.role == Role.PLACE:
            assert one.authority.name in one.record.title
    for authority in Authority.objects.all():
        assert registry.edit(authority, registry.kept_names(authority)) == {}


def test_what_is_merged_has_as_many_bearers_as_the_steps_say() -> None:
    catalogue = made()
    merged = Relation.objects.filter(authority__name=MERGED)
    assert merged.count() == 200
    assert TaggedRecord.objects.filter(tag__name=TAG).count() == 200
    concept = called(catalogue.subject)
    assert concept is not None
    assert concept.narrower.exists()
    assert bearers(concept).count() > 50


def test_what_waits_for_review_was_submitted() -> None:
    made()
    waiting = Record.objects.filter(description_status="review")
    assert waiting.count() > 20
    submitted = Review.objects.filter(submitted_at__isnull=False)
    assert set(submitted.values_list("record", flat=True)) == set(
        waiting.values_list("pk", flat=True)
    )
    assert Change.objects.filter(action="create").count() == 2_000
    assert Change.objects.filter(action="submit").count() == waiting.count()
