"""The form of an authority; ``archive.authorities.registry`` does the saving."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.widgets import Script
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)

from archive import dates
from archive.authorities.registry import Name, kept_names
from archive.errors import ArchiveError, BroaderRefused, RoleUnfit
from archive.vocabulary import AuthorityKind, NameKind
from cms.admin.authority_fields import AuthorityField
from cms.admin.seals import SealMixin

_FIELD_OF: dict[type[ArchiveError], str] = {
    BroaderRefused: "broader",
    RoleUnfit: "kind",
}
_PREFIX = "names"
_SEALED = ("kind", "dates_original", "history", "sources", "note", "is_demonstration")
_BLANK_ROWS = 2


class NameForm(forms.Form):
    """One name; a row without any is none."""

    name = forms.CharField(label=gettext_lazy("名称"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("名称种类"),
        choices=NameKind.choices,
        required=False,
        initial=NameKind.VARIANT,
    )
    dates_original = forms.CharField(
        label=gettext_lazy("使用时间"), required=False, max_length=200
    )
    language = forms.CharField(
        label=gettext_lazy("语言或文字"), required=False, max_length=40
    )

    @property
    def said(self) -> Name | None:
        given = self.cleaned_data
        if not given.get("name"):
            return None
        kind = given["kind"] or NameKind.VARIANT.value
        return Name(given["name"], kind, given["language"], given["dates_original"])


NameFormSet = formset_factory(NameForm, extra=0, max_num=500)


class AuthorityForm(SealMixin, WagtailAdminModelForm):
    """Names in rows of their own; errors of the archive land at their field."""

    broader = AuthorityField(
        kind=AuthorityKind.PLACE.value,
        label=gettext_lazy("上级地点"),
        required=False,
        help_text=gettext_lazy("仅地点填写：按名称选，或填规范号。"),
    )

    class Media:
        js = [
            Script("cms/admin/suggest.js", type="module"),
            Script("cms/admin/names.js", type="module"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance
        if held.pk is not None:
            fields = [getattr(held, name) for name in ("broader_id", *_SEALED)]
            self.seal([*fields, *map(astuple, kept_names(held))])

    @cached_property
    def names(self) -> BaseFormSet[NameForm]:
        """Bound where the form is; with blank rows to write further names in."""
        if self.is_bound:
            return NameFormSet(self.data, prefix=_PREFIX)
        return NameFormSet(prefix=_PREFIX, initial=self._initial_names())

    def _initial_names(self) -> list[dict[str, str]]:
        if self.instance.pk is None:
            suggested = {"name": self.initial.get("name", "")}
            first = {**suggested, "kind": NameKind.PREFERRED.value}
            kept = [first]
        else:
            kept = [
                {
                    "name": one.name,
                    "kind": one.kind,
                    "dates_original": one.dates_original,
                    "language": one.language,
                }
                for one in kept_names(self.instance)
            ]
        blank = {"kind": NameKind.FORMER.value}
        return [*kept, *([blank] * _BLANK_ROWS)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.heed_seal()
        if not self.names.is_valid():
            self.add_error(None, _("名称中有误，请看各行的提示。"))
            return cleaned
        cleaned["names"] = self.given_names()
        return cleaned

    def given_names(self) -> Sequence[Name]:
        found = (form.said for form in self.names.forms)
        return [name for name in found if name is not None]

    def unread_dates(self) -> list[str]:
        """Dates that are kept as written, but by which nothing can be shown."""
        written = [self.cleaned_data["dates_original"]]
        written += [name.dates_original for name in self.given_names()]
        return [
            dates.read(text).problem for text in written if dates.read(text).problem
        ]

    def add_archive_error(self, error: ArchiveError) -> None:
        self.add_error(_FIELD_OF.get(type(error)), str(error))

    def validate_unique(self) -> None:
        """Nothing that is typed must be."""


class NamesPanel(Panel):
    """The rows of names within a form of panels."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/authority_names.html"


def edit_handler() -> ObjectList:
    return ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("kind"), NamesPanel()], heading=gettext_lazy("名称")
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("dates_original"), FieldPanel("broader")]
                    ),
                    FieldPanel("history"),
                ],
                heading=gettext_lazy("生平、沿革与位置"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("sources"),
                    FieldPanel("note"),
                    FieldPanel("is_demonstration"),
                ],
                heading=gettext_lazy("依据与附注"),
            ),
        ],
        base_form_class=AuthorityForm,
    )


def model_fields(form: AuthorityForm) -> dict[str, Any]:
    """What the form says but for the names, as the services take it."""
    fields = (
        "kind",
        "dates_original",
        "broader",
        "history",
        "sources",
        "note",
        "is_demonstration",
    )
    return {name: form.cleaned_data[name] for name in fields}
