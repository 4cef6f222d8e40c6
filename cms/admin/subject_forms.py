"""Fields in which concepts are named, and the form of a concept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy

from archive.errors import ArchiveError
from archive.models import Subject
from archive.names import joined, split
from archive.subjects import editing
from archive.subjects.errors import (
    BroaderCycle,
    InvalidNumber,
    LabelMissing,
    NumberTaken,
    RelatedRefused,
    SubjectTooDeep,
    UnknownSubject,
)
from archive.subjects.found import called
from archive.subjects.store import load
from cms.admin.seals import SealMixin
from cms.admin.suggest import attributes

_FIELD_OF: dict[type[ArchiveError], str] = {
    LabelMissing: "label",
    InvalidNumber: "number",
    NumberTaken: "number",
    BroaderCycle: "broader",
    SubjectTooDeep: "broader",
    RelatedRefused: "related",
}


class SubjectField(forms.CharField):
    """One concept, by any of its names or its number; None for a blank."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= attributes("subject")

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        found = called(typed)
        if found is None:
            raise ValidationError(str(UnknownSubject(typed)))
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or "").strip() != (data or "").strip())


class _NamesField(forms.CharField):
    """Names separated by semicolons, as a list."""

    def to_python(self, value: Any) -> Any:
        return split(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return split(initial or "") != split(data or "")


class SubjectForm(SealMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Saving is the business of ``archive.subjects``; the form writes nothing."""

    number = forms.CharField(
        label=gettext_lazy("编号"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("留空由系统编号；保存之后不再改变。"),
    )
    alternatives = _NamesField(
        label=gettext_lazy("非正式词"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "同义词、旧称、简称，多个用分号隔开；不必写繁体，简繁视为同一个词。"
        ),
    )
    broader = SubjectField(label=gettext_lazy("上位词"), required=False)
    related = _NamesField(
        label=gettext_lazy("相关词"),
        required=False,
        help_text=gettext_lazy("多个用分号隔开。"),
    )

    class Meta:
        model = Subject
        fields = ("label", "label_en", "status", "source", "scope_note")
        widgets = {
            "scope_note": forms.Textarea(attrs={"rows": 3}),
            "label": forms.TextInput(),
        }

    class Media:
        js = [Script("cms/admin/suggest.js", type="module")]

    field_order = (
        "number",
        "label",
        "label_en",
        "alternatives",
        "broader",
        "related",
        "scope_note",
        "source",
        "status",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Wagtail's views give it to every form.
        kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        self.fields["related"].widget.attrs |= attributes("subject", multiple=True)
        if self.instance.pk:
            del self.fields["number"]
            told = editing.said(load(), self.instance.number)
            self.seal(told)
            self.initial.update(
                alternatives=joined(told["alternatives"]),
                broader=told["broader"],
                related=joined(told["related"]),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.heed_seal()
        return cleaned

    def clean_related(self) -> list[str]:
        names: list[str] = self.cleaned_data["related"]
        for name in names:
            if called(name) is None:
                raise ValidationError(str(UnknownSubject(name)))
        return names

    def values(self) -> dict[str, Any]:
        """What was changed, as ``archive.subjects.editing`` takes it."""
        given = {name: self.cleaned_data[name] for name in self.changed_data}
        if "broader" in given:
            given["broader"] = given["broader"].number if given["broader"] else ""
        return given

    def _post_clean(self) -> None:
        """The model's own checks are left to the service: one owner of the rules."""

    def add_archive_error(self, error: ArchiveError) -> None:
        field = _FIELD_OF.get(type(error))
        self.add_error(field if field in self.fields else None, str(error))
