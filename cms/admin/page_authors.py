"""The field in which an editor links an author to an authority that is public."""

import re
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.widgets import Script
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from archive.models import Authority
from cms.knowledge import public_authorities

LONGEST = 200
_NUMBERED = re.compile(r".*[（(]\s*(?P<number>[A-Za-z0-9]+)\s*[)）]")


def suggest(request: HttpRequest) -> JsonResponse:
    """``?q=`` → ``{"suggestions": [{"value", "label", "note"}]}``, for who writes."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    offered = public_authorities.suggest(request.GET.get("q", "")[:LONGEST])
    told = {"suggestions": [asdict(one) for one in offered]}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


class AuthorityWidget(forms.TextInput):
    """``名称（规范号）``; a plain text field without the script."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        asked = {
            "data-suggest-url": reverse_lazy("page_authors_suggest"),
            "data-suggest-numbered": "",
            "autocomplete": "off",
        }
        super().__init__({**asked, **(attrs or {})})

    class Media:
        js = [Script("cms/admin/suggest.js", type="module")]


class AuthorityFormField(forms.CharField):
    """An authority by its number, or by a preferred name that one alone has.

    Of one that is not public nothing is told, not even that it exists; a link made
    while it was public stays, hidden, when it no longer is.
    """

    widget = AuthorityWidget

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        one = public_authorities.known_among([value]).get(value)
        return str(one) if one is not None else ""

    def to_python(self, value: Any) -> Any:
        typed = str(super().to_python(value) or "").strip()
        if not typed:
            return None
        numbered = _NUMBERED.fullmatch(typed)
        number = numbered["number"] if numbered else typed
        found = list(public_authorities.known().filter(number__iexact=number))
        if not found:
            found = list(public_authorities.known().filter(name=typed))
        if not found:
            told = _("公开档案中没有名为“%(name)s”的责任者；此栏可以不填。")
            raise ValidationError(told % {"name": typed[:LONGEST]})
        if len(found) > 1:
            told = _("有 %(n)d 个“%(name)s”，请从提示中选择。")
            raise ValidationError(told % {"n": len(found), "name": typed[:LONGEST]})
        chosen: Authority = found[0]
        return chosen

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "") != (data or "").strip())
