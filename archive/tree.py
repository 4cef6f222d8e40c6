"""The order and the codes of a tree: moving, inserting, numbering.

Plans are values, made first and shown; carrying one out is one transaction that
finds out again whether it still holds.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Max, Q

from archive import access, outbox, records
from archive.codes import Scheme, components_of
from archive.codes.proposals import next_number, propose, template_of
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
_NUMBER = re.compile(r"(.*?)(\d+)$")
MAX_GAPS = 10_000

User = AbstractBaseUser | None


@dataclass(frozen=True, slots=True)
class Recoding:
    """One record's code, and what it becomes."""

    record_id: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """What is wrong with the running numbers below one record.

    Numbers run within what stands before them: a new year begins with 001 again.
    ``gaps`` are those that no child has, with what stands before them where there are
    several series, at most ``MAX_GAPS`` of each; ``doubled``, ``unordered`` and
    ``unnumbered`` are the codes concerned, as are ``foreign``, which do not follow
    the template of the fonds.
    """

    count: int
    gaps: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    unordered: tuple[str, ...] = ()
    unnumbered: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        wrong = (self.gaps, self.doubled, self.unordered, self.unnumbered)
        return not any((*wrong, self.foreign))


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
        records.move(record, new_parent, by, batch)
        last = Record.objects.filter(parent=new_parent).exclude(pk=record.pk)
        highest = last.aggregate(last=Max("position"))["last"]
        _set_position(record, 0 if highest is None else highest + 1)
        recode_many(plan, by, batch)
        record.refresh_from_db()


def insert_before(record: Record, sibling: Record, by: User) -> None:
    """Put ``record`` right before ``sibling``; raises ``NotSiblings``.

    Two statements, however many siblings there are.
    """
    with transaction.atomic():
        access.lock_trees([record, sibling])
        record.refresh_from_db()
        sibling.refresh_from_db()
        if record.parent_id != sibling.parent_id or record.pk == sibling.pk:
            raise NotSiblings
        at = sibling.position
        later = Q(position__gt=at) | Q(position=at, pk__gte=sibling.pk)
        siblings = Record.objects.filter(parent_id=record.parent_id)
        # Two apart: an older sibling may share the place.
        siblings.filter(later).exclude(pk=record.pk).update(position=F("position") + 2)
        before = {"position": record.position}
        _set_position(record, at + 1)
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


def numbering(parent: Record, level: str) -> Numbering:
    """The running numbers of the children of one level, in their order."""
    children = Record.objects.filter(parent=parent, level=level)
    ordered = children.order_by("position", "pk")
    codes = list(ordered.values_list("reference_code", flat=True))
    series = _series(codes)
    gaps: list[str] = []
    doubled: set[str] = set()
    unordered: set[str] = set()
    for stem, rows in series.items():
        numbers = [int(number) for _code, number in rows]
        times = Counter(numbers)
        width = len(rows[-1][1])
        before = stem if len(series) > 1 else ""
        gaps += (f"{before}{number:0{width}d}" for number in _missing(times))
        doubled |= {code for code, number in rows if times[int(number)] > 1}
        unordered |= {
            code
            for (code, _n), (earlier, later) in zip(
                rows[1:], pairwise(numbers), strict=True
            )
            if later < earlier
        }
    template = template_of(parent)
    scheme = Scheme(template.scheme) if template is not None else None
    return Numbering(
        count=len(codes),
        gaps=tuple(gaps),
        doubled=tuple(code for code in codes if code in doubled),
        unordered=tuple(code for code in codes if code in unordered),
        unnumbered=tuple(code for code in codes if _NUMBER.match(code) is None),
        foreign=tuple(
            code for code in codes if scheme and not components_of(code, scheme.value)
        ),
    )


def renumbering(parent: Record, level: str) -> list[Recoding]:
    """Fresh numbers for the children whose number is doubled, missing or out of order.

    They continue after the highest number ever given: a number that was once
    somebody's is not given again, so gaps stay, and are told.
    """
    report = numbering(parent, level)
    wrong = {*report.doubled, *report.unordered, *report.unnumbered}
    children = Record.objects.filter(parent=parent, reference_code__in=wrong)
    rows = children.order_by("position", "pk").values_list("pk", "reference_code")
    usual = _NUMBER.match(propose(parent, level)) if report.unnumbered else None
    plan: list[Recoding] = []
    kept: set[tuple[str, int]] = set()
    following: dict[str, int] = {}
    for pk, code in rows:
        own = _NUMBER.match(code)
        match = own or usual
        if match is None:
            continue
        stem, number, width = match[1], int(match[2]), len(match[2])
        if own and code not in report.unordered and (stem, number) not in kept:
            kept.add((stem, number))  # the first of those that share a number
            continue
        if stem not in following:
            following[stem] = next_number(stem)
        plan.append(Recoding(pk, code, f"{stem}{following[stem]:0{width}d}"))
        following[stem] += 1
    return plan


def _series(codes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """(code, number) of the codes that end in one, by what stands before it."""
    series: dict[str, list[tuple[str, str]]] = {}
    for code in codes:
        if match := _NUMBER.match(code):
            series.setdefault(match[1], []).append((code, match[2]))
    return series


def _missing(times: Counter[int]) -> Iterator[int]:
    """Numbers from 1 to the highest that are not there."""
    absent = (one for one in range(1, max(times, default=0)) if one not in times)
    return islice(absent, MAX_GAPS)


def renumber(plan: Sequence[Recoding], label: str, by: User) -> Batch:
    """Carry out a plan of ``renumbering``, as one batch."""
    with transaction.atomic():
        batch = Batch.objects.create(
            kind=Batch.Kind.RENUMBER,
            label=label[:200],
            by_id=by.pk if by is not None else None,
        )
        recode_many(plan, by, batch)
    return batch


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


def _set_position(record: Record, position: int) -> None:
    Record.objects.filter(pk=record.pk).update(position=position)
    record.position = position
