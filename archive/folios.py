"""Adding pages to a record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from archive import outbox, volumes
from archive.models import Folio, Job, MasterFile, OpennessDecision, Record
from archive.openness import Access, openness_of, own_access
from media.values import Master


@dataclass(frozen=True, slots=True)
class NewFolio:
    """A stored master on its way to become a page; ``filename`` is its source's.

    ``sequence`` None: after the page before it.
    """

    master: Master
    filename: str
    label: str = ""
    sequence: int | None = None


def pages_wait(record: Record) -> bool:
    """Whether new pages stay in quarantine until a person releases them.

    The decision that opened the record, or that is about to, speaks of the pages
    that it had then. What is above it does not count: that may be opened without
    another look at it.
    """
    own = own_access(openness_of(record))
    if Access.FULL in (own.public, own.reading_room):
        return True
    proposed = OpennessDecision.Outcome.PROPOSED
    return record.openness_decisions.filter(outcome=proposed).exists()


def add_folios(record: Record, new: Iterable[NewFolio]) -> list[Folio]:
    """Add pages, after the last one or at their own place, with their jobs.

    Those of an open record are quarantined (``pages_wait``). The caller sees to it
    that places are free.
    """
    new = list(new)
    if not new:
        return []
    with transaction.atomic():
        held = Record.objects.select_for_update().get(pk=record.pk)
        wait = pages_wait(held)
        masters = _master_rows([folio.master for folio in new])
        last = record.folios.aggregate(last=Max("sequence"))["last"] or 0
        folios: list[Folio] = []
        for page in new:
            last = page.sequence or last + 1
            folios.append(
                Folio(
                    record=record,
                    sequence=last,
                    label=page.label,
                    master=masters[page.master.sha256],
                    original_filename=page.filename,
                    quarantined=wait,
                )
            )
        folios = Folio.objects.bulk_create(folios, batch_size=500)
        Job.objects.bulk_create(Job(folio=folio) for folio in folios)
        outbox.changed(volumes.holding(folios))
    return folios


def _master_rows(masters: Sequence[Master]) -> dict[str, MasterFile]:
    """By SHA-256, the row of each master; those that are missing are made."""
    MasterFile.objects.bulk_create(
        (
            MasterFile(
                sha256=master.sha256,
                name=master.name,
                size=master.size,
                format=master.format,
                width=master.width,
                height=master.height,
                dpi=master.dpi,
            )
            for master in masters
        ),
        ignore_conflicts=True,
    )
    rows = MasterFile.objects.in_bulk(
        [master.sha256 for master in masters], field_name="sha256"
    )
    return dict(rows)
