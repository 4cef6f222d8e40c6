"""From a leased page to its transcript."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from itertools import chain

from django.db import transaction

from archive import jobs, outbox, volumes
from archive.boxes import pack
from archive.marks import bears_secrecy_mark
from archive.models import Folio, Transcript
from media.errors import (
    BrokenImage,
    EmptyFile,
    EngineMissing,
    ExtensionMismatch,
    FileMissing,
    ImageTooLarge,
    LanguageMissing,
    MachineTrouble,
    MasterMissing,
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
# The machine or its storage lacks something: no page is to blame.
_MACHINE = (
    EngineMissing,
    FileMissing,
    LanguageMissing,
    MachineTrouble,
    MasterMissing,
)

Recognise = Callable[[str], Recognition]


def recognise_master(name: str) -> Recognition:
    """Read a stored master. All failures are ``MediaError``."""
    with ExitStack() as kept:
        try:
            path = kept.enter_context(local_copy(name))
        except MediaError:
            raise
        except Exception as error:  # storages out of reach raise errors of their own
            raise MachineTrouble(type(error).__name__) from error
        return recognise(path)


def work(read: Recognise = recognise_master) -> int | None:
    """Claim a page and recognise it; how many were claimed, 1 or 0.

    None if the machine was not fit to read it: the next one would fare no better
    at once. ``read`` turns a master's name into a recognition. Its failure is
    noted on the job; whatever happens, the page is either done or still to be done.
    """
    leases = jobs.claim(1)
    if not leases and jobs.reap():
        leases = jobs.claim(1)
    for lease in leases:
        with jobs.Heartbeat(lease):
            if not _recognise(lease, read):
                return None
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
        marked = bears_secrecy_mark(recognition)
        hidden = marked and not folio.quarantined
        folio.quarantined |= marked
        folio.save(update_fields=["transcript", "quarantined"])
        outbox.changed(volumes.holding([folio]))
        if hidden:
            outbox.hide([folio.record.path])
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


def _recognise(lease: jobs.Lease, read: Recognise) -> bool:
    """Bring one page to its text or note why not; False if the machine is unfit."""
    folio = Folio.objects.select_related("master").get(pk=lease.folio_id)
    try:
        recognition = read(folio.master.name)
    except _MACHINE as error:
        jobs.fail(lease, str(error), for_good=False, counts=False)
        logger.warning("folio %d: %s (%r)", lease.folio_id, error, error.__cause__)
        return False
    except MediaError as error:
        jobs.fail(lease, str(error), for_good=isinstance(error, _FOR_GOOD))
        logger.warning("folio %d: %s (%r)", lease.folio_id, error, error.__cause__)
    except Exception as error:
        jobs.fail(lease, f"{type(error).__name__}: {error}", for_good=False)
        logger.exception("folio %d", lease.folio_id)
    else:
        commit(lease, recognition)
    return True


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
