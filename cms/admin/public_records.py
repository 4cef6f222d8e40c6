"""Choosing public records and places on their pages, for everybody who writes pages.

Editors and trainers are no people of the house: ``gate`` closes the archive's own
choosers to them. What is listed here, the public may read in full, whoever asks, and
is looked up as the public sees it. So it lies outside ``admin/archive/``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from wagtail.models import Page
from wagtail.permissions import policy_registry

from archive.openness import Access
from archive.readers import ANONYMOUS
from archive.seen import PageView, RecordView, see
from cms import catalogue, scans
from cms.evidence.claims import Claim, gather
from cms.scripts import tag_of_script
from cms.searchquery import page_number
from search.errors import SearchUnavailable
from search.service import ONLY_RECORDS, SearchParams, Snippet, search

LISTED = 12
PAGES_SHOWN = 24
_LONGEST = 400

View = Callable[..., HttpResponse]


def writes_pages(user: Any) -> bool:
    """Whether the account may write, change or pass any page."""
    policy = policy_registry.get_by_type(Page)
    return bool(policy.user_has_any_permission(user, {"add", "change", "publish"}))


def _for_writers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not writes_pages(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@_for_writers
def found(request: HttpRequest) -> HttpResponse:
    """``?q=``: records by search, those with pages; without it the latest."""
    q = request.GET.get("q", "")[:_LONGEST]
    page = page_number(request.GET.get("page", "")) or 1
    context: dict[str, Any] = {"q": q}
    if not q.strip():
        newest = catalogue.newest(ANONYMOUS, LISTED)
        views = see([entry.view.record_id for entry in newest], ANONYMOUS)
        listed: list[tuple[RecordView, scans.Scan | None, tuple[Snippet, ...]]] = [
            (view, _first_scan(view), ()) for view in views.values()
        ]
    else:
        try:
            params = SearchParams(
                q=q, filters=dict(ONLY_RECORDS), page=page, page_size=LISTED
            )
            results = search(params, ANONYMOUS)
        except SearchUnavailable:
            return render(request, _template("found"), {**context, "down": True})
        listed = [
            (hit.view, _first_scan(hit.view), hit.snippets)
            for hit in results.record_hits
        ]
        context |= {"page": page, "more": page < results.page_total}
    context["listed"] = [
        (view, scan, snippets)
        for view, scan, snippets in listed
        if view.access is Access.FULL and view.pages
    ]
    return render(request, _template("found"), context)


@_for_writers
def described(request: HttpRequest, pk: int) -> HttpResponse:
    """What the field shows of the record that is chosen; 404 for any other."""
    view = _public(pk, pages=False)
    told = {"title": view.title, "code": view.reference_code}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@_for_writers
def pages(request: HttpRequest, pk: int) -> HttpResponse:
    """Thumbnails to choose a page from."""
    view = _public(pk)
    number = page_number(request.GET.get("page", "")) or 1
    shown = Paginator(view.pages, PAGES_SHOWN).get_page(number)
    context = {
        "view": view,
        "shown": shown,
        "thumbnails": [(page, scans.thumbnail(page)) for page in shown],
        "rtl": scans.runs_right_to_left(view.pages),
    }
    return render(request, _template("pages"), context)


@_for_writers
def page(request: HttpRequest, pk: int, sequence: int) -> HttpResponse:
    """One page: its image to point at, its text to take words from."""
    view = _public(pk)
    shown = next((one for one in view.pages if one.sequence == sequence), None)
    if shown is None:
        raise Http404
    words = request.GET.get("words", "")[:_LONGEST]
    claim = Claim(pk, sequence, words)
    evidence = gather((), [claim]).evidence(claim) if words else None
    context = {
        "view": view,
        "page": shown,
        "scan": scans.whole(shown, evidence.boxes if evidence else ()),
        "script": tag_of_script(shown.script),
    }
    return render(request, _template("page"), context)


def _public(pk: int, *, pages: bool = True) -> RecordView:
    view = see([pk], ANONYMOUS, pages=pages).get(pk)
    if view is None or view.access is not Access.FULL:
        raise Http404
    return view


def _first_scan(view: RecordView) -> scans.Scan | None:
    first: PageView | None = view.pages[0] if view.pages else None
    return scans.thumbnail(first) if first else None


def _template(name: str) -> str:
    return f"cms/admin/public_records/{name}.html"
