"""The particulars of a material in a form: a group of fields for each kind.

A script shows only the group of the chosen kind; without it all are there, and only
those of the chosen kind are taken.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from wagtail.admin.panels import Panel

from archive.materials import PARTICULARS, missing
from archive.vocabulary import Material


class Kind(NamedTuple):
    """The bound fields of one kind of material, and what is still to be said."""

    value: str
    label: str
    fields: list[forms.BoundField]
    missing: list[str]


class ParticularsMixin:
    """A form with a field ``material``; puts ``particulars`` into its cleaned data."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def add_particulars(self, material: str, given: Mapping[str, str]) -> None:
        """The fields of all kinds; those of ``material`` begin with ``given``."""
        self.began = (material, given)
        for kind, declared in PARTICULARS.items():
            for one in declared:
                widget = forms.Textarea(attrs={"rows": 2}) if one.multiline else None
                self.fields[_field(kind, one.name)] = forms.CharField(
                    label=str(one.label),
                    required=False,
                    max_length=one.limit,
                    widget=widget,
                    initial=given.get(one.name, "") if kind == material else "",
                )

    def gather_particulars(self) -> None:
        """For ``clean``: the fields of the chosen kind become one value."""
        chosen = self.cleaned_data.get("material", "")
        gathered: dict[str, str] = {}
        for kind, declared in PARTICULARS.items():
            for one in declared:
                text = self.cleaned_data.pop(_field(kind, one.name), "")
                if kind == chosen and text:
                    gathered[one.name] = text
        self.cleaned_data["particulars"] = gathered

    @property
    def changed_data(self) -> list[str]:
        """``particulars`` in the place of its fields, also where the kind changed."""
        changed: list[str] = super().changed_data  # type: ignore[misc]
        plain = [name for name in changed if not name.startswith(_PREFIX)]
        touched = len(plain) < len(changed) or "material" in plain
        return [*plain, "particulars"] if touched else plain

    @property
    def material_id(self) -> str:
        """The id of the field that chooses the kind, for the script."""
        return str(self["material"].id_for_label)  # type: ignore[index]

    @property
    def kinds(self) -> list[Kind]:
        material, given = self.began
        return [
            Kind(
                kind,
                str(Material(kind).label),
                [self[_field(kind, one.name)] for one in declared],  # type: ignore[index]
                missing(kind, given) if kind == material else [],
            )
            for kind, declared in PARTICULARS.items()
        ]


class ParticularsPanel(Panel):
    """The groups of fields within a form of panels."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/particulars.html"


_PREFIX = "particular-"


def _field(kind: str, name: str) -> str:
    return f"{_PREFIX}{kind}-{name}"
