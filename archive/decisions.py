"""Opening and closing records: one person proposes, another approves.

The only module that changes the fields of ``openness.Openness`` after a record was
created. Every step leaves a row in a log that is never rewritten.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import access, outbox, volumes
from archive.errors import (
    AlreadyDecided,
    ClassifiedRefused,
    DecisionOutdated,
    InvalidGrant,
    InvalidValue,
    NotPublished,
    ReasonMissing,
    SamePerson,
    UnknownField,
    ValueTooLong,
)
from archive.models import Grant, OpennessDecision, Record
from archive.openness import (
    OPENNESS_FIELDS,
    AccessTable,
    Audience,
    Openness,
    openness_of,
    own_access,
)
from archive.vocabulary import (
    CLASSIFIED,
    Clearance,
    DescriptionStatus,
    Disclosure,
    OpenStatus,
    Secrecy,
)

_VOCABULARIES: Mapping[str, frozenset[object]] = {
    "open_status": frozenset(OpenStatus.values),
    "secrecy": frozenset(Secrecy.values),
    "disclosure_status": frozenset(Disclosure.values),
    "publication_right": frozenset(Clearance.values),
    "personal_information": frozenset(Clearance.values),
    "copyright_status": frozenset(Clearance.values),
    "catalogue_approved": frozenset({True, False}),
}
_REASON_LENGTH = 500
_CHUNK = 500

Outcome = OpennessDecision.Outcome


def propose(
    records: Iterable[Record],
    values: Mapping[str, str | bool],
    reason: str,
    by: AbstractBaseUser,
) -> list[OpennessDecision]:
    """One open proposal a record, to set ``values`` (fields of ``Openness``).

    Nothing changes yet. Raises ``UnknownField``, ``InvalidValue``,
    ``ClassifiedRefused``, ``ReasonMissing``, ``ValueTooLong``.
    """
    _check(values)
    if not reason.strip():
        raise ReasonMissing
    if len(reason) > _REASON_LENGTH:
        raise ValueTooLong("reason", _REASON_LENGTH)
    with transaction.atomic():
        current = Record.objects.filter(pk__in=[record.pk for record in records])
        return OpennessDecision.objects.bulk_create(
            OpennessDecision(
                record=record,
                reference_code=record.reference_code,
                values=dict(values),
                values_before=_present(record, values),
                reason=reason,
                proposed_by_id=by.pk,
            )
            for record in current.order_by("pk")
        )


def approve(decisions: Iterable[OpennessDecision], by: AbstractBaseUser) -> None:
    """Carry proposals out, all of them or none; ``by`` proposed none of them.

    Stored access follows for all that lies below. Raises ``SamePerson``,
    ``AlreadyDecided``, ``DecisionOutdated``, and ``NotPublished`` for what would
    show anybody a description that nobody has reviewed.
    """
    with transaction.atomic():
        rows = _close(decisions, Outcome.APPROVED, by)
        ids = [row.record_id for row in rows]
        access.lock_trees(Record.objects.filter(pk__in=ids))
        records = Record.objects.in_bulk(ids)
        for row in rows:
            record = records.get(row.record_id)
            if record is None or row.values_before != _present(record, row.values):
                raise DecisionOutdated(row.reference_code)
            _check(row.values)
            before = own_access(openness_of(record))
            for name, value in row.values.items():
                setattr(record, name, value)
            _require_published(record, before)
        _store(records.values())
        done = access.recompute(_topmost(records.values()))
        outbox.changed(done.visited)
        outbox.hide(done.closed)
        divided = volumes.volumes_of(done.visited)
        volumes.follow(divided, divided if done.closed else ())


def refuse(decisions: Iterable[OpennessDecision], by: AbstractBaseUser) -> None:
    """Close proposals without effect. Raises ``SamePerson``, ``AlreadyDecided``."""
    with transaction.atomic():
        _close(decisions, Outcome.REFUSED, by)


def grant(
    record: Record,
    reader: AbstractBaseUser,
    audience: Audience,
    until: date,
    by: AbstractBaseUser,
) -> Grant:
    """Let ``reader`` see one record as ``audience`` up to and including ``until``.

    Not what lies below it. Raises ``InvalidGrant``.
    """
    if audience not in (Audience.READING_ROOM, Audience.STAFF):
        raise InvalidGrant(_("授权只能视同“授权查阅”或“馆内工作”。"))
    if until < timezone.localdate():
        raise InvalidGrant(_("授权的有效期不能早于今天。"))
    if reader.pk == by.pk:
        raise InvalidGrant(_("不能给自己授权。"))
    return Grant.objects.create(
        record=record,
        reader_id=reader.pk,
        audience=audience,
        until=until,
        granted_by_id=by.pk,
    )


def _check(values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if name not in OPENNESS_FIELDS:
            raise UnknownField(name)
        if value in CLASSIFIED:
            raise ClassifiedRefused(str(value))
        if value not in _VOCABULARIES[name]:
            raise InvalidValue(name, value)


def _require_published(record: Record, before: AccessTable) -> None:
    """Opening shows a description that was reviewed; closing needs nothing."""
    after = own_access(openness_of(record))
    opens = after.strictest(before) != after
    if opens and record.description_status != DescriptionStatus.PUBLISHED:
        raise NotPublished(record.reference_code)


def _present(record: Record, values: Iterable[str]) -> dict[str, object]:
    return {name: getattr(record, name) for name in values}


def _close(
    decisions: Iterable[OpennessDecision], outcome: str, by: AbstractBaseUser
) -> list[OpennessDecision]:
    """Close the rows in the log, as they are there, not as they were handed in."""
    ids = {decision.pk for decision in decisions}
    log = OpennessDecision.objects.filter(pk__in=ids)
    rows = list(log.select_for_update().order_by("pk"))
    if any(row.proposed_by_id == by.pk for row in rows):
        raise SamePerson
    if log.close(outcome, by, timezone.now()) != len(ids):
        raise AlreadyDecided
    return rows


def _store(records: Iterable[Record]) -> None:
    """Write the openness of records: one statement for those that are alike."""
    alike: defaultdict[Openness, list[int]] = defaultdict(list)
    for record in records:
        alike[openness_of(record)].append(record.pk)
    for openness, ids in alike.items():
        for start in range(0, len(ids), _CHUNK):
            chunk = Record.objects.filter(pk__in=ids[start : start + _CHUNK])
            chunk.update(**asdict(openness))


def _topmost(records: Iterable[Record]) -> list[Record]:
    """Those of the records that lie below no other of them."""
    by_id = {record.pk: record for record in records}
    return [
        record
        for record in by_id.values()
        if by_id.keys().isdisjoint(record.ancestor_ids)
    ]
