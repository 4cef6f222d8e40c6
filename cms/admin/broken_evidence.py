"""The report on evidence that no longer stands."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from cms.admin.public_records import writes_pages
from cms.evidence.broken import broken
from cms.evidence.changes import reasons

_SHOWN = 50


class BrokenEvidenceItem(MenuItem):
    """For those who can mend it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return writes_pages(request.user)


def report(request: HttpRequest) -> HttpResponse:
    """Which live pages have lost evidence, and why; it names no record.

    ``?kind=lesson`` narrows it to pages of a kind.
    """
    if not writes_pages(request.user):
        raise PermissionDenied
    told = reasons()
    only = request.GET.get("kind", "")
    rows = [
        (one.page, told[one.flaw], one.count, _edit_url(one.page))
        for one in broken()
        if not only or getattr(one.page, "search_kind", "") == only
    ]
    shown = Paginator(rows, _SHOWN).get_page(request.GET.get("p"))
    return TemplateResponse(
        request,
        "cms/admin/broken_evidence.html",
        {"rows": shown, "total": len(rows), "only": only},
    )


def _edit_url(page: object) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])  # type: ignore[attr-defined]
