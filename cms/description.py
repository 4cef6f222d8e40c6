"""A record's description in the groups of DA/T 18-2022, with the fields' names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import inheritance
from archive.authorities.related import RelationView
from archive.elements import ELEMENTS, Area
from archive.inheritance import Inherited
from archive.materials import label_of
from archive.models import Record
from archive.names import split
from archive.seen import RecordView
from archive.vocabulary import AuthorityKind, Disclosure, Role

# Fields whose values lead to a search for the same value, by facet.
_SEARCHED = {"creators": "creator", "subjects": "subject"}
_FOUND_BY: dict[str, str] = {
    Role.CREATOR: "creator",
    Role.PLACE: "place",
    Role.PLACE_OF_ORIGIN: "place",
}

_AREAS: dict[Area, str | Promise] = {
    Area.IDENTITY: gettext_lazy("标识"),
    Area.CONTEXT: gettext_lazy("背景"),
    Area.CONTENT: gettext_lazy("内容与结构"),
    Area.USE: gettext_lazy("利用"),
    Area.WHEREABOUTS: gettext_lazy("存放与关联"),
    Area.NOTES: gettext_lazy("附注"),
}
# The date is shown in words; what it was made of is for whoever describes.
_NOT_SHOWN = ("date_original", "date_edtf")


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is shown, and as a search finds it; ``note`` explains it."""

    text: str
    sought: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its name for people, its value, and the values to search by."""

    name: str
    label: str
    value: str
    facet: str = ""
    values: tuple[Value, ...] = ()


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
    for area, label in _AREAS.items():
        rows = tuple(
            _row(name, values[name], view.creator_headings)
            for name in _fields_of(area)
            if values.get(name) and values[name] != Disclosure.NOT_APPLICABLE
        )
        if rows:
            result.append(Group(str(label), rows))
        if area is Area.IDENTITY and view.relations:
            result.append(_relations(view))
        if area is Area.CONTENT and view.particulars:
            result.append(_particulars(view))
    return result


@dataclass(frozen=True, slots=True)
class FromAbove:
    """A row that a unit above says for this one, too; ``source`` is that unit."""

    row: Row
    source: Inherited


def inherited(view: RecordView, above: Iterable[RecordView]) -> list[FromAbove]:
    """What the units above say, as far as the reader may see them."""
    found = inheritance.inherited(view, above)
    return [FromAbove(_row(one.name, one.value), one) for one in found]


def _fields_of(area: Area) -> list[str]:
    return [
        field
        for element in ELEMENTS
        if element.area is area
        for field in element.fields
        if field not in _NOT_SHOWN
    ]


def _particulars(view: RecordView) -> Group:
    """What the kind of material is described by, under the name of the kind."""
    label = _in_words("material", dict(view.fields).get("material", ""))
    return Group(
        label,
        tuple(
            Row(f"particulars.{name}", label_of(name), value)
            for name, value in view.particulars
        ),
    )


def _relations(view: RecordView) -> Group:
    """People, organisations and places, a row for each role."""
    by_role: dict[str, list[RelationView]] = {}
    for one in view.relations:
        by_role.setdefault(one.role, []).append(one)
    rows = tuple(
        Row(
            f"relations.{role}",
            str(Role(role).label),
            _("；").join(one.name for one in related),
            _FOUND_BY.get(role, ""),
            tuple(map(_related, related)),
        )
        for role, related in by_role.items()
    )
    return Group(_("相关人物、机构与地点"), rows)


def _related(one: RelationView) -> Value:
    """Named as at the time of the record; today's name stands beside it."""
    note = _("今作%(name)s") % {"name": one.today} if one.name != one.today else ""
    place = one.kind == AuthorityKind.PLACE
    return Value(one.name, one.number if place else one.today, note)


def level_label(level: str) -> str:
    return _in_words("level", level)


def _row(name: str, value: str, headings: Mapping[str, str] | None = None) -> Row:
    """``headings``: under which a search finds the creators."""
    facet = _SEARCHED.get(name, "")
    known = headings if name == "creators" and headings else {}
    values = tuple(Value(one, known.get(one, one)) for one in split(value) if facet)
    return Row(name, field_label(name), _in_words(name, value), facet, values)


def _in_words(name: str, value: str) -> str:
    """The label of a value that is chosen from a list, else the value."""
    field = Record._meta.get_field(name)
    chosen = dict(field.flatchoices) if isinstance(field, Field) else {}
    return str(chosen.get(value, value))


def field_label(name: str) -> str:
    field = Record._meta.get_field(name)
    return str(field.verbose_name) if isinstance(field, Field) else name
