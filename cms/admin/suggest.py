"""Suggestions while typing, of every kind, for the fields of the admin.

A field asks with ``data-suggest-url`` (``cms/static/cms/admin/suggest.js``); without
the script it is a plain text field.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse_lazy

from archive import tagging
from archive.authorities import naming
from archive.models import Record
from archive.subjects import found as subjects_found
from archive.suggestions import MOST, Suggestion
from archive.vocabulary import AuthorityKind
from cms.admin.permissions import may

LONGEST = 200

Suggest = Callable[[str], list[Suggestion]]
KINDS: Mapping[str, Suggest] = {
    "authority": naming.suggest,
    "agent": partial(naming.suggest, kinds=naming.AGENTS),
    "person": partial(naming.suggest, kinds=(AuthorityKind.PERSON.value,)),
    "organisation": partial(naming.suggest, kinds=(AuthorityKind.ORGANISATION.value,)),
    "place": partial(naming.suggest, kinds=naming.PLACES),
    "subject": subjects_found.suggest,
    "tag": tagging.suggest,
}
"""What is asked for → who answers it: at most ``MOST``, in few queries."""


def suggest(request: HttpRequest, kind: str) -> JsonResponse:
    """``?q=`` → ``{"suggestions": [{"value", "label", "note"}]}``."""
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    answer = KINDS.get(kind)
    if answer is None:
        raise Http404
    found = answer(request.GET.get("q", "")[:LONGEST])
    told = {"suggestions": [asdict(one) for one in found[:MOST]]}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def attributes(kind: str, *, multiple: bool = False) -> dict[str, Any]:
    """What makes a text field ask for suggestions of ``kind``.

    ``multiple``: the field holds names separated by semicolons, and the last of
    them is completed.
    """
    asked: dict[str, Any] = {
        "data-suggest-url": reverse_lazy("archive_suggest", args=(kind,))
    }
    if multiple:
        asked["data-suggest-multiple"] = ""
    return {**asked, "autocomplete": "off"}


def complete_tags(request: HttpRequest) -> JsonResponse:
    """``?term=`` → names of tags, as Wagtail's field for tags asks."""
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    found = tagging.suggest(request.GET.get("term", "")[:LONGEST])
    return JsonResponse([one.value for one in found], safe=False)
