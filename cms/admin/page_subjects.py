"""The field in which an editor says what a page is about.

Editors see of the thesaurus what everyone may (``cms.knowledge.public_subjects``): the
preferred labels of concepts that are public. Of another nothing is told, not even that
it exists.
"""

from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.widgets import Script
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from archive.models import Subject
from archive.names import joined, split
from archive.suggestions import key_of
from cms.knowledge import public_subjects

LONGEST = 200


def suggest(request: HttpRequest) -> JsonResponse:
    """``?q=`` → ``{"suggestions": [{"value", "label", "note"}]}``, for who writes."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    offered = public_subjects.suggest(request.GET.get("q", "")[:LONGEST])
    told = {"suggestions": [asdict(one) for one in offered]}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


class SubjectsWidget(forms.TextInput):
    """Labels separated by semicolons; a plain text field without the script."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        asked = {
            "data-suggest-url": reverse_lazy("page_subjects_suggest"),
            "data-suggest-multiple": "",
            "autocomplete": "off",
        }
        super().__init__({**asked, **(attrs or {})})

    class Media:
        js = [Script("cms/admin/suggest.js", type="module")]


class SubjectsFormField(forms.CharField):
    """Text → concepts in the order typed, each once; names what it does not know."""

    widget = SubjectsWidget

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return joined(one.label for one in value)

    def to_python(self, value: Any) -> Any:
        names = split(super().to_python(value) or "")
        known = public_subjects.called(names)
        unknown = [name for name in names if key_of(name) not in known]
        if unknown:
            raise ValidationError(
                _("主题词表中没有“%(names)s”，请从提示中选择，或请档案员增补。")
                % {"names": "、".join(unknown)[:LONGEST]}
            )
        return list(dict.fromkeys(known[key_of(name)] for name in names))

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.prepare_value(initial) or ""
        return set(split(before)) != set(split(data or ""))


class SubjectFormField(SubjectsFormField):
    """One concept or none; the initial value is its id."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            one = Subject.objects.filter(pk=value).first()
            return joined([one.label]) if one else ""
        return value

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if len(found) > 1:
            raise ValidationError(_("这里只能填一个主题词。"))
        return found[0] if found else None
