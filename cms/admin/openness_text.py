"""Openness in words: for lists, forms and the log."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Record
from archive.openness import OPENNESS_FIELDS, Access, AccessTable, Audience

_AUDIENCES = {
    Audience.PUBLIC: gettext_lazy("公众"),
    Audience.READING_ROOM: gettext_lazy("经批准的读者"),
    Audience.STAFF: gettext_lazy("馆内人员"),
}
_ACCESS = {
    Access.NONE: gettext_lazy("不可见"),
    Access.CATALOGUE: gettext_lazy("仅目录"),
    Access.FULL: gettext_lazy("全文与影像"),
}


class Line(NamedTuple):
    """One openness field of a record, or one change of it in a proposal."""

    label: str
    value: str
    before: str = ""


def openness_lines(record: Record) -> list[Line]:
    """Every openness field of the record with its value in words."""
    return [
        Line(label_of(name), value_in_words(name, getattr(record, name)))
        for name in OPENNESS_FIELDS
    ]


def change_lines(after: Mapping[str, Any], before: Mapping[str, Any]) -> list[Line]:
    """What a decision changes, in the order of the fields."""
    return [
        Line(
            label_of(name),
            value_in_words(name, after[name]),
            value_in_words(name, before.get(name, "")),
        )
        for name in OPENNESS_FIELDS
        if name in after
    ]


def label_of(name: str) -> str:
    return str(_field(name).verbose_name)


def choices_of(name: str) -> list[tuple[str, str]]:
    """The field's vocabulary as stored values and words; a flag's are True, False."""
    choices = [(str(value), str(label)) for value, label in _field(name).flatchoices]
    return choices or [("True", _("是")), ("False", _("否"))]


def value_in_words(name: str, value: Any) -> str:
    """The vocabulary's own word; an unknown value as it is stored."""
    return dict(choices_of(name)).get(str(value), str(value))


def _field(name: str) -> "models.Field[Any, Any]":
    return cast("models.Field[Any, Any]", Record._meta.get_field(name))


def access_sentences(table: AccessTable) -> list[Line]:
    """What each audience gets of a record, its ancestors considered."""
    return [
        Line(str(label), str(_ACCESS[table.of(audience)]))
        for audience, label in _AUDIENCES.items()
    ]


def access_in_short(table: AccessTable) -> str:
    """For a column of a list."""
    if table.public is Access.FULL:
        return _("网上公开")
    if table.reading_room is Access.FULL:
        return _("馆内查阅")
    if table.public is Access.CATALOGUE:
        return _("仅目录")
    return _("馆内工作")
