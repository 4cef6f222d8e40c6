"""What agreements say of the records that came under them.

A hint for the people who decide on openness, which is ``archive.decisions``'
business: nothing here decides.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from archive.models import Acquisition, AcquisitionItem, Record
from archive.models.acquisitions import Permit


def sources_of(record: Record) -> QuerySet[AcquisitionItem]:
    """The things that the record, or one above it, was made of."""
    items = AcquisitionItem.objects.select_related("acquisition", "record")
    return items.filter(record__in=[record.pk, *record.ancestor_ids])


def unpublishable(
    records: Iterable[Record], today: date, *, below: bool = False
) -> dict[int, list[Acquisition]]:
    """By record id, the agreements under which it may not be published online now.

    One that forbids it, does not speak of it, or has run out. Those of the records
    above count; with ``below`` also those of the records under it. One query.
    """
    records = list(records)
    ids = {pk for one in records for pk in (one.pk, *one.ancestor_ids)}
    wanted = Q(record__in=ids)
    for one in records if below else ():
        wanted |= Q(record__path__startswith=one.path)
    items = AcquisitionItem.objects.filter(wanted).select_related(
        "acquisition", "record"
    )
    doubtful = [item for item in items if not may_publish(item.acquisition, today)]
    found: dict[int, list[Acquisition]] = {}
    for one in records:
        # In order, each once.
        concerned = {
            item.acquisition.pk: item.acquisition
            for item in doubtful
            if item.record is not None and _concerns(item.record, one, below=below)
        }
        if concerned:
            found[one.pk] = list(concerned.values())
    return found


def may_publish(acquisition: Acquisition, today: date) -> bool:
    """Whether the agreement allows publication online on this day."""
    return acquisition.may_publish == Permit.YES and not expired(acquisition, today)


def expired(acquisition: Acquisition, today: date) -> bool:
    """Whether what it authorised is over."""
    until: date | None = acquisition.authorised_until
    return until is not None and until < today


def _concerns(source: Record, record: Record, *, below: bool) -> bool:
    if record.path.startswith(source.path):
        return True
    return below and source.path.startswith(record.path)
