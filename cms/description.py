"""A record's description in the groups of DA/T 18-2022, with the fields' names."""

from dataclasses import dataclass

from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.models import Record
from archive.seen import RecordView, split_names
from archive.vocabulary import Disclosure

# Fields whose values lead to a search for the same value, by facet.
_SEARCHED = {"creators": "creator", "subjects": "subject"}

_GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        _("标识"),
        (
            "repository_code",
            "reference_code",
            "title",
            "parallel_title",
            "subtitle",
            "document_number",
            "level",
            "date_display",
            "creators",
        ),
    ),
    (_("背景"), ("admin_bio_history", "custodial_history")),
    (
        _("内容与结构"),
        (
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
        ),
    ),
    (
        _("利用"),
        (
            "open_status",
            "secrecy",
            "disclosure_status",
            "language",
            "subjects",
            "class_numbers",
        ),
    ),
    (
        _("存放与关联"),
        (
            "microform_no",
            "storage_location",
            "originals_location",
            "copies_location",
            "related_units",
        ),
    ),
    (_("附注"), ("note", "described_by", "described_on")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its name for people, its value, and the values to search by."""

    name: str
    label: str
    value: str
    facet: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    rows: tuple[Row, ...]


def groups(view: RecordView) -> list[Group]:
    """The fields of ``view`` that have a value; groups without any are left out."""
    values = {
        "reference_code": view.reference_code,
        "title": view.title,
        "level": view.level,
        "date_display": view.date_display,
        **dict(view.fields),
    }
    result = []
    for label, names in _GROUPS:
        rows = tuple(
            _row(name, values[name])
            for name in names
            if values.get(name) and values[name] != Disclosure.NOT_APPLICABLE
        )
        if rows:
            result.append(Group(str(label), rows))
    return result


def level_label(level: str) -> str:
    return _in_words("level", level)


def _row(name: str, value: str) -> Row:
    facet = _SEARCHED.get(name, "")
    values = split_names(value) if facet else ()
    return Row(name, field_label(name), _in_words(name, value), facet, values)


def _in_words(name: str, value: str) -> str:
    """The label of a value that is chosen from a list, else the value."""
    field = Record._meta.get_field(name)
    chosen = dict(field.flatchoices) if isinstance(field, Field) else {}
    return str(chosen.get(value, value))


def field_label(name: str) -> str:
    field = Record._meta.get_field(name)
    return str(field.verbose_name) if isinstance(field, Field) else name
