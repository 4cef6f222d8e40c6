"""Creating, describing, moving and deleting records and their pages.

Everything here is one transaction that also tells the outbox. Whoever changes the
tree holds the root of it, so that paths and stored access cannot be worked out
from a state that another transaction is about to change.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Max, QuerySet, Value
from django.db.models.functions import Cast, Concat, Substr

from archive import access, codes, outbox
from archive.description import described
from archive.errors import (
    CycleRefused,
    InvalidReferenceCode,
    OpeningRefused,
    RecordNotEmpty,
    ReferenceCodeTaken,
    TreeTooDeep,
)
from archive.models import (
    Folio,
    FormerReferenceCode,
    Job,
    MasterFile,
    OpennessDecision,
    Record,
    Tombstone,
)
from archive.openness import Access, openness_of, own_access
from media.values import Master

logger = logging.getLogger(__name__)

_PATH_LENGTH = 255
_STEP_LENGTH = 20  # an id of 19 digits and its slash


@dataclass(frozen=True, slots=True)
class NewFolio:
    """A stored master on its way to become a page; ``filename`` is its source's.

    ``sequence`` None: after the page before it.
    """

    master: Master
    filename: str
    label: str = ""
    sequence: int | None = None


def create(parent: Record | None, **fields: Any) -> Record:
    """A new record below ``parent``, closed to all but staff.

    ``fields`` are description, ``reference_code``, ``level``, ``position``, the
    claims ``secrecy`` and ``disclosure_status``, and ``tags`` (names). Raises
    ``InvalidReferenceCode``, ``ReferenceCodeTaken``, ``UnknownField``,
    ``InvalidValue``, ``ValueTooLong``, ``ClassifiedRefused``, ``TreeTooDeep``.
    """
    return create_many(parent, [fields])[0]


def create_many(
    parent: Record | None, rows: Iterable[Mapping[str, Any]]
) -> list[Record]:
    """New siblings, in order, in few queries; see ``create``.

    ``position`` continues after the last sibling where a row does not give it.
    """
    tags: list[Sequence[str]] = []
    records: list[Record] = []
    for row in rows:
        fields = dict(row)
        tags.append(tuple(fields.pop("tags", ())))
        code = codes.normalise(fields.pop("reference_code", ""))
        position = fields.pop("position", None)
        record = Record(reference_code=code, **described(fields, creating=True))
        record.position = -1 if position is None else position
        records.append(record)
    with transaction.atomic():
        if parent is not None:
            access.lock_trees([parent])
            parent.refresh_from_db(fields=["path"])
        _require_free([record.reference_code for record in records])
        _place(parent, records)
        try:
            Record.objects.bulk_create(records, batch_size=500)
        except IntegrityError as error:  # another process was faster
            raise ReferenceCodeTaken(records[0].reference_code) from error
        _write_paths(parent, records)
        for record, names in zip(records, tags, strict=True):
            if names:
                record.tags.set(names)
        outbox.changed(record.pk for record in records)
    for record in records:
        record.version += 1
    return records


def edit(
    record: Record, changes: Mapping[str, Any], by: AbstractBaseUser | None
) -> None:
    """Change description fields and ``tags``; nothing that bears on openness.

    A changed ``date_original`` renews the other date fields unless they are
    given too. Raises ``UnknownField``, ``InvalidValue``, ``ValueTooLong``.
    """
    fields = dict(changes)
    tags = fields.pop("tags", None)
    fields = described(fields, creating=False)
    with transaction.atomic():
        for name, value in fields.items():
            setattr(record, name, value)
        if fields:
            record.save(update_fields=[*fields, "updated_at"])
        if tags is not None:
            record.tags.set(tags)
        outbox.changed([record.pk])
        record.refresh_from_db(fields=["version"])
    logger.info("%s edited record %d: %s", by, record.pk, ", ".join(changes))


def set_reference_code(record: Record, code: str) -> None:
    """Give the record another code; the one it had leads to it for good."""
    code = codes.normalise(code)
    with transaction.atomic():
        record.refresh_from_db(fields=["reference_code"])
        if code == record.reference_code:
            return
        _require_free([code], owner=record)
        record.former_codes.filter(code=code).delete()
        FormerReferenceCode.objects.create(code=record.reference_code, record=record)
        record.reference_code = code
        record.save(update_fields=["reference_code", "updated_at"])
        # Descendants show it in their breadcrumbs and facets.
        outbox.subtree_changed(record)
        record.refresh_from_db(fields=["version"])


def resolve(code: str, among: QuerySet[Record] | None = None) -> Record | None:
    """The record that has this code, or once had it (then the codes differ).

    ``among`` is where to look: ``seen.visible`` for what leaves the house, so that
    a closed record is looked for, and not found, as one that does not exist.
    """
    records = Record.objects.all() if among is None else among
    try:
        spellings = {code: None, codes.normalise(code): None}
    except InvalidReferenceCode:
        return None
    for spelling in spellings:
        current = records.filter(reference_code=spelling).first()
        if current is not None:
            return current
    return records.filter(former_codes__code__in=spellings).first()


def move(record: Record, new_parent: Record | None) -> None:
    """Hang the record, with all below it, under ``new_parent`` (None: at the top).

    Never opens anything: ``OpeningRefused`` where the new place is less strict than
    the old and a record would be seen by more people than before.
    """
    with transaction.atomic():
        access.lock_trees([record] if new_parent is None else [record, new_parent])
        record.refresh_from_db(fields=["path", "parent"])
        if new_parent is not None:
            new_parent.refresh_from_db(fields=["path"])
            if new_parent.path.startswith(record.path):
                raise CycleRefused
        old = record.path
        new = f"{new_parent.path if new_parent else ''}{record.pk}/"
        below = Record.objects.filter(path__startswith=old)
        deepest = max(len(path) for path in below.values_list("path", flat=True))
        if deepest - len(old) + len(new) > _PATH_LENGTH:
            raise TreeTooDeep
        below.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
        Record.objects.filter(pk=record.pk).update(parent=new_parent)
        moved = Record.objects.get(pk=record.pk)
        if access.recompute([moved]).opened:
            raise OpeningRefused
        outbox.subtree_changed(moved, exclude=[old])
        changed = ("path", "parent", "version", "public_access", "reading_room_access")
        record.refresh_from_db(fields=changed)


def delete(record: Record) -> None:
    """Delete a record without children or pages; its codes are never given again."""
    with transaction.atomic():
        access.lock_trees([record])
        if record.children.exists() or record.folios.exists():
            raise RecordNotEmpty
        record.refresh_from_db(fields=["version", "path", "reference_code"])
        outbox.removed(record)
        record.delete()


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
        outbox.changed([record.pk])
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


def _place(parent: Record | None, records: Sequence[Record]) -> None:
    """Parent and positions of new siblings, before they are written."""
    if parent is not None and len(parent.path) + _STEP_LENGTH > _PATH_LENGTH:
        raise TreeTooDeep
    siblings = Record.objects.filter(parent=parent)
    last = siblings.aggregate(last=Max("position"))["last"]
    position = -1 if last is None else last
    for record in records:
        record.parent = parent
        if record.position < 0:
            position += 1
            record.position = position
        position = max(position, record.position)


def _write_paths(parent: Record | None, records: Sequence[Record]) -> None:
    """Paths hold the ids, so they follow in a second statement."""
    prefix = parent.path if parent is not None else ""
    ids = [record.pk for record in records]
    for start in range(0, len(ids), 500):
        Record.objects.filter(pk__in=ids[start : start + 500]).update(
            path=Concat(Value(prefix), Cast(F("pk"), CharField()), Value("/"))
        )
    for record in records:
        record.path = f"{prefix}{record.pk}/"


def _require_free(wanted: Sequence[str], owner: Record | None = None) -> None:
    """Raise ``ReferenceCodeTaken`` for a code given twice, now or ever."""
    if len(set(wanted)) < len(wanted):
        twice = next(code for code in wanted if wanted.count(code) > 1)
        raise ReferenceCodeTaken(twice)
    former = FormerReferenceCode.objects.all()
    if owner is not None:
        former = former.exclude(record=owner)
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        taken = (
            Record.objects.filter(reference_code__in=chunk).first()
            or former.filter(code__in=chunk).first()
            or Tombstone.objects.filter(reference_code__in=chunk).first()
        )
        if taken is not None:
            raise ReferenceCodeTaken(getattr(taken, "reference_code", str(taken)))
