"""From a leased page to a transcript, once, whatever goes wrong."""

import logging
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.utils import timezone
from pytest_django import Settings

from archive import jobs, outbox, recognition, seen
from archive.corrections import correct
from archive.folios import NewFolio, add_folios
from archive.models import Folio, Job, OutboxRow, Transcript
from archive.openness import Audience
from archive.quarantine import release
from archive.readers import ANONYMOUS, Reader
from media import masters
from media.errors import (
    BrokenImage,
    EngineMissing,
    FileMissing,
    MachineTrouble,
    MasterMissing,
    RecognitionTimeout,
)
from media.values import Recognition
from tests.archive.pictures import text_picture
from tests.archive.readings import read_as
from tests.factories import FolioFactory, RecordFactory, UserFactory, grid, open_record

pytestmark = pytest.mark.django_db


def test_a_page_gets_its_text_its_boxes_and_a_word_to_the_index() -> None:
    folio = FolioFactory.create()
    OutboxRow.objects.all().delete()
    assert recognition.work(lambda name: read_as("矛盾", "纠纷")) == 1
    folio = Folio.objects.get(pk=folio.pk)
    transcript = Transcript.objects.get()
    assert folio.transcript == transcript
    assert transcript.text == "矛盾\n纠纷"
    assert (transcript.confidence, transcript.engine) == (90.0, "stand-in")
    open_record(folio.record)
    (page,) = seen.see([folio.record_id], ANONYMOUS)[folio.record_id].pages
    assert seen.boxes_of([page])[folio.pk] == grid("矛盾\n纠纷")
    assert not Job.objects.exists()
    assert OutboxRow.objects.filter(source_id=folio.record_id).exists()
    assert recognition.work() == 0


def test_an_empty_page_has_an_empty_text() -> None:
    FolioFactory.create()
    recognition.work(lambda name: read_as())
    transcript = Transcript.objects.get()
    assert transcript.text == ""
    assert not Job.objects.exists()


def test_the_master_itself_is_read() -> None:
    folio = FolioFactory.create()
    names: list[str] = []

    def read(name: str) -> Recognition:
        names.append(name)
        return read_as("甲")

    recognition.work(read)
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
    recognition.work(lambda name: read_as("甲"))
    Job.objects.create(folio=folio)
    recognition.work(lambda name: read_as("甲"))
    assert Transcript.objects.count() == 1
    Job.objects.create(folio=folio)
    recognition.work(lambda name: replace(read_as("乙"), key="stand-in-2"))
    assert Transcript.objects.count() == 2
    assert Folio.objects.get().transcript == Transcript.objects.get(key="stand-in-2")


def test_recognition_never_replaces_a_correction() -> None:
    folio = FolioFactory.create()
    corrected = correct(folio, "人的文字", UserFactory.create())
    Job.objects.create(folio=folio)
    recognition.work(lambda name: read_as("机器的文字"))
    assert Folio.objects.get().transcript == corrected
    assert Transcript.objects.filter(key="stand-in-1/p1/0").exists()


def failing(error: Exception) -> recognition.Recognise:
    def read(name: str) -> Recognition:
        raise error

    return read


@pytest.mark.parametrize(
    ("error", "failed"),
    [
        (BrokenImage(), True),
        (RecognitionTimeout(1), False),
        (ZeroDivisionError("a bug"), False),
    ],
)
def test_a_failure_is_noted_and_the_worker_lives_on(
    error: Exception, failed: bool, caplog: pytest.LogCaptureFixture
) -> None:
    FolioFactory.create()
    assert recognition.work(failing(error)) == 1
    job = Job.objects.get()
    assert (job.failed, job.attempts, job.token) == (failed, 1, None)
    assert str(error) in job.error
    assert not Transcript.objects.exists()
    assert caplog.records


@pytest.mark.parametrize(
    "error",
    [EngineMissing(), MasterMissing(), FileMissing(), MachineTrouble("No space left")],
)
def test_trouble_of_the_machine_gives_no_page_up_however_long_it_lasts(
    error: Exception, settings: Settings
) -> None:
    settings.JOB_MAX_ATTEMPTS = 1
    FolioFactory.create()
    for _ in range(5):
        assert recognition.work(failing(error)) is None
        job = Job.objects.get()
        assert (job.failed, job.attempts, job.token) == (False, 0, None)
        assert job.error == str(error)
        assert recognition.work(failing(error)) == 0, "it waits"
        Job.objects.update(lease_until=timezone.now())
    assert recognition.work(lambda name: read_as("甲")) == 1
    assert Transcript.objects.exists()


def test_a_master_that_is_gone_is_seen_on_its_job() -> None:
    folio = FolioFactory.create()
    storages["masters"].delete(folio.master.name)
    assert recognition.work() is None
    job = Job.objects.get()
    assert (job.failed, job.error) == (False, str(MasterMissing()))


class UnreachableStorage(Storage):
    """Object storage whose server does not answer: its errors are its own."""

    class NoConnection(Exception):
        pass

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        raise self.NoConnection


def test_a_storage_that_does_not_answer_is_trouble_of_the_machine(
    settings: Settings,
) -> None:
    folio = FolioFactory.create()
    backend = f"{__name__}.{UnreachableStorage.__name__}"
    settings.STORAGES = {**settings.STORAGES, "masters": {"BACKEND": backend}}
    with pytest.raises(MachineTrouble, match="NoConnection"):
        recognition.recognise_master(folio.master.name)


MARKS = ["机密★20年", "秘密 ☆", "绝密", "绝密★", "機密", "本件属于秘密★长期"]


@pytest.mark.parametrize("mark", MARKS)
def test_a_secrecy_mark_puts_the_page_into_quarantine(
    mark: str, caplog: pytest.LogCaptureFixture
) -> None:
    folio = FolioFactory.create()
    record = open_record(folio.record)
    assert outbox.excluded_paths() == ()
    with caplog.at_level(logging.ERROR):
        recognition.work(lambda name: read_as("标题", mark, "正文"))
    assert Folio.objects.get().quarantined
    assert "quarantine" in caplog.text
    assert outbox.excluded_paths() == (record.path,)
    assert seen.see([record.pk], ANONYMOUS)[record.pk].pages == ()
    staff = Reader(Audience.STAFF)
    (page,) = seen.see([record.pk], staff)[record.pk].pages
    assert seen.image_source(page.image_id, ANONYMOUS) is None
    assert seen.image_source(page.image_id, staff) == folio
    release([folio], UserFactory.create())
    assert seen.see([record.pk], ANONYMOUS)[record.pk].pages != ()


@pytest.mark.parametrize(
    ("line", "top"),
    [("保守秘密", 0), ("国家秘密的范围", 0), ("机密★", 400), ("秘密", 251)],
)
def test_the_words_elsewhere_are_no_mark(line: str, top: int) -> None:
    FolioFactory.create()
    recognition.work(lambda name: read_as(line, top=top))
    assert not Folio.objects.get().quarantined


@pytest.mark.ocr
def test_a_scan_is_really_read() -> None:
    record = RecordFactory.create()
    with tempfile.TemporaryDirectory() as folder:
        scan = text_picture(
            Path(folder) / "1.png", "演示材料矛盾纠纷", "第二行文字调解"
        )
        master = masters.store(scan)
    add_folios(record, [NewFolio(master, "1.png")])
    assert recognition.work() == 1
    transcript = Transcript.objects.get()
    assert "演示材料" in transcript.text
    assert transcript.key.startswith("tesseract")
    view = seen.see([record.pk], Reader(Audience.STAFF))[record.pk]
    boxes = seen.boxes_of(view.pages)[transcript.folio_id]
    assert len(boxes) == len(transcript.text)
