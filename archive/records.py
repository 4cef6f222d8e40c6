"""Creating, describing, moving and deleting records.

Everything here is one transaction that also tells the outbox and the history: by
whom, and in which batch where changes came together. Whoever changes the tree holds
the root of it, so that paths and stored access cannot be worked out from a state
that another transaction is about to change.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Max, QuerySet, Value
from django.db.models.functions import Cast, Concat, Length, Substr
from django.utils import timezone

from archive import access, codes, materials, outbox, typed_names, volumes
from archive.codes.proposals import template_of
from archive.completeness import CHECKED
from archive.description import EDITABLE, described, label
from archive.errors import (
    CodeOffTemplate,
    CycleRefused,
    InvalidRange,
    InvalidReferenceCode,
    OpeningRefused,
    RecordNotEmpty,
    ReferenceCodeTaken,
    RequiredEmptied,
    TreeTooDeep,
)
from archive.history import Noted, note
from archive.links import LINKS, apart
from archive.models import (
    Batch,
    Change,
    FormerReferenceCode,
    Record,
    Tombstone,
    TypedName,
)
from archive.subjects import names
from archive.vocabulary import DescriptionStatus, Level

logger = logging.getLogger(__name__)

_PATH_LENGTH = 255
_STEP_LENGTH = 20  # an id of 19 digits and its slash
_CHUNK = 500
# What the history keeps: date_min and date_max follow from the other date fields.
_RANGE = ("first_page", "last_page")
_LOGGED = EDITABLE | frozenset(LINKS)

User = AbstractBaseUser | None


def create(
    parent: Record | None, *, by: User = None, batch: Batch | None = None, **fields: Any
) -> Record:
    """A new record below ``parent``, closed to all but staff.

    ``fields`` are description, ``reference_code``, ``level``, ``position``, the
    claims ``secrecy`` and ``disclosure_status``, and links (``tags``: names). Raises
    ``InvalidReferenceCode``, ``ReferenceCodeTaken``, ``UnknownField``,
    ``InvalidValue``, ``ValueTooLong``, ``ClassifiedRefused``, ``TreeTooDeep``.
    """
    return create_many(parent, [fields], by=by, batch=batch)[0]


def create_many(
    parent: Record | None,
    rows: Iterable[Mapping[str, Any]],
    *,
    by: User = None,
    batch: Batch | None = None,
) -> list[Record]:
    """New siblings, in order, in few queries; see ``create``.

    ``position`` continues after the last sibling where a row does not give it.
    """
    links: list[dict[str, list[Any]]] = []
    records: list[Record] = []
    for fields, linked in apart(list(rows)):
        links.append(linked)
        code = codes.normalise(fields.pop("reference_code", ""))
        position = fields.pop("position", None)
        record = Record(reference_code=code, **described(fields, creating=True))
        record.position = -1 if position is None else position
        record.code_components = codes.components_of(code)
        _require_range(record.first_page, record.last_page)
        records.append(record)
    with transaction.atomic():
        if parent is not None:
            access.lock_trees([parent])
            parent.refresh_from_db(fields=["path"])
        _require_free([record.reference_code for record in records])
        _require_template(parent, records)
        _place(parent, records)
        divides = parent is not None and any(one.first_page for one in records)
        try:
            with volumes.kept_closed([parent.pk] if parent and divides else []):
                Record.objects.bulk_create(records, batch_size=_CHUNK)
        except IntegrityError as error:  # another process was faster
            raise ReferenceCodeTaken(records[0].reference_code) from error
        _write_paths(parent, records)
        TypedName.objects.bulk_create(
            row for record in records for row in typed_names.rows_of(record)
        )
        _write_links(zip(records, links, strict=True))
        names.keep({one.pk: one.subjects for one in records if one.subjects})
        note(map(_created, records), by, batch)
        outbox.changed(record.pk for record in records)
    for record in records:
        record.version += 1
    return records


def edit(
    record: Record, changes: Mapping[str, Any], by: User, batch: Batch | None = None
) -> None:
    """Change description fields and links; nothing that bears on openness.

    A changed ``date_original`` renews the other date fields unless they are
    given too. Raises ``UnknownField``, ``InvalidValue``, ``ValueTooLong``.
    """
    edit_many([(record, changes)], by, batch)


def edit_many(
    edits: Iterable[tuple[Record, Mapping[str, Any]]],
    by: User,
    batch: Batch | None = None,
) -> int:
    """``edit`` for many records, each once: all of them or, on an error, none.

    Returns how many were changed; what is already as wanted is left alone, so
    that it gets neither a version nor a line in the history.
    """
    asked = list(edits)
    parted = apart([changes for _record, changes in asked])
    wanted = [
        (record, _Edit(described(fields, creating=False), links))
        for (record, _changes), (fields, links) in zip(asked, parted, strict=True)
    ]
    # In one order, whatever the caller's: two that wait for each other never end.
    ids = sorted(record.pk for record, _one in wanted)
    with transaction.atomic():
        held = _held(ids)
        linked = {name: link.read(ids) for name, link in LINKS.items()}
        for record, one in wanted:
            one.compare(held[record.pk], linked)
        changed = [one for _record, one in wanted if one.differs]
        _keep_required(changed)
        _check_ranges(changed)
        with volumes.kept_closed(_divided_anew(changed)):
            _write_fields(one for one in changed if one.fields)
        _write_links((one.held, one.links) for one in changed)
        names.keep(_new_subjects(changed))
        note((one.noted() for one in changed), by, batch)
        outbox.changed(one.held.pk for one in changed)
    for record, one in wanted:
        for name, value in one.fields.items():
            setattr(record, name, value)
        record.version = one.held.version + one.differs
    logger.info("%s edited %d records", by, len(changed))
    return len(changed)


@dataclass(slots=True)
class _Edit:
    """Wanted values of one record; comparing leaves those that it does not have."""

    fields: dict[str, Any]
    links: dict[str, list[Any]]
    held: Record = field(default_factory=Record)
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        return bool(self.fields or self.links)

    def compare(
        self, held: Record, linked: Mapping[str, Mapping[int, list[Any]]]
    ) -> None:
        self.held = held
        now = {name: getattr(held, name) for name in self.fields}
        now |= {name: linked[name].get(held.pk, []) for name in self.links}
        self.fields = {n: v for n, v in self.fields.items() if v != now[n]}
        if not self.fields.keys().isdisjoint(("material", "particulars")):
            wanted = {"material": held.material, "particulars": held.particulars}
            wanted |= self.fields
            materials.require_fit(wanted["material"], wanted["particulars"])
        self.links = {n: v for n, v in self.links.items() if v != now[n]}
        self.before = {n: now[n] for n in (*self.fields, *self.links)}

    def noted(self) -> Noted:
        after = {**self.fields, **self.links}
        logged = [name for name in after if name in _LOGGED]
        return Noted(
            self.held.pk,
            Change.Action.EDIT,
            {name: self.before[name] for name in logged},
            {name: after[name] for name in logged},
        )


def set_reference_code(
    record: Record, code: str, by: User = None, batch: Batch | None = None
) -> None:
    """Give the record another code; the one it had leads to it for good."""
    code = codes.normalise(code)
    with transaction.atomic():
        record.refresh_from_db(fields=["reference_code"])
        if code == record.reference_code:
            return
        _require_free([code], owner=record)
        was, record.reference_code = record.reference_code, code
        _require_template(record.parent, [record])
        record.reference_code = was
        record.former_codes.filter(code=code).delete()
        old = record.reference_code
        FormerReferenceCode.objects.create(code=old, record=record)
        record.reference_code = code
        record.code_components = codes.components_of(code)
        changed = ["reference_code", "code_components", "updated_at"]
        record.save(update_fields=changed)
        # Descendants show it in their breadcrumbs and facets.
        outbox.subtree_changed(record)
        before, after = {"reference_code": old}, {"reference_code": code}
        note([Noted(record.pk, Change.Action.RECODE, before, after)], by, batch)
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


def move(
    record: Record,
    new_parent: Record | None,
    by: User = None,
    batch: Batch | None = None,
    *,
    last: bool = False,
) -> None:
    """Hang the record, with all below it, under ``new_parent`` (None: at the top).

    It keeps the number of its position; ``last``: it comes after the children there.
    Never opens anything: ``OpeningRefused`` where the new place is less strict than
    the old and a record would be seen by more people than before.
    """
    with transaction.atomic():
        access.lock_trees([record] if new_parent is None else [record, new_parent])
        record.refresh_from_db(fields=["path", "parent", "position", *_RANGE])
        if new_parent is not None:
            new_parent.refresh_from_db(fields=["path"])
            if new_parent.path.startswith(record.path):
                raise CycleRefused
        old = record.path
        before = {"parent": record.parent_id, "position": record.position}
        new = f"{new_parent.path if new_parent else ''}{record.pk}/"
        below = Record.objects.filter(path__startswith=old)
        deepest = below.aggregate(longest=Max(Length("path")))["longest"]
        if deepest - len(old) + len(new) > _PATH_LENGTH:
            raise TreeTooDeep
        below.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
        _hang(record, new_parent, _end_of(new_parent, record) if last else None)
        moved = Record.objects.get(pk=record.pk)
        if access.recompute([moved]).opened:
            raise OpeningRefused
        outbox.subtree_changed(moved, exclude=[old])
        after = {"parent": moved.parent_id, "position": moved.position}
        if after["position"] == before["position"]:
            del before["position"], after["position"]
        note([Noted(record.pk, Change.Action.MOVE, before, after)], by, batch)
        changed = ("path", "parent", "version", "public_access", "reading_room_access")
        record.refresh_from_db(fields=[*changed, "position", *_RANGE])


def _end_of(parent: Record | None, record: Record) -> int:
    """The position after all other children."""
    others = Record.objects.filter(parent=parent).exclude(pk=record.pk)
    highest = others.aggregate(last=Max("position"))["last"]
    return 0 if highest is None else int(highest) + 1


def _hang(record: Record, new_parent: Record | None, position: int | None) -> None:
    """The new parent; pages of the volume that it leaves are no longer the record's.

    Nor does a range that was meant for no volume come to hold pages of the new one.
    """
    values: dict[str, Any] = {"parent": new_parent}
    if position is not None:
        values["position"] = position
    stays = record.parent_id == (new_parent.pk if new_parent else None)
    leaves = record.first_page is not None and not stays
    if leaves:
        values |= dict.fromkeys(_RANGE)
    left = record.parent_id if leaves else None
    with volumes.kept_closed([left] if left else []):
        Record.objects.filter(pk=record.pk).update(**values)


def delete(record: Record, by: User = None, batch: Batch | None = None) -> None:
    """Delete a record without children or pages; its codes are never given again.

    The history keeps what it was.
    """
    with transaction.atomic():
        access.lock_trees([record])
        if record.children.exists() or record.folios.exists():
            raise RecordNotEmpty
        record.refresh_from_db(fields=["version", "path", "reference_code"])
        outbox.removed(record)
        note([_deleted(record)], by, batch)
        held = record.first_page is not None and record.parent_id
        with volumes.kept_closed([held] if held else []):
            # By query: refused, it leaves the caller's record as it was.
            Record.objects.filter(pk=record.pk).delete()


def hold(ids: Iterable[int]) -> None:
    """Lock these records until the transaction ends: for whoever works out from what
    they are what they shall be.
    """
    _held(sorted(ids))


def _held(ids: Sequence[int]) -> dict[int, Record]:
    """The records as they are, locked."""
    held: dict[int, Record] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = Record.objects.select_for_update().order_by("pk")
        held |= rows.in_bulk(ids[start : start + _CHUNK])
    return held


def _keep_required(edits: Iterable[_Edit]) -> None:
    """What is published stays complete: no required element is emptied."""
    for one in edits:
        if one.held.description_status != DescriptionStatus.PUBLISHED:
            continue
        emptied = [name for name, value in one.fields.items() if value == ""]
        lost = [
            name
            for name in emptied
            if name in CHECKED and one.before[name] and name != "date_display"
        ]
        dated = one.fields.get("date_edtf", one.held.date_edtf)
        if "date_original" in emptied and not dated:
            lost.append("date_display")
        if lost:
            raise RequiredEmptied(one.held.reference_code, map(label, lost))


def _check_ranges(edits: Iterable[_Edit]) -> None:
    for one in edits:
        if not one.fields.keys().isdisjoint(_RANGE):
            now = {name: getattr(one.held, name) for name in _RANGE}
            now |= {n: v for n, v in one.fields.items() if n in _RANGE}
            _require_range(now["first_page"], now["last_page"])


def _require_range(first: int | None, last: int | None) -> None:
    if first is None and last is None:
        return
    if first is None or last is None or not 1 <= first <= last:
        raise InvalidRange


def _divided_anew(edits: Iterable[_Edit]) -> set[int]:
    """The volumes whose pages other items come to hold."""
    return {
        one.held.parent_id
        for one in edits
        if one.held.parent_id and not one.fields.keys().isdisjoint(_RANGE)
    }


def _write_fields(edits: Iterable[_Edit]) -> None:
    """One statement for all records that get the same values."""
    written = list(edits)
    same: defaultdict[str, list[_Edit]] = defaultdict(list)
    for one in written:
        same[repr(sorted(one.fields.items()))].append(one)
    for alike in same.values():
        ids = [one.held.pk for one in alike]
        for start in range(0, len(ids), _CHUNK):
            Record.objects.filter(pk__in=ids[start : start + _CHUNK]).update(
                **alike[0].fields, updated_at=timezone.now()
            )
    for element in typed_names.ELEMENTS:
        _keep_typed_names(element, [one for one in written if element in one.fields])


def _keep_typed_names(element: str, edits: Sequence[_Edit]) -> None:
    for one in edits:
        setattr(one.held, element, one.fields[element])
    typed_names.keep((one.held for one in edits), [element])


def _new_subjects(edits: Iterable[_Edit]) -> dict[int, str]:
    wanted = ((one.held.pk, one.fields.get("subjects")) for one in edits)
    return {pk: text for pk, text in wanted if text is not None}


def _write_links(
    wanted: Iterable[tuple[Record, Mapping[str, list[Any]]]],
) -> None:
    by_name: defaultdict[str, dict[int, list[Any]]] = defaultdict(dict)
    for record, links in wanted:
        for name, value in links.items():
            by_name[name][record.pk] = value
    for name, values in by_name.items():
        LINKS[name].write(values)


def _created(record: Record) -> Noted:
    after = {"reference_code": record.reference_code}
    return Noted(record.pk, Change.Action.CREATE, after=after)


def _deleted(record: Record) -> Noted:
    record.refresh_from_db()
    before = {name: getattr(record, name) for name in sorted(EDITABLE)}
    before |= {
        name: value
        for name, link in LINKS.items()
        if (value := link.read([record.pk]).get(record.pk))
    }
    before |= {"reference_code": record.reference_code, "parent": record.parent_id}
    said = {
        name: value for name, value in before.items() if value not in ("", None, {})
    }
    return Noted(record.pk, Change.Action.DELETE, before=said)


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


def _require_template(parent: Record | None, records: Sequence[Record]) -> None:
    """Raise ``CodeOffTemplate`` where the fonds accepts no other codes."""
    template = template_of(parent) if parent is not None else None
    if template is None or not template.strict:
        return
    for record in records:
        if record.level in (Level.FILE, Level.ITEM):
            problem = codes.problem_of(
                codes.Scheme(template.scheme), record.reference_code
            )
            if problem:
                raise CodeOffTemplate(problem)


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
