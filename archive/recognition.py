"""From a leased page to its transcript."""

import logging
from collections.abc import Callable
from itertools import chain

from django.db import transaction

from archive import jobs, outbox
from archive.boxes import pack
from archive.marks import bears_secrecy_mark
from archive.models import Folio, Transcript
from media.errors import (
    BrokenImage,
    EmptyFile,
    EngineMissing,
    ExtensionMismatch,
    ImageTooLarge,
    LanguageMissing,
    MediaError,
    MultiPageImage,
    PasswordProtected,
    UnsupportedFormat,
)
from media.masters import local_copy
from media.recognition.pipeline import recognise
from media.values import Box, Recognition

logger = logging.getLogger(__name__)

# Another attempt at the same bytes would end the same way.
_FOR_GOOD = (
    BrokenImage,
    EmptyFile,
    ExtensionMismatch,
    ImageTooLarge,
    MultiPageImage,
    PasswordProtected,
    UnsupportedFormat,
)
# The machine lacks something: no page is to blame.
_MACHINE = (EngineMissing, LanguageMissing)

Recognise = Callable[[str], Recognition]


def recognise_master(name: str) -> Recognition:
    """Read a stored master. All failures are ``MediaError``."""
    with local_copy(name) as path:
        return recognise(path)


def work(limit: int = 1, read: Recognise = recognise_master) -> int:
    """Claim up to ``limit`` pages and recognise them; how many were claimed.

    ``read`` turns a master's name into a recognition. Its failure is noted on the
    job; whatever happens, the page is either done or still to be done.
    """
    leases = jobs.claim(limit)
    if not leases and jobs.reap():
        leases = jobs.claim(limit)
    for lease in leases:
        with jobs.Heartbeat(lease):
            _recognise(lease, read)
    return len(leases)


def commit(lease: jobs.Lease, recognition: Recognition) -> bool:
    """Store the text if the lease still holds; all of it or nothing.

    A correction by a person stays in force. A text with a secrecy mark puts the
    page into quarantine in the same commit.
    """
    with transaction.atomic():
        if not jobs.finish(lease):
            logger.warning("folio %d: lease lost, result dropped", lease.folio_id)
            return False
        folio = (
            Folio.objects.select_for_update(of=("self",))
            .select_related("record", "transcript")
            .get(pk=lease.folio_id)
        )
        transcript = _stored(folio, recognition)
        if folio.transcript is None or not folio.transcript.is_correction:
            folio.transcript = transcript
        marked = bears_secrecy_mark(recognition) and not folio.quarantined
        folio.quarantined |= marked
        folio.save(update_fields=["transcript", "quarantined"])
        outbox.changed([folio.record_id])
        if marked:
            outbox.hide(folio.record.path)
    if marked:
        logger.error(
            "record %s, page %d: a secrecy mark? The page is in quarantine.",
            folio.record.reference_code,
            folio.sequence,
        )
    return True


def boxes_of(recognition: Recognition) -> list[Box | None]:
    """A box for each code point of the text, None for the line feeds."""
    lines = ([char.box for char in line.chars] for line in recognition.lines)
    boxes: list[Box | None] = list(chain.from_iterable((*line, None) for line in lines))
    return boxes[:-1]


def _recognise(lease: jobs.Lease, read: Recognise) -> None:
    folio = Folio.objects.select_related("master").get(pk=lease.folio_id)
    try:
        recognition = read(folio.master.name)
    except MediaError as error:
        jobs.fail(
            lease,
            str(error),
            for_good=isinstance(error, _FOR_GOOD),
            counts=not isinstance(error, _MACHINE),
        )
        logger.warning("folio %d: %s (%r)", lease.folio_id, error, error.__cause__)
    except Exception as error:
        jobs.fail(lease, f"{type(error).__name__}: {error}", for_good=False)
        logger.exception("folio %d", lease.folio_id)
    else:
        commit(lease, recognition)


def _stored(folio: Folio, recognition: Recognition) -> Transcript:
    """The transcript under the recognition's key, made unless it is there."""
    transcript, _created = Transcript.objects.get_or_create(
        folio=folio,
        key=recognition.key,
        defaults={
            "text": recognition.text,
            "boxes": pack(boxes_of(recognition)),
            "direction": recognition.direction,
            "script": recognition.script,
            "confidence": recognition.confidence,
            "engine": recognition.engine,
            "engine_version": recognition.engine_version,
            "seconds": recognition.seconds,
        },
    )
    return transcript
