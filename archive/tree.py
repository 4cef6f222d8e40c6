"""The order and the codes of a tree: moving, inserting, other codes.

Plans are values, made first and shown; carrying one out is one transaction that
finds out again whether it still holds.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Max, Q

from archive import access, generation, outbox, records
from archive.codes import components_of
from archive.codes.proposals import propose
from archive.errors import CodesTaken, NotSiblings
from archive.history import Noted, note
from archive.models import (
    Batch,
    Change,
    FormerReferenceCode,
    Record,
    Tombstone,
)

_CHUNK = 500
# What is left free after an insertion that had to make room for itself.
_ROOM = 1000

User = AbstractBaseUser | None


@dataclass(frozen=True, slots=True)
class Recoding:
    """One record's code, and what it becomes."""

    record_id: int
    old: str
    new: str


def recodings(record: Record, new_parent: Record | None) -> list[Recoding]:
    """The codes of ``record`` and all below it under ``new_parent``.

    A code that begins with its parent's takes the new parent's instead, and the next
    free number there where its own is taken. One that does not begin so stays.
    """
    above = record.parent
    if above is None or new_parent is None:
        return []
    old_stem = f"{above.reference_code}-"
    if not record.reference_code.startswith(old_stem):
        return []
    new = f"{new_parent.reference_code}-{record.reference_code[len(old_stem) :]}"
    if taken([new]):
        new = propose(new_parent, record.level) or new
    below = Record.objects.filter(
        path__startswith=record.path, reference_code__startswith=record.reference_code
    )
    return [
        Recoding(pk, code, new + code[len(record.reference_code) :])
        for pk, code in below.order_by("path").values_list("pk", "reference_code")
    ]


def move(
    record: Record,
    new_parent: Record | None,
    by: User,
    *,
    recode: bool = True,
    batch: Batch | None = None,
) -> None:
    """Hang ``record`` under ``new_parent``, last of its children; codes follow.

    Raises as ``records.move``, and ``CodesTaken`` where a new code is in use.
    """
    with transaction.atomic():
        plan = recodings(record, new_parent) if recode else []
        records.move(record, new_parent, by, batch, last=True)
        recode_many(plan, by, batch)
        record.refresh_from_db()


def insert_before(record: Record, sibling: Record, by: User) -> None:
    """Put ``record`` right before ``sibling``; raises ``NotSiblings``.

    A constant number of statements; only where there is no room between the two are
    the siblings after them moved, and far enough that the next insertions find some.
    """
    with transaction.atomic():
        access.lock_trees([record, sibling])
        record.refresh_from_db()
        sibling.refresh_from_db()
        if record.parent_id != sibling.parent_id or record.pk == sibling.pk:
            raise NotSiblings
        siblings = Record.objects.filter(parent_id=record.parent_id).exclude(
            pk=record.pk
        )
        at = sibling.position
        later = Q(position__gt=at) | Q(position=at, pk__gte=sibling.pk)
        last = siblings.exclude(later).aggregate(last=Max("position"))["last"]
        below = -1 if last is None else last
        if at - below < 2:
            siblings.filter(later).update(position=F("position") + _ROOM)
            at += _ROOM
        before = {"position": record.position}
        set_position(record, (below + at + 1) // 2)
        moved = Noted(
            record.pk, Change.Action.MOVE, before, {"position": record.position}
        )
        note([moved], by, None)


def recode_many(plan: Sequence[Recoding], by: User, batch: Batch | None) -> None:
    """Give many records other codes; the old ones lead to them for good.

    All or none, in few statements. Raises ``CodesTaken`` for new codes that are, or
    once were, another's, also where two of the plan want the same.
    """
    if not plan:
        return
    with transaction.atomic():
        conflicts = _conflicts(plan)
        if conflicts:
            raise CodesTaken(conflicts)
        by_id = {one.record_id: one for one in plan}
        ids = list(by_id)
        for start in range(0, len(ids), _CHUNK):
            rows = Record.objects.filter(pk__in=ids[start : start + _CHUNK])
            chunk = list(rows.only("pk", "reference_code", "path"))
            for record in chunk:
                record.reference_code = by_id[record.pk].new
                record.code_components = components_of(record.reference_code)
            Record.objects.bulk_update(
                chunk, ["reference_code", "code_components"], batch_size=_CHUNK
            )
        FormerReferenceCode.objects.bulk_create(
            (
                FormerReferenceCode(code=one.old, record_id=one.record_id)
                for one in plan
            ),
            batch_size=_CHUNK,
        )
        note(map(_noted, plan), by, batch)
        outbox.changed(ids)


def taken(codes: Iterable[str]) -> set[str]:
    """Those of the codes that a record has, or that one ever had."""
    wanted = list(codes)
    found: set[str] = set()
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        for model, name in (
            (Record, "reference_code"),
            (FormerReferenceCode, "code"),
            (Tombstone, "reference_code"),
        ):
            rows = model._default_manager.filter(**{f"{name}__in": chunk})
            found.update(rows.values_list(name, flat=True))
    return found


def _conflicts(plan: Sequence[Recoding]) -> list[str]:
    times = Counter(one.new for one in plan)
    doubled = {code for code, count in times.items() if count > 1}
    return sorted(doubled | taken(times))


def _noted(one: Recoding) -> Noted:
    before, after = {"reference_code": one.old}, {"reference_code": one.new}
    return Noted(one.record_id, Change.Action.RECODE, before, after)


def set_position(record: Record, position: int) -> None:
    """Its place among its siblings; the caller has it logged, or takes it back."""
    Record.objects.filter(pk=record.pk).update(position=position)
    record.position = position
    # The index knows no order; pages that list the siblings do.
    generation.renew(generation.RECORDS)
