"""What undoing a batch means for each record, worked out without writing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from archive.description import label, with_dates
from archive.links import LINKS, today
from archive.models import (
    Batch,
    Change,
    Folio,
    Grant,
    OpennessDecision,
    Record,
    Review,
)
from archive.vocabulary import OpenStatus

_CHUNK = 500
_Action = Change.Action
_STEPS = (_Action.SUBMIT, _Action.RETURN, _Action.PUBLISH)


@dataclass(frozen=True, slots=True)
class Finding:
    """Why something of a record is not undone, or is lost when it is."""

    record_id: int
    reference_code: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Restore:
    """What a record gets back: values by name; its place if ``moves``, and which it
    is among its siblings there where the batch changed that; its code.

    ``waiting``: values that are not published, and wait as before the batch.
    """

    record: Record
    values: dict[str, Any] = field(default_factory=dict)
    waiting: dict[str, Any] = field(default_factory=dict)
    moves: bool = False
    parent_id: int | None = None
    position: int | None = None
    code: str = ""


@dataclass(slots=True)
class Undoing:
    """``removed`` would be taken back, ``restored`` get their old values;
    ``lost`` is later work that stands against it, ``impossible`` what stays.
    """

    removed: list[Record] = field(default_factory=list)
    restored: list[Restore] = field(default_factory=list)
    lost: list[Finding] = field(default_factory=list)
    impossible: list[Finding] = field(default_factory=list)


def undoing(batch: Batch, *, overwrite: bool = False) -> Undoing:
    """What can be undone; with ``overwrite`` also against later work."""
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for change in batch.changes.order_by("pk").iterator(chunk_size=2000):
        changes[change.record_id].append(change)
    found = Undoing()
    created = {pk for pk, ones in changes.items() if ones[0].action == _Action.CREATE}
    _Removing(batch, created, overwrite, found).run()
    edited = [pk for pk in changes if pk not in created]
    for chunk in _chunks(edited):
        held = Record.objects.in_bulk(chunk)
        links = {name: link.read(chunk) for name, link in LINKS.items()}
        reviews = Review.objects.filter(record__in=chunk)
        waiting = dict(reviews.values_list("record", "values"))
        published = _last_published(chunk)
        _read_today([change for pk in chunk for change in changes[pk]])
        for pk in chunk:
            record = held.get(pk)
            ones = changes[pk]
            kept = _proposed(ones, published.get(pk, 0))
            now = _Now(record, links, waiting.get(pk, {}), kept) if record else None
            _restoring(pk, now, ones, overwrite, found)
    return found


def _last_published(ids: Sequence[int]) -> dict[int, int]:
    """The id of the last publication of each record, in the log of changes."""
    steps = Change.objects.filter(record__in=ids, action=_Action.PUBLISH)
    last = steps.order_by().values("record_id").annotate(last=Max("pk"))
    return dict(last.values_list("record_id", "last"))


def _proposed(changes: Sequence[Change], published: int) -> frozenset[str]:
    """What the changes proposed and nobody has published since."""
    since = [one for one in changes if one.pk > published]
    proposed = [one.before for one in since if one.action == _Action.PROPOSE]
    return frozenset(name for before in proposed for name in before)


def _read_today(changes: Sequence[Change]) -> None:
    """What the changes link to may have become part of something else since."""
    befores = today(change.before for change in changes)
    afters = today(change.after for change in changes)
    for change, before, after in zip(changes, befores, afters, strict=True):
        change.before, change.after = before, after


class _Removing:
    """Which created records can be taken back: none that holds another's work."""

    def __init__(
        self, batch: Batch, created: set[int], overwrite: bool, found: Undoing
    ) -> None:
        self._batch = batch
        self._created = created
        self._overwrite = overwrite
        self._found = found

    def run(self) -> None:
        there: list[Record] = []
        kept: dict[int, None] = {}
        for chunk in _chunks(sorted(self._created)):
            records = list(Record.objects.filter(pk__in=chunk))
            there += records
            for record, message in self._impossible(records):
                self._found.impossible.append(_finding(record, message))
                kept[record.pk] = None
            for record, message in self._lost(records):
                self._found.lost.append(_finding(record, message))
                if not self._overwrite:
                    kept[record.pk] = None
        by_id = {record.pk: record for record in there}
        for record in sorted(there, key=lambda one: -one.path.count("/")):
            if record.pk not in kept:
                self._found.removed.append(record)
            elif record.parent_id in by_id and record.parent_id not in kept:
                above = by_id[record.parent_id]
                message = _("下级“%(code)s”留下，所以也留下。")
                values = {"code": record.reference_code}
                self._found.impossible.append(_finding(above, message % values))
                kept[above.pk] = None

    def _impossible(self, records: Sequence[Record]) -> Iterator[tuple[Record, str]]:
        ids = [record.pk for record in records]
        paged = set(
            Folio.objects.filter(record__in=ids).values_list("record_id", flat=True)
        )
        others: dict[int, str] = {}
        below = Record.objects.filter(parent__in=ids)
        for pk, parent, code in below.values_list("pk", "parent_id", "reference_code"):
            if pk not in self._created and parent is not None:
                others.setdefault(parent, code)
        for record in records:
            if _is_open(record):
                yield record, _("档案已经开放；请先审定为“控制”。")
            elif record.pk in paged:
                yield record, _("档案已有页面。")
            elif record.pk in others:
                message = _("有后来建立的下级“%(code)s”；请先移走或删除。")
                yield record, message % {"code": others[record.pk]}

    def _lost(self, records: Sequence[Record]) -> Iterator[tuple[Record, str]]:
        ids = [record.pk for record in records]
        later = Change.objects.filter(record__in=ids).exclude(batch=self._batch)
        edited: defaultdict[int, set[str]] = defaultdict(set)
        reviewed: set[int] = set()
        for pk, action, after in later.values_list("record_id", "action", "after"):
            if action in _STEPS:
                reviewed.add(pk)
            else:
                edited[pk].update(after)
        decided = set(
            OpennessDecision.objects.filter(record__in=ids).values_list(
                "record_id", flat=True
            )
        )
        granted = set(
            Grant.objects.filter(record__in=ids).values_list("record_id", flat=True)
        )
        for record in records:
            if names := edited.get(record.pk):
                message = _("后来修改过：%(fields)s。")
                yield record, message % {"fields": labels(names)}
            if record.pk in reviewed:
                yield record, _("著录已经提交审核。")
            if record.pk in decided:
                yield record, _("有开放审核的记录。")
            if record.pk in granted:
                yield record, _("有查阅授权，会一并取消。")


@dataclass(frozen=True, slots=True)
class _Now:
    """A record as it is; of what is ``proposed``, what waits to be published."""

    record: Record
    links: Mapping[str, Mapping[int, list[Any]]]
    waiting: Mapping[str, Any]
    proposed: frozenset[str]

    def value(self, name: str) -> Any:
        if name in self.proposed and name in self.waiting:
            return self.waiting[name]
        if name in LINKS:
            return self.links[name].get(self.record.pk, [])
        return self.record.parent_id if name == "parent" else getattr(self.record, name)


def _restoring(
    pk: int,
    now: _Now | None,
    changes: Sequence[Change],
    overwrite: bool,
    found: Undoing,
) -> None:
    """Walk one record's changes backwards, to what was before the first."""
    if now is None:
        message = _("档案已经删除。")
        found.impossible.append(Finding(pk, str(pk), message))
        return
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for change in changes:
        before = {**change.before, **before}
        after |= change.after
    # Where it stands among its siblings goes with the place; others may change it.
    restore = Restore(now.record, position=before.pop("position", None))
    stale: list[str] = []
    for name, value in before.items():
        if now.value(name) == value:
            continue
        if now.value(name) != after.get(name):
            stale.append(name)
            if not overwrite:
                continue
        if name in now.proposed:
            restore.waiting[name] = value
        else:
            _give_back(restore, name, value)
    restore.values = with_dates(now.record, restore.values)
    if stale:
        message = _("后来修改过：%(fields)s。") % {"fields": labels(stale)}
        found.lost.append(_finding(now.record, message))
    if restore.values or restore.waiting or restore.moves or restore.code:
        found.restored.append(restore)


def _give_back(restore: Restore, name: str, value: Any) -> None:
    if name == "parent":
        restore.moves, restore.parent_id = True, value
    elif name == "reference_code":
        restore.code = value
    else:
        restore.values[name] = value


def labels(names: Iterable[str]) -> str:
    """Fields as people call them."""
    return _("、").join(sorted(map(label, names)))


def _is_open(record: Record) -> bool:
    return bool(
        record.public_access
        or record.reading_room_access
        or record.open_status != OpenStatus.UNREVIEWED
    )


def _finding(record: Record, message: str) -> Finding:
    return Finding(record.pk, record.reference_code, message)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
