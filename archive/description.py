"""Which fields of a record are description, and what they accept."""

from collections.abc import Mapping
from typing import Any

from archive.dates import read_date
from archive.errors import ClassifiedRefused, InvalidValue, UnknownField, ValueTooLong
from archive.models import Record
from archive.vocabulary import CLASSIFIED, Disclosure, Level, Secrecy

# Said of a record when it arrives; later they change only by a decision.
CLAIMS = ("secrecy", "disclosure_status")
DATE_FIELDS = ("date_display", "date_edtf", "date_min", "date_max")
_TEXT = (
    "repository_code",
    "title",
    "parallel_title",
    "subtitle",
    "document_number",
    "date_original",
    "date_display",
    "date_edtf",
    "creators",
    "admin_bio_history",
    "custodial_history",
    "scope_content",
    "person_names",
    "draft_status",
    "genre",
    "attachments",
    "extent_medium",
    "file_size",
    "file_format",
    "creation_method",
    "arrangement",
    "retention_code",
    "destruction",
    "language",
    "subjects",
    "class_numbers",
    "microform_no",
    "storage_location",
    "originals_location",
    "copies_location",
    "related_units",
    "note",
    "described_by",
    "described_on",
)
EDITABLE = frozenset({*_TEXT, "level", "is_demonstration"})
_VOCABULARIES = {
    "level": frozenset(Level.values),
    "secrecy": frozenset(Secrecy.values),
    "disclosure_status": frozenset(Disclosure.values),
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
    """The derived date fields, empty where the text is not understood."""
    if "date_edtf" in fields:
        read = read_date(str(fields["date_edtf"]))
    elif "date_original" in fields:
        read = read_date(str(fields["date_original"]))
    else:
        return {}
    if read is None:
        return {"date_display": "", "date_edtf": "", "date_min": None, "date_max": None}
    return {
        "date_display": read.display,
        "date_edtf": read.edtf,
        "date_min": read.earliest,
        "date_max": read.latest,
    }
