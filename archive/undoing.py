"""What undoing a batch means for each record, worked out without writing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from archive.description import label
from archive.links import LINKS
from archive.models import Batch, Change, Folio, Grant, OpennessDecision, Record
from archive.vocabulary import OpenStatus

_CHUNK = 500
_Action = Change.Action


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
    """What a record gets back: values by name; its place if ``moves``; its code."""

    record: Record
    values: dict[str, Any] = field(default_factory=dict)
    moves: bool = False
    parent_id: int | None = None
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
        for pk in chunk:
            _restoring(pk, held.get(pk), changes[pk], links, overwrite, found)
    return found


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
        for pk, after in later.values_list("record_id", "after"):
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
            if record.pk in decided:
                yield record, _("有开放审核的记录。")
            if record.pk in granted:
                yield record, _("有查阅授权，会一并取消。")


def _restoring(
    pk: int,
    record: Record | None,
    changes: Sequence[Change],
    links: Mapping[str, Mapping[int, list[Any]]],
    overwrite: bool,
    found: Undoing,
) -> None:
    """Walk one record's changes backwards, to what was before the first."""
    if record is None:
        message = _("档案已经删除。")
        found.impossible.append(Finding(pk, str(pk), message))
        return
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for change in changes:
        before = {**change.before, **before}
        after |= change.after
    restore = Restore(record)
    stale: list[str] = []
    for name, value in before.items():
        now = _now(record, name, links)
        if now == value:
            continue
        if now != after.get(name):
            stale.append(name)
            if not overwrite:
                continue
        _give_back(restore, name, value)
    if stale:
        message = _("后来修改过：%(fields)s。") % {"fields": labels(stale)}
        found.lost.append(_finding(record, message))
    if restore.values or restore.moves or restore.code:
        found.restored.append(restore)


def _now(
    record: Record, name: str, links: Mapping[str, Mapping[int, list[Any]]]
) -> Any:
    if name in LINKS:
        return links[name].get(record.pk, [])
    return record.parent_id if name == "parent" else getattr(record, name)


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
