"""From a leased page to a transcript, once, whatever goes wrong."""

import logging
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from archive import jobs, outbox, recognition, records, seen
from archive.corrections import correct
from archive.models import Folio, Job, OutboxRow, Transcript
from archive.openness import Audience
from archive.quarantine import release
from archive.readers import ANONYMOUS, Reader
from media import masters
from media.errors import BrokenImage, EngineMissing, RecognitionTimeout
from media.values import Box, Char, Line, Recognition
from tests.archive.pictures import text_picture
from tests.factories import FolioFactory, RecordFactory, UserFactory, grid, open_record

pytestmark = pytest.mark.django_db


def read_as(*lines: str, top: int = 0, height: int = 1000) -> Recognition:
    """A recognition of these lines, 20 pixels each, the first at ``top``."""
    made = []
    for number, text in enumerate(lines):
        chars = tuple(
            Char(char, Box(20 * place, top + 20 * number, 18, 18))
            for place, char in enumerate(text)
        )
        box = Box(0, top + 20 * number, 20 * len(text), 18)
        made.append(Line(text, box, 90.0, chars))
    return Recognition(
        text="\n".join(lines),
        direction="h",
        script="hans",
        confidence=90.0,
        seconds=0.1,
        lines=tuple(made),
        width=800,
        height=height,
        engine="stand-in",
        engine_version="1",
        key="stand-in-1/p1/0",
    )


def test_a_page_gets_its_text_its_boxes_and_a_word_to_the_index() -> None:
    folio = FolioFactory.create()
    OutboxRow.objects.all().delete()
    assert recognition.work(1, lambda name: read_as("矛盾", "纠纷")) == 1
    folio = Folio.objects.get(pk=folio.pk)
    transcript = Transcript.objects.get()
    assert folio.transcript == transcript
    assert transcript.text == "矛盾\n纠纷"
    assert (transcript.confidence, transcript.engine) == (90.0, "stand-in")
    open_record(folio.record)
    (page,) = seen.see([folio.record_id], ANONYMOUS)[folio.record_id].pages
    assert seen.boxes_of([page])[folio.pk] == grid("矛盾\n纠纷")
    assert not Job.objects.exists()
    assert OutboxRow.objects.filter(record_id=folio.record_id).exists()
    assert recognition.work() == 0


def test_an_empty_page_has_an_empty_text() -> None:
    FolioFactory.create()
    recognition.work(1, lambda name: read_as())
    transcript = Transcript.objects.get()
    assert transcript.text == ""
    assert not Job.objects.exists()


def test_the_master_itself_is_read() -> None:
    folio = FolioFactory.create()
    names: list[str] = []

    def read(name: str) -> Recognition:
        names.append(name)
        return read_as("甲")

    recognition.work(1, read)
    assert names == [folio.master.name]


def test_a_lost_lease_stores_nothing() -> None:
    FolioFactory.create()
    (lease,) = jobs.claim(1)
    Job.objects.update(token=None, lease_until=None)
    assert not recognition.commit(lease, read_as("甲"))
    assert not Transcript.objects.exists()
    assert Job.objects.count() == 1


def test_the_same_key_again_makes_no_second_transcript() -> None:
    folio = FolioFactory.create()
    recognition.work(1, lambda name: read_as("甲"))
    Job.objects.create(folio=folio)
    recognition.work(1, lambda name: read_as("甲"))
    assert Transcript.objects.count() == 1
    Job.objects.create(folio=folio)
    recognition.work(1, lambda name: replace(read_as("乙"), key="stand-in-2"))
    assert Transcript.objects.count() == 2
    assert Folio.objects.get().transcript == Transcript.objects.get(key="stand-in-2")


def test_recognition_never_replaces_a_correction() -> None:
    folio = FolioFactory.create()
    corrected = correct(folio, "人的文字", UserFactory.create())
    Job.objects.create(folio=folio)
    recognition.work(1, lambda name: read_as("机器的文字"))
    assert Folio.objects.get().transcript == corrected
    assert Transcript.objects.filter(key="stand-in-1/p1/0").exists()


@pytest.mark.parametrize(
    ("error", "failed", "attempts"),
    [
        (BrokenImage(), True, 1),
        (RecognitionTimeout(1), False, 1),
        (EngineMissing(), False, 0),
        (ZeroDivisionError("a bug"), False, 1),
    ],
)
def test_a_failure_is_noted_and_the_worker_lives_on(
    error: Exception, failed: bool, attempts: int, caplog: pytest.LogCaptureFixture
) -> None:
    FolioFactory.create_batch(2)

    def read(name: str) -> Recognition:
        raise error

    assert recognition.work(2, read) == 2
    for job in Job.objects.all():
        assert (job.failed, job.attempts, job.token) == (failed, attempts, None)
        assert str(error) in job.error
    assert not Transcript.objects.exists()
    assert caplog.records


MARKS = ["机密★20年", "秘密 ☆", "绝密", "绝密★", "機密", "本件属于秘密★长期"]


@pytest.mark.parametrize("mark", MARKS)
def test_a_secrecy_mark_puts_the_page_into_quarantine(
    mark: str, caplog: pytest.LogCaptureFixture
) -> None:
    folio = FolioFactory.create()
    record = open_record(folio.record)
    assert outbox.excluded_paths() == ()
    with caplog.at_level(logging.ERROR):
        recognition.work(1, lambda name: read_as("标题", mark, "正文"))
    assert Folio.objects.get().quarantined
    assert "quarantine" in caplog.text
    assert outbox.excluded_paths() == (record.path,)
    assert seen.see([record.pk], ANONYMOUS)[record.pk].pages == ()
    staff = Reader(Audience.STAFF)
    (page,) = seen.see([record.pk], staff)[record.pk].pages
    assert seen.image_source(page.image_id, ANONYMOUS) is None
    assert seen.image_source(page.image_id, staff) == folio
    release(folio, UserFactory.create())
    assert seen.see([record.pk], ANONYMOUS)[record.pk].pages != ()


@pytest.mark.parametrize(
    ("line", "top"),
    [("保守秘密", 0), ("国家秘密的范围", 0), ("机密★", 400), ("秘密", 251)],
)
def test_the_words_elsewhere_are_no_mark(line: str, top: int) -> None:
    FolioFactory.create()
    recognition.work(1, lambda name: read_as(line, top=top))
    assert not Folio.objects.get().quarantined


@pytest.mark.ocr
def test_a_scan_is_really_read() -> None:
    record = RecordFactory.create()
    with tempfile.TemporaryDirectory() as folder:
        scan = text_picture(
            Path(folder) / "1.png", "演示材料矛盾纠纷", "第二行文字调解"
        )
        master = masters.store(scan)
    records.add_folios(record, [records.NewFolio(master, "1.png")])
    assert recognition.work() == 1
    transcript = Transcript.objects.get()
    assert "演示材料" in transcript.text
    assert transcript.key.startswith("tesseract")
    view = seen.see([record.pk], Reader(Audience.STAFF))[record.pk]
    boxes = seen.boxes_of(view.pages)[transcript.folio_id]
    assert len(boxes) == len(transcript.text)
