"""Fields of forms in which authorities are named: one, or many with their roles."""

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.authorities.naming import AGENTS, bearers
from archive.authorities.numbers import NUMBER, resolve
from archive.authorities.relations import checked, from_cell, to_cell
from archive.errors import AmbiguousAuthority, ArchiveError, UnknownAuthority
from archive.models import Authority
from archive.vocabulary import FITTING, AuthorityKind, Role
from cms.admin.suggest import attributes

_NUMBERED = re.compile(r".*[（(〔]\s*(G\d{6,11})\s*[）)〕]", re.IGNORECASE)
# Whose suggestions a role asks for.
_KIND_OF = {
    frozenset(AGENTS): "agent",
    frozenset({AuthorityKind.PERSON.value}): "person",
    frozenset({AuthorityKind.PLACE.value}): "place",
}


class AuthorityField(forms.CharField):
    """One authority of ``kind``: by name, ``名称（G000012）`` or number."""

    def __init__(self, *, kind: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kinds = [kind] if kind else AuthorityKind.values
        asked = attributes(kind or "authority")
        self.widget.attrs |= {**asked, "data-suggest-numbered": ""}

    class Media:
        js = [Script("cms/admin/suggest.js", type="module")]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Authority.objects.filter(pk=value).first()
        return "" if value is None else str(value)

    def to_python(self, value: Any) -> Any:
        """The authority, or None for a blank."""
        typed = super().to_python(value)
        return self._meant(typed) if typed else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or "").strip())

    def _meant(self, typed: str) -> Authority:
        numbered = _NUMBERED.fullmatch(typed)
        number = (numbered[1] if numbered else typed).upper()
        if NUMBER.fullmatch(number):
            found = list(resolve([number]).values())
        else:
            found = bearers(typed, self.kinds)
        if not found:
            raise ValidationError(str(UnknownAuthority(typed)))
        if len(found) > 1:
            error = AmbiguousAuthority(typed, [str(one) for one in found])
            raise ValidationError(str(error))
        return found[0]


class RelationsWidget(forms.Textarea):
    """One line of text as in a table; the script makes rows of it.

    ``data-roles``: each role with its label and whose suggestions it asks for.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, **(attrs or {})})

    class Media:
        js = [
            Script("cms/admin/suggest.js", type="module"),
            Script("cms/admin/relations.js", type="module"),
        ]

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Words in the language of whoever asks."""
        roles = [
            {"value": role.value, "label": str(role.label), "url": _suggestions(role)}
            for role in Role
        ]
        words = {
            "name": _("名称"),
            "role": _("关系"),
            "add": _("添加关联"),
            "remove": _("去除"),
            "link": _("关联为"),
        }
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "data-relations": json.dumps(roles, ensure_ascii=False),
            "data-relation-words": json.dumps(words, ensure_ascii=False),
            "data-named-url": reverse("archive_authorities_named"),
        }


class RelationsField(forms.CharField):
    """The relations of a record: text in the form, a canonical value when cleaned."""

    widget = RelationsWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("关联规范记录"),
            required=False,
            help_text=gettext_lazy(
                "人物、机构、地点与本件的关系，如“样本县档案馆〔责任者〕；样本镇〔地点〕”。"
            ),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return to_cell(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Pairs of number and role."""
        try:
            return checked(from_cell(super().to_python(value) or ""))
        except ArchiveError as error:
            raise ValidationError(str(error)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != checked(initial or []))
        except (ValidationError, ArchiveError):
            return True


def offering_names(widget: forms.Widget, role: Role) -> None:
    """Make a field of names as typed suggest them, and offer to relate them."""
    asked = attributes(_KIND_OF[FITTING[role]], multiple=True)
    widget.attrs |= {**asked, "data-offers": role.value}


def _suggestions(role: Role) -> str:
    return reverse("archive_suggest", args=(_KIND_OF[FITTING[role]],))
