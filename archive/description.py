"""Which fields of a record are description, and what they accept."""

from collections.abc import Mapping
from typing import Any

from archive import dates, materials
from archive.elements import ELEMENTS
from archive.errors import ClassifiedRefused, InvalidValue, UnknownField, ValueTooLong
from archive.links import LINKS
from archive.models import Record
from archive.vocabulary import (
    CLASSIFIED,
    Calendar,
    Certainty,
    Disclosure,
    Level,
    Material,
    Secrecy,
)

# Said of a record when it arrives; later they change only by a decision.
CLAIMS = ("secrecy", "disclosure_status")
DATE_FIELDS = ("date_display", "date_edtf", "date_min", "date_max")
# What describing may change: codes have a service of their own, openness another.
EDITABLE = frozenset(
    {
        "is_demonstration",
        "particulars",
        *(
            field
            for element in ELEMENTS
            if not element.decided and element.name != "reference_code"
            for field in element.fields
        ),
    }
)
_DATED = (
    "date_original",
    "date_display",
    "date_edtf",
    "calendar",
    "date_certainty",
)
_NUMBERS = ("first_page", "last_page")
_VOCABULARIES = {
    "level": frozenset(Level.values),
    "secrecy": frozenset(Secrecy.values),
    "disclosure_status": frozenset(Disclosure.values),
    "calendar": frozenset(("", *Calendar.values)),
    "date_certainty": frozenset(("", *Certainty.values)),
    "material": frozenset({"", *Material.values}),
}


def described(fields: Mapping[str, Any], *, creating: bool) -> dict[str, Any]:
    """``fields`` checked, with the dates that ``date_original`` says.

    Raises ``UnknownField``, ``InvalidValue``, ``ValueTooLong``, ``ParticularRefused``
    or ``ClassifiedRefused``. Without ``creating`` claims are unknown fields, and
    whether particulars fit the record's material is asked once it is known
    (``materials.require_fit``).
    """
    allowed = EDITABLE | frozenset(CLAIMS) if creating else EDITABLE
    for name, value in fields.items():
        if name not in allowed:
            raise UnknownField(name)
        check(name, value)
    if creating:
        for name in ("level", "title"):
            if not fields.get(name):
                raise InvalidValue(name, fields.get(name, ""))
        materials.require_fit(fields.get("material", ""), fields.get("particulars", {}))
    derived = derived_dates(fields)
    canonical = {**derived, **fields}
    if fields.get("date_edtf") and derived["date_edtf"]:
        # Typed in words, it is kept as EDTF.
        canonical["date_edtf"] = derived["date_edtf"]
    if "particulars" in fields:
        canonical["particulars"] = materials.checked(fields["particulars"])
    return canonical


def with_dates(
    record: Record, values: Mapping[str, Any], waiting: Mapping[str, Any] = {}
) -> dict[str, Any]:
    """``values`` that were worked out before, to be written as they are.

    A date field that is not among them stays as it is ``waiting`` or in ``record``:
    one written by itself has the others worked out anew, against a person's choice.
    """
    if "date_original" not in values and "date_edtf" not in values:
        return dict(values)
    now = {name: waiting.get(name, getattr(record, name)) for name in _DATED}
    return now | dict(values)


def label(name: str) -> str:
    """What the field, the link or the particular is called."""
    if name.startswith("particulars."):
        return materials.label_of(name.removeprefix("particulars."))
    if name in LINKS:
        return str(LINKS[name].label)
    return str(getattr(Record._meta.get_field(name), "verbose_name", name))


def check(name: str, value: Any) -> None:
    """Raise what ``described`` raises for one field."""
    if name == "secrecy" and value in CLASSIFIED:
        raise ClassifiedRefused(str(value))
    if name in _VOCABULARIES and value not in _VOCABULARIES[name]:
        raise InvalidValue(name, value)
    if name == "particulars":
        materials.checked(value)
        return
    if name in _NUMBERS and not (value is None or type(value) is int):
        raise InvalidValue(label(name), value)
    limit = getattr(Record._meta.get_field(name), "max_length", None)
    if limit is not None and len(str(value)) > limit:
        raise ValueTooLong(name, limit)
    if isinstance(value, str) and "\x00" in value:
        raise InvalidValue(name, value.replace("\x00", "␀"))


def derived_dates(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that follow from the date: empty where it is not understood.

    ``date_edtf`` counts where it is given, else what ``date_original`` says.
    """
    if "date_edtf" in fields:
        read = dates.read(str(fields["date_edtf"]))
    elif "date_original" in fields:
        read = dates.read(str(fields["date_original"]))
    else:
        return {}
    derived = {
        "date_display": read.display,
        "date_edtf": read.edtf,
        "date_certainty": read.certainty,
        "date_min": read.earliest,
        "date_max": read.latest,
    }
    if "date_original" in fields:
        original = dates.read(str(fields["date_original"]))
        derived["calendar"] = original.calendar or read.calendar
    return derived
