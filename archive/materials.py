"""Kinds of material (门类) and the particulars that each is described by.

Photographs by the six elements of a caption (事由, 时间, 地点, 人物, 背景, 摄影者),
as the national rules for photograph archives ask; the others after the register of
the house. Values are texts, kept as JSON by name; an empty one is not kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from archive.errors import ParticularRefused, ValueTooLong
from archive.vocabulary import Material

LONG = 2000
SHORT = 300


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing to say of a material.

    ``required``: what a description is not complete without (nothing is refused for
    lack of it). ``staff_only``: never shown outside the house.
    """

    name: str
    label: str | Promise
    required: bool = False
    multiline: bool = False
    staff_only: bool = False

    @property
    def limit(self) -> int:
        """Characters at most."""
        return LONG if self.multiline else SHORT


_CONDITION = Particular("condition", _("完残"), multiline=True)
PARTICULARS: Mapping[str, tuple[Particular, ...]] = {
    Material.DOCUMENT: (
        Particular("writing", _("书写方式")),
        _CONDITION,
    ),
    Material.PHOTOGRAPH: (
        Particular("event", _("事由"), required=True),
        Particular("time", pgettext_lazy("photograph", "时间"), required=True),
        Particular("place", pgettext_lazy("photograph", "地点"), required=True),
        Particular("people", pgettext_lazy("photograph", "人物"), multiline=True),
        Particular("background", pgettext_lazy("photograph", "背景"), multiline=True),
        Particular("photographer", _("摄影者"), required=True),
    ),
    Material.OBJECT: (
        Particular("size", _("尺寸"), required=True),
        Particular("substance", _("质地"), required=True),
        _CONDITION,
    ),
    Material.ORAL_HISTORY: (
        Particular("interviewee", _("受访者"), required=True),
        Particular("interviewer", _("采访者"), required=True),
        Particular("interviewed_on", _("采访时间"), required=True),
        Particular("interviewed_at", _("采访地点")),
        Particular("recording", _("录音录像")),
        Particular("transcript", _("整理稿")),
        Particular(
            "authorisation", _("授权书"), required=True, multiline=True, staff_only=True
        ),
    ),
}
"""By material, in the order in which a form asks for them."""

_BY_NAME = {one.name: one for group in PARTICULARS.values() for one in group}
_UNITS = {Material.PHOTOGRAPH: "张", Material.ORAL_HISTORY: "份"}


def checked(particulars: Any) -> dict[str, str]:
    """``particulars`` trimmed, in the declared order, without empty ones.

    Raises ``ParticularRefused`` (no such name, or no text) or ``ValueTooLong``.
    """
    if not isinstance(particulars, Mapping):
        raise ParticularRefused("particulars")
    for name, value in particulars.items():
        known = _BY_NAME.get(name)
        if known is None or not isinstance(value, str) or "\x00" in value:
            raise ParticularRefused(str(known.label) if known else str(name))
        if len(value) > known.limit:
            raise ValueTooLong(str(known.label), known.limit)
    return {
        name: text
        for name in _BY_NAME
        if name in particulars and (text := particulars[name].strip())
    }


def require_fit(material: str, particulars: Mapping[str, Any]) -> None:
    """Raise ``ParticularRefused`` for a particular that the material has not."""
    fitting = {one.name for one in PARTICULARS.get(material, ())}
    for name in checked(particulars):
        if name not in fitting:
            kind = Material(material).label if material in Material.values else ""
            raise ParticularRefused(str(_BY_NAME[name].label), str(kind))


def missing(material: str, particulars: Mapping[str, str]) -> list[str]:
    """Labels of the required particulars that are not given."""
    return [
        str(one.label)
        for one in PARTICULARS.get(material, ())
        if one.required and not particulars.get(one.name)
    ]


def said(
    material: str, particulars: Mapping[str, str], *, house: bool
) -> Iterator[tuple[str, str]]:
    """Name and value of what may be shown, in order; all of it to the ``house``."""
    for one in PARTICULARS.get(material, ()):
        if particulars.get(one.name) and (house or not one.staff_only):
            yield one.name, particulars[one.name]


def label_of(name: str) -> str:
    """The label of a particular, in the reader's language."""
    return str(_BY_NAME[name].label)


def extent(material: str, quantity: int) -> str:
    """The number with the measure word of the material: ``12张``."""
    unit = _UNITS.get(Material(material), "件") if material else "件"
    return f"{quantity}{unit}"


def columns() -> dict[str, str]:
    """Table head (in the source language) → attribute path of a record.

    The path is ``material`` or ``particulars.<name>``.
    """
    with override("zh-hans"):
        heads = {str(one.label): f"particulars.{one.name}" for one in _BY_NAME.values()}
    return {"材料种类": "material", **heads}
