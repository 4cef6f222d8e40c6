"""An ingest opens nothing, not even pages of a record that is open."""

from pathlib import Path

import pytest

from archive import decisions, quarantine, seen
from archive.models import Folio, Record
from archive.openness import Audience
from archive.readers import ANONYMOUS, Reader
from tests.archive.ingesting import ingest, notices
from tests.archive.pictures import picture
from tests.factories import (
    CATALOGUE_ONLY,
    PUBLIC,
    READING_ROOM,
    RecordFactory,
    UserFactory,
    open_record,
    published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]
STAFF = Reader(Audience.STAFF)


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    picture(tmp_path / "scans/Z1/1.png", 1)
    return tmp_path / "scans"


def shown(reader: Reader) -> list[int]:
    view = seen.see_one("Z1", reader)
    return [page.sequence for page in view.pages] if view else []


def test_pages_added_to_an_open_record_wait_for_a_person(scans: Path) -> None:
    report, _ = ingest(scans)
    assert (report["pages_waiting"], report["notices"]) == (0, [])
    open_record(Record.objects.get())
    picture(scans / "Z1/2.png", 2)
    dry, _ = ingest(scans, dry_run=True)
    report, code = ingest(scans)
    assert (code, report["pages"], report["pages_waiting"]) == (0, 1, 1)
    assert dry["notices"] == report["notices"]
    assert "新增的 1 页未经审核，先行隔离" in notices(report)
    assert (shown(ANONYMOUS), shown(STAFF)) == ([1], [1, 2])
    added = Folio.objects.get(sequence=2)
    image = f"{added.pk}-{seen.IMAGE_VIEW_VERSION}"
    assert seen.image_source(image, ANONYMOUS) is None
    quarantine.release([added], UserFactory.create())
    assert shown(ANONYMOUS) == [1, 2]


def test_a_second_ingest_hides_nothing_that_was_opened(scans: Path) -> None:
    picture(scans / "Z1/2.png", 2)
    ingest(scans)
    open_record(Record.objects.get())
    assert shown(ANONYMOUS) == [1, 2]
    report, _ = ingest(scans)
    assert (report["pages_waiting"], report["notices"]) == (0, [])
    assert shown(ANONYMOUS) == [1, 2]


@pytest.mark.parametrize(
    ("values", "waits"),
    [({}, True), (READING_ROOM, True), (CATALOGUE_ONLY, False)],
)
def test_pages_wait_where_the_record_shows_its_pages(
    scans: Path, values: dict[str, str | bool], waits: bool
) -> None:
    open_record(RecordFactory.create(reference_code="Z1"), **values)
    report, _ = ingest(scans)
    assert Folio.objects.get().quarantined is waits
    assert report["pages_waiting"] == waits


def test_pages_wait_though_what_is_above_is_still_closed(scans: Path) -> None:
    fonds = RecordFactory.create(level="fonds")
    open_record(RecordFactory.create(parent=fonds, reference_code="Z1"))
    ingest(scans)
    open_record(fonds)
    assert (shown(ANONYMOUS), shown(STAFF)) == ([], [1])


def test_pages_wait_that_come_while_a_proposal_is_looked_at(scans: Path) -> None:
    ingest(scans)
    (record,) = published(Record.objects.all())
    proposals = decisions.propose([record], PUBLIC, "审核", UserFactory.create())
    picture(scans / "Z1/2.png", 2)
    report, _ = ingest(scans)
    assert report["pages_waiting"] == 1
    decisions.approve(proposals, UserFactory.create())
    assert (shown(ANONYMOUS), shown(STAFF)) == ([1], [1, 2])
