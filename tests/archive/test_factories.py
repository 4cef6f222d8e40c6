"""The factories give what they say they give."""

import pytest

from archive import seen
from archive.models import Folio, Job, Record
from archive.openness import Access, Audience
from archive.readers import ANONYMOUS, Reader
from tests.factories import (
    CATALOGUE_ONLY,
    READING_ROOM,
    RESEARCHER,
    FolioFactory,
    MasterFileFactory,
    RecordFactory,
    TranscriptFactory,
    UserFactory,
    open_record,
    open_with_ancestors,
    record_with_pages,
)

pytestmark = pytest.mark.django_db


def test_a_user_is_put_into_the_named_groups() -> None:
    user = UserFactory.create(groups=[RESEARCHER])
    assert [group.name for group in user.groups.all()] == [RESEARCHER]


def test_a_folio_has_a_stored_master_and_a_job() -> None:
    folio = FolioFactory.create()
    assert folio.master.width == 200
    assert folio.sequence == 1
    assert Job.objects.filter(folio=folio).exists()
    assert MasterFileFactory.create().sha256 != folio.master.sha256


def test_a_transcript_is_in_force_and_has_a_box_for_each_character() -> None:
    transcript = TranscriptFactory.create(text="第一行\n第二行")
    folio = Folio.objects.get(pk=transcript.folio_id)
    assert folio.transcript == transcript
    assert not Job.objects.exists()
    record = folio.record
    open_record(record)
    view = seen.see([record.pk], ANONYMOUS)[record.pk]
    assert len(seen.boxes_of(view.pages)[folio.pk]) == len(view.text) == 7


def test_records_are_opened_as_asked() -> None:
    fonds = RecordFactory.create(level="fonds")
    child = record_with_pages("矛盾纠纷", parent=fonds)
    assert seen.see([child.pk], ANONYMOUS) == {}
    open_record(child)
    assert seen.see([child.pk], ANONYMOUS) == {}
    open_with_ancestors(child, **READING_ROOM)
    assert seen.see([child.pk], ANONYMOUS) == {}
    reader = Reader(Audience.READING_ROOM)
    assert seen.see([child.pk], reader)[child.pk].text == "矛盾纠纷"
    open_record(child, **CATALOGUE_ONLY)
    assert seen.see([child.pk], ANONYMOUS)[child.pk].access is Access.CATALOGUE
    assert Record.objects.get(pk=child.pk).version == child.version
