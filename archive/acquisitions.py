"""Collecting and accession (征集与入藏): what comes to the house, and into a fonds.

Registered, appraised, accessioned, or given back. Accession makes closed records;
nothing here opens any. Who gave a thing stays in the register: the records say only
how it came and under which number (standards, section 5).
"""

import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Max, Model
from django.utils import timezone

from archive import codes, materials, records
from archive.errors import (
    AcquisitionNumberTaken,
    ClassifiedRefused,
    CodeMissing,
    InvalidValue,
    NothingToAccession,
    UnknownField,
    ValueTooLong,
    WrongStep,
)
from archive.models import (
    Acquisition,
    AcquisitionItem,
    AcquisitionSequence,
    Batch,
    Record,
)
from archive.vocabulary import CLASSIFIED

logger = logging.getLogger(__name__)

Status = Acquisition.Status
Basis = Acquisition.Basis
Changes = dict[str, tuple[Any, Any]]

FIELDS = frozenset(
    field.name
    for field in Acquisition._meta.concrete_fields
    if field.editable and field.name not in ("id", "number")
)
ITEM_FIELDS = frozenset(
    ("title", "material", "quantity", "date_original", "particulars", "note")
)
COMES_BACK = (Basis.DEPOSIT, Basis.LOAN)
"""What stays another's, and goes back to its owner."""

_AUTOMATIC = re.compile(r"ZJ([0-9]{4})-([0-9]{4,8})")
_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")


class Entry(NamedTuple):
    """A thing to be accessioned (id of its item) and the code of its record."""

    item_id: int
    reference_code: str


def register(*, by: AbstractBaseUser, number: str = "", **fields: Any) -> Acquisition:
    """A new acquisition; without ``number`` it gets the next of its year.

    Raises ``UnknownField``, ``InvalidValue``, ``ValueTooLong``,
    ``ClassifiedRefused``, ``AcquisitionNumberTaken``.
    """
    _check(Acquisition, FIELDS, fields)
    for name in ("received_on", "basis", "source_kind", "source_name", "description"):
        if not fields.get(name):
            raise InvalidValue(_label(Acquisition, name), fields.get(name, ""))
    with transaction.atomic():
        wanted = unicodedata.normalize("NFKC", number).strip().upper()
        if wanted:
            _keep_clear_of(wanted)
        else:
            wanted = _next_number(fields["received_on"].year)
        _check_length(Acquisition, "number", wanted)
        made = Acquisition(number=wanted, received_by_id=by.pk, **fields)
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise AcquisitionNumberTaken(wanted) from error
    logger.info("%s registered acquisition %s", by, made)
    return made


def edit(acquisition: Acquisition, changes: Mapping[str, Any]) -> Changes:
    """Change what the register says; what differed, before and after, by field."""
    _check(Acquisition, FIELDS, changes)
    with transaction.atomic():
        held = _held(acquisition)
        differing = _differing(held, changes)
        _write(held, differing)
    _write_back(acquisition, differing)
    return differing


def add_item(acquisition: Acquisition, **fields: Any) -> AcquisitionItem:
    """Another thing of this acquisition, after the last.

    Raises what ``register`` does, and ``ParticularRefused``.
    """
    values = _item_values(fields)
    for name in ("title", "material"):
        if not values.get(name):
            raise InvalidValue(_label(AcquisitionItem, name), "")
    materials.require_fit(values["material"], values.get("particulars", {}))
    with transaction.atomic():
        held = _held(acquisition)
        if held.status == Status.RETURNED:
            raise WrongStep(_label(AcquisitionItem, "title"), _status(held))
        last = held.items.aggregate(last=Max("position"))["last"] or 0
        return AcquisitionItem.objects.create(
            acquisition=held, position=last + 1, **values
        )


def edit_item(item: AcquisitionItem, changes: Mapping[str, Any]) -> Changes:
    """Change a thing's row; the record that was made of it stays as it is."""
    values = _item_values(changes)
    with transaction.atomic():
        held = AcquisitionItem.objects.select_for_update().get(pk=item.pk)
        differing = _differing(held, values)
        wanted = {"material": held.material, "particulars": held.particulars, **values}
        materials.require_fit(wanted["material"], wanted["particulars"])
        _write(held, differing)
    _write_back(item, differing)
    return differing


def remove_item(item: AcquisitionItem) -> None:
    """Take a thing off the list that was put there by mistake.

    Raises ``WrongStep`` once a record was made of it.
    """
    with transaction.atomic():
        held = AcquisitionItem.objects.select_for_update().get(pk=item.pk)
        if held.record_id is not None:
            raise WrongStep(str(held._meta.verbose_name), str(Status.ACCESSIONED.label))
        held.delete()


def appraise(acquisition: Acquisition) -> None:
    """It was looked at and is wanted. Raises ``WrongStep``."""
    _step(acquisition, Status.APPRAISED, {Status.REGISTERED})


def give_back(acquisition: Acquisition, on: date, note: str) -> None:
    """It went back: not wanted, or the term of a deposit or loan is over.

    What became the house's own stays: ``WrongStep``. Records remain as descriptions.
    """
    if on > timezone.localdate():
        raise InvalidValue(_label(Acquisition, "returned_on"), on)
    allowed = {Status.REGISTERED, Status.APPRAISED}
    if acquisition.basis in COMES_BACK:
        allowed.add(Status.ACCESSIONED)
    _step(acquisition, Status.RETURNED, allowed, returned_on=on, return_note=note)


def accession(
    acquisition: Acquisition,
    parent: Record,
    level: str,
    entries: Iterable[Entry],
    by: AbstractBaseUser,
) -> list[Record]:
    """Closed records below ``parent`` for these things, as one batch.

    Title, date, material and particulars are copied. Raises ``WrongStep``,
    ``NothingToAccession`` and what ``records.create`` raises.
    """
    wanted = {entry.item_id: entry.reference_code for entry in entries}
    with transaction.atomic():
        held = _held(acquisition)
        if held.status not in (Status.APPRAISED, Status.ACCESSIONED):
            raise WrongStep(str(Status.ACCESSIONED.label), _status(held))
        # The acquisition is locked, and with it the making of records of its items.
        found = held.items.filter(pk__in=wanted, record=None)
        items = {item.pk: item for item in found}
        if not wanted or len(items) != len(wanted):
            raise NothingToAccession
        ordered = [items[pk] for pk in wanted]
        batch = Batch.objects.create(
            kind=Batch.Kind.ACCESSION,
            label=f"{Batch.Kind.ACCESSION.label} {held.number}",
            details={"acquisition": held.number, "parent": parent.reference_code},
            by_id=by.pk,
        )
        made = records.create_many(
            parent,
            [_described(held, item, level, wanted[item.pk]) for item in ordered],
            by=by,
            batch=batch,
        )
        for item, record in zip(ordered, made, strict=True):
            item.record = record
        AcquisitionItem.objects.bulk_update(ordered, ["record"], batch_size=500)
        _write(held, {"status": (held.status, Status.ACCESSIONED.value)})
    acquisition.status = Status.ACCESSIONED.value
    logger.info("%s accessioned %d things of %s", by, len(made), held)
    return made


def counted_on(typed: Sequence[str]) -> list[str]:
    """``typed`` codes with each blank one counted on from the one before it.

    ``["A-009", "", "B-1", ""]`` becomes ``["A-009", "A-010", "B-1", "B-2"]``.
    Raises ``CodeMissing`` where there is nothing to count on from.
    """
    filled: list[str] = []
    for code in typed:
        if code.strip():
            filled.append(codes.normalise(code))
        elif filled and (digits := _LAST_DIGITS.search(filled[-1])):
            following = str(int(digits[0]) + 1).zfill(len(digits[0]))
            start, end = digits.span()
            filled.append(filled[-1][:start] + following + filled[-1][end:])
        else:
            raise CodeMissing
    return filled


def _described(
    acquisition: Acquisition, item: AcquisitionItem, level: str, code: str
) -> dict[str, Any]:
    return {
        "reference_code": code,
        "level": level,
        "title": item.title,
        "date_original": item.date_original,
        "material": item.material,
        "particulars": item.particulars,
        "extent_medium": materials.extent(item.material, item.quantity),
        "custodial_history": provenance(acquisition),
        "secrecy": acquisition.secrecy,
        "is_demonstration": acquisition.is_demonstration,
    }


def provenance(acquisition: Acquisition) -> str:
    """How it came, for the records: no name, for this may be read by everyone.

    Data, not interface: in the source language whoever accessions it.
    """
    kinds = {
        Acquisition.SourceKind.PERSON: "个人",
        Acquisition.SourceKind.ORGANISATION: "单位",
    }
    how = {
        Basis.DONATION: "捐赠",
        Basis.DEPOSIT: "寄存",
        Basis.COLLECTION: "征集",
        Basis.COPY: "提供复制",
        Basis.LOAN: "借展",
    }
    kind = kinds.get(Acquisition.SourceKind(acquisition.source_kind), "")
    return f"来源：{kind}{how[Basis(acquisition.basis)]}，征集号 {acquisition.number}。"


def _next_number(year: int) -> str:
    """The next of the year; the row of the year is held until the transaction ends."""
    AcquisitionSequence.objects.get_or_create(year=year)
    sequence = AcquisitionSequence.objects.select_for_update().get(year=year)
    sequence.last += 1
    sequence.save()
    return f"ZJ{year}-{sequence.last:04d}"


def _keep_clear_of(number: str) -> None:
    """Numbers to come do not meet one that a person chose."""
    chosen = _AUTOMATIC.fullmatch(number)
    if chosen is None:
        return
    year, running = int(chosen[1]), int(chosen[2])
    AcquisitionSequence.objects.get_or_create(year=year)
    sequence = AcquisitionSequence.objects.select_for_update().get(year=year)
    sequence.last = max(sequence.last, running)
    sequence.save()


def _item_values(fields: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in fields.items() if name != "particulars"}
    _check(AcquisitionItem, ITEM_FIELDS, plain)
    if "particulars" in fields:
        return {**plain, "particulars": materials.checked(fields["particulars"])}
    return plain


def _check(
    model: type[Model], allowed: frozenset[str], fields: Mapping[str, Any]
) -> None:
    for name, value in fields.items():
        if name not in allowed:
            raise UnknownField(name)
        if value in CLASSIFIED:
            raise ClassifiedRefused(str(value))
        field = model._meta.get_field(name)
        choices = getattr(field, "choices", None)
        if choices and value not in dict(choices):
            raise InvalidValue(_label(model, name), value)
        if isinstance(value, str):
            _check_length(model, name, value)


def _check_length(model: type[Model], name: str, value: str) -> None:
    limit = getattr(model._meta.get_field(name), "max_length", None)
    if limit is not None and len(value) > limit:
        raise ValueTooLong(_label(model, name), limit)
    if "\x00" in value:
        raise InvalidValue(_label(model, name), value.replace("\x00", "␀"))


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _status(acquisition: Acquisition) -> str:
    return str(Status(acquisition.status).label)


def _held(acquisition: Acquisition) -> Acquisition:
    """The acquisition as it is, locked."""
    return Acquisition.objects.select_for_update().get(pk=acquisition.pk)


def _differing(held: Model, wanted: Mapping[str, Any]) -> Changes:
    return {
        name: (getattr(held, name), value)
        for name, value in wanted.items()
        if getattr(held, name) != value
    }


def _write(held: Model, differing: Changes) -> None:
    _write_back(held, differing)
    if differing:
        stamped = ["updated_at"] if isinstance(held, Acquisition) else []
        held.save(update_fields=[*differing, *stamped])


def _write_back(to: Model, differing: Changes) -> None:
    for name, (_before, after) in differing.items():
        setattr(to, name, after)


def _step(
    acquisition: Acquisition, to: Status, allowed: set[Status], **values: Any
) -> None:
    with transaction.atomic():
        held = _held(acquisition)
        if held.status not in allowed:
            raise WrongStep(str(to.label), _status(held))
        differing = _differing(held, {"status": to.value, **values})
        _write(held, differing)
    _write_back(acquisition, differing)
