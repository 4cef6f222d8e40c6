"""Translations of pages are pages: written in the editor and reviewed like any other.

Wagtail-localize can also keep a translation in step with its original, in an editor
of its own that knows no review: whoever may translate could publish there by the way
(“update”, “convert to alias”). Those doors are closed.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from wagtail import hooks
from wagtail.models import Page

_PAST_THE_REVIEW = ("localize-restart-translation", "localize-convert-to-alias")


def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Not found, for everybody."""
    raise Http404


@hooks.register("register_admin_urls", order=-1)
def closed_doors() -> list[URLPattern]:
    """In front of wagtail-localize's own."""
    return [
        path("localize/update/<path:rest>", closed),
        path("localize/translate/<path:rest>", closed),
        re_path(r"^localize/page/\d+/convert_to_alias/$", closed),
    ]


@hooks.register("construct_page_action_menu")
def without_synchronising(
    items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    items[:] = [item for item in items if item.name not in _PAST_THE_REVIEW]


@hooks.register("before_edit_page", order=-1)
def refuse_synchronising(request: HttpRequest, page: Page) -> None:
    if any(name in request.POST for name in _PAST_THE_REVIEW):
        raise PermissionDenied
