"""How the standards put a reference code together, and how it is taken apart.

``-`` separates levels, ``·`` joins elements within one (standards, section 2). A code
of a level above the item stops where its own number ends.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .spelling import MIDDLE_DOT


class Scheme(models.TextChoices):
    """The standard, and whether it is filed by item or by volume."""

    DAT22 = "dat22", gettext_lazy("DA/T 22-2015（按件）")
    DAT13_ITEM = "dat13_item", gettext_lazy("DA/T 13-2022（按件）")
    DAT13_VOLUME = "dat13_volume", gettext_lazy("DA/T 13-2022（按卷）")
    LEGACY = "legacy", gettext_lazy("目录号-案卷号-件号（旧）")


@dataclass(frozen=True, slots=True)
class Components:
    """The parts of a code as written, numbers with their zeros; "" where not there.

    ``category`` is 门类, ``subdivisions`` what follows it, ``unit`` 机构或问题,
    ``catalogue`` 目录号, ``file`` 案卷号, ``item`` 件号.
    """

    fonds: str
    category: str = ""
    subdivisions: tuple[str, ...] = ()
    year: str = ""
    retention: str = ""
    unit: str = ""
    catalogue: str = ""
    file: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class _Segment:
    """A piece of a code; ``example`` helps whoever got it wrong."""

    pattern: str
    label: Any
    example: str
    optional: bool = False


_WORD = r"[A-Z0-9\u4e00-\u9fff]{1,12}"
_YEAR = r"(?:1[89]|20)\d{2}"
_RETENTION = r"(?:Y|D\d{1,3}|永久|长期|短期)"


def _body(category: str, element: str) -> list[_Segment]:
    """Category, subdivisions, year, retention and unit, all joined by dots."""
    return [
        _Segment(f"-(?P<category>{category})", gettext_lazy("门类代码"), "WS"),
        _Segment(
            f"(?P<subdivisions>(?:·(?!{_YEAR}(?:[·-]|$)|{_RETENTION}(?:[·-]|$))"
            f"{element})*)",
            gettext_lazy("类目"),
            "JJ",
            optional=True,
        ),
        _Segment(f"(?:·(?P<year>{_YEAR}))?", gettext_lazy("年度"), "2019", True),
        _Segment(
            f"(?:·(?P<retention>{_RETENTION})(?:·(?P<unit>{_WORD}))?)?",
            gettext_lazy("保管期限"),
            "D30",
            optional=True,
        ),
    ]


_SEGMENTS: dict[Scheme, list[_Segment]] = {
    Scheme.DAT22: [
        _Segment(r"(?P<fonds>[A-Z0-9]{1,2}\d{2,4})", gettext_lazy("全宗号"), "Z109"),
        _Segment(r"-(?P<category>[A-Z]{2})", gettext_lazy("门类代码"), "WS"),
        _Segment(
            rf"(?P<subdivisions>(?:·(?!{_YEAR}-)[A-Z0-9]{{2,4}})*)",
            gettext_lazy("类目"),
            "JJ",
            optional=True,
        ),
        _Segment(rf"·(?P<year>{_YEAR})", gettext_lazy("年度"), "2011"),
        _Segment(r"-(?P<retention>Y|D\d{1,3})", gettext_lazy("保管期限"), "D30"),
        _Segment(
            r"(?:-(?P<unit>(?!\d{4,5}$)[A-Z0-9\u4e00-\u9fff]{1,12}))?",
            gettext_lazy("机构或问题"),
            "BGS",
            optional=True,
        ),
        _Segment(r"-(?P<item>\d{4,5})", gettext_lazy("件号"), "0001"),
    ],
    Scheme.DAT13_ITEM: [
        _Segment(r"(?P<fonds>[A-Z]\d{3,4})", gettext_lazy("全宗号"), "Z109"),
        *_body(_WORD, _WORD),
        _Segment(r"-(?P<item>\d{3,5})", gettext_lazy("件号"), "0001"),
    ],
    Scheme.DAT13_VOLUME: [
        _Segment(r"(?P<fonds>[A-Z]\d{3,4})", gettext_lazy("全宗号"), "J019"),
        *_body(_WORD, _WORD),
        _Segment(r"-(?P<file>\d{3,4})", gettext_lazy("案卷号"), "001"),
        _Segment(r"(?:-(?P<item>\d{3,5}))?", gettext_lazy("件号"), "001", True),
    ],
    Scheme.LEGACY: [
        _Segment(r"(?P<fonds>[A-Z]\d{3,4})", gettext_lazy("全宗号"), "C038"),
        _Segment(r"-(?P<catalogue>\d{3})", gettext_lazy("目录号"), "001"),
        _Segment(r"-(?P<file>\d{3,4})", gettext_lazy("案卷号"), "002"),
        _Segment(r"(?:-(?P<item>\d{3,5}))?", gettext_lazy("件号"), "003", True),
    ],
}
_COMPILED = {
    scheme: re.compile("".join(one.pattern for one in segments))
    for scheme, segments in _SEGMENTS.items()
}


# A category of digits alone is a catalogue number.
_GUESSED = (Scheme.DAT22, Scheme.LEGACY, Scheme.DAT13_ITEM, Scheme.DAT13_VOLUME)


def parse_code(scheme: Scheme, code: str) -> Components | None:
    """The components of a (normalised) code of an item or a file, or None.

    Under a scheme by volume a file's code has no ``item``.
    """
    match = _COMPILED[scheme].fullmatch(code)
    if match is None:
        return None
    found = {name: value or "" for name, value in match.groupdict().items()}
    subdivisions = found.pop("subdivisions", "")
    return Components(
        **found,
        subdivisions=tuple(one for one in subdivisions.split(MIDDLE_DOT) if one),
    )


def format_code(scheme: Scheme, components: Components) -> str:
    """The code that ``parse_code`` takes apart into these components."""
    one = components
    if scheme == Scheme.LEGACY:
        return _levels(one.fonds, one.catalogue, one.file, one.item)
    described = (one.category, *one.subdivisions, one.year)
    if scheme == Scheme.DAT22:
        within = _elements(*described)
        return _levels(one.fonds, within, one.retention, one.unit, one.item)
    within = _elements(*described, one.retention, one.unit)
    return _levels(one.fonds, within, one.file, one.item)


def components_of(code: str, scheme: str = "") -> dict[str, Any]:
    """The components as stored, with their scheme; empty where no scheme fits.

    Without a ``scheme`` the first that fits counts.
    """
    for one in [Scheme(scheme)] if scheme else _GUESSED:
        found = parse_code(one, code)
        if found is not None:
            values = {name: value for name, value in asdict(found).items() if value}
            return {"scheme": one.value, **values}
    return {}


def from_stored(values: Mapping[str, Any]) -> Components:
    """``components_of`` read back."""
    names = {field.name for field in fields(Components)}
    kept = {name: value for name, value in values.items() if name in names}
    return Components(**{**kept, "subdivisions": tuple(kept.get("subdivisions", ()))})


def problem_of(scheme: Scheme, code: str) -> str:
    """What is wrong with ``code`` under ``scheme``, segment by segment; "" nothing."""
    if parse_code(scheme, code) is not None:
        return ""
    read = ""
    for segment in _SEGMENTS[scheme]:
        longer = read + segment.pattern
        if not segment.optional and re.match(longer, code) is None:
            return _("“%(code)s”的%(segment)s不合 %(scheme)s，应如“%(example)s”。") % {
                "code": code,
                "segment": segment.label,
                "scheme": scheme.label,
                "example": segment.example,
            }
        read = longer
    return _("“%(code)s”在%(segment)s之后多出了内容，不合 %(scheme)s。") % {
        "code": code,
        "segment": _SEGMENTS[scheme][-1].label,
        "scheme": scheme.label,
    }


def _elements(*parts: str) -> str:
    return MIDDLE_DOT.join(part for part in parts if part)


def _levels(*parts: str) -> str:
    return "-".join(part for part in parts if part)
