"""Which fields of a record are description, and what they accept."""

from collections.abc import Mapping
from typing import Any

from archive import dates
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
    Secrecy,
)

# Said of a record when it arrives; later they change only by a decision.
CLAIMS = ("secrecy", "disclosure_status")
DATE_FIELDS = ("date_display", "date_edtf", "date_min", "date_max")
# What describing may change: codes have a service of their own, openness another.
EDITABLE = frozenset(
    {
        "is_demonstration",
        *(
            field
            for element in ELEMENTS
            if not element.decided and element.name != "reference_code"
            for field in element.fields
        ),
    }
)
_VOCABULARIES = {
    "level": frozenset(Level.values),
    "secrecy": frozenset(Secrecy.values),
    "disclosure_status": frozenset(Disclosure.values),
    "calendar": frozenset(("", *Calendar.values)),
    "date_certainty": frozenset(("", *Certainty.values)),
}


def described(fields: Mapping[str, Any], *, creating: bool) -> dict[str, Any]:
    """``fields`` checked, with the dates that ``date_original`` says.

    Raises ``UnknownField``, ``InvalidValue``, ``ValueTooLong`` or
    ``ClassifiedRefused``. Without ``creating`` claims are unknown fields.
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
    return {**_dates(fields), **fields}


def label(name: str) -> str:
    """What the field, or the link, is called."""
    if name in LINKS:
        return str(LINKS[name].label)
    return str(getattr(Record._meta.get_field(name), "verbose_name", name))


def check(name: str, value: Any) -> None:
    """Raise what ``described`` raises for one field."""
    if name == "secrecy" and value in CLASSIFIED:
        raise ClassifiedRefused(str(value))
    if name in _VOCABULARIES and value not in _VOCABULARIES[name]:
        raise InvalidValue(name, value)
    limit = getattr(Record._meta.get_field(name), "max_length", None)
    if limit is not None and len(str(value)) > limit:
        raise ValueTooLong(name, limit)
    if isinstance(value, str) and "\x00" in value:
        raise InvalidValue(name, value.replace("\x00", "␀"))


def _dates(fields: Mapping[str, Any]) -> dict[str, Any]:
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
