"""The JSON API, version 1: what the pages show, for scripts."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.authorities.related import RelationView
from archive.openness import Access
from archive.readers import Reader
from archive.seen import PageView, RecordView, see_one
from cms import catalogue, scans, searchquery
from cms.views.errors import RETRY_SECONDS
from cms.views.moved import moved
from cms.views.openapi import DOCUMENT
from cms.views.request import ReaderRequest
from search.errors import PagingTooDeep, SearchUnavailable
from search.service import Hit, Results, StoryHit
from search.service import search as find
from search.stories import CATALOGUE


def search(request: ReaderRequest) -> HttpResponse:
    """``/api/v1/search``, with the parameters of the search page."""
    parsed = searchquery.parse(request.GET)
    if parsed.unread:
        return _error(400, "bad_parameter", _unread(parsed.unread))
    try:
        results = find(parsed.params, request.reader)
    except SearchUnavailable:
        response = _error(503, "search_unavailable", _("检索暂不可用，请稍后再试。"))
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    except PagingTooDeep:
        return _error(400, "paging_too_deep", _("结果只能翻到第一万件，请缩小范围。"))
    return _json(_results(request, results))


def record(request: ReaderRequest, reference_code: str) -> HttpResponse:
    """``/api/v1/records/<reference_code>``: the attribute names of DA/T 18."""
    view = see_one(reference_code, request.reader)
    if view is None:
        return moved(request, reference_code) or _not_found()
    return _json(_record(request, view))


def records(request: ReaderRequest) -> HttpResponse:
    """``/api/v1/records?parent=&page=``: the fonds, or what lies below a record."""
    page = searchquery.page_number(request.GET.get("page", ""))
    if page is None:
        return _error(400, "bad_parameter", _unread(("page",)))
    parent_id = None
    if request.GET.get("parent"):
        parent = _named_by(request, "parent", pages=False)
        if not isinstance(parent, RecordView):
            return parent
        parent_id = parent.record_id
    listed = catalogue.children(parent_id, request.reader, page)
    return _json(
        {
            "total": listed.total,
            "page": listed.page,
            "pages": listed.page_count,
            "records": [_brief(request, entry.view) for entry in listed.entries],
        }
    )


def pages(request: ReaderRequest) -> HttpResponse:
    """``/api/v1/pages?reference_code=``: image and text of every page."""
    view = _named_by(request, "reference_code", pages=True)
    if not isinstance(view, RecordView):
        return view
    if view.access is not Access.FULL:
        return _not_found()
    return _json(
        {
            "reference_code": view.reference_code,
            "pages": [_page(request, view, page) for page in view.pages],
        }
    )


def _named_by(
    request: ReaderRequest, parameter: str, *, pages: bool
) -> RecordView | HttpResponse:
    """The record whose code a query parameter gives, or the answer without one."""
    code = request.GET.get(parameter, "")
    view = see_one(code, request.reader, pages=pages)
    return view or moved(request, code, parameter) or _not_found()


def openapi(request: ReaderRequest) -> HttpResponse:
    """The description of this interface."""
    return _json(DOCUMENT)


def missing(request: ReaderRequest, path: str = "") -> HttpResponse:
    """Anything else below ``/api/v1/``."""
    return _not_found()


def _results(request: ReaderRequest, results: Results) -> dict[str, Any]:
    return {
        "total": results.total,
        "page": results.params.page,
        "page_size": results.params.page_size,
        "variants": list(results.variants),
        "notice": results.notice,
        "approximate_facets": [
            facet.name for facet in results.facets if facet.approximate
        ],
        "hits": [
            _hit(request, hit) if isinstance(hit, Hit) else _story(request, hit)
            for hit in results.hits
        ],
        "facets": {
            facet.name: [
                {"value": each.value, "label": each.label, "count": each.count}
                for each in facet.values
            ]
            for facet in results.facets
        },
    }


def _hit(request: ReaderRequest, hit: Hit) -> dict[str, Any]:
    return {
        **_brief(request, hit.view),
        "section": CATALOGUE,
        "summary": "",
        "title_marks": [list(mark) for mark in hit.title_marks],
        "snippets": [
            {
                "page": snippet.page,
                "text": snippet.text,
                "marks": [list(mark) for mark in snippet.marks],
                "url": _page_url(request, hit.view, snippet.page),
            }
            for snippet in hit.snippets
        ],
        "page_count": hit.page_count,
        "match_count": hit.match_count,
    }


def _story(request: ReaderRequest, hit: StoryHit) -> dict[str, Any]:
    """A page of the site, in the shape of a record; it has no code and no pages."""
    story = hit.story
    url = request.build_absolute_uri(story.url)
    return {
        "type": story.kind,
        "reference_code": "",
        "title": story.title,
        "date_display": story.day.isoformat() if story.day else "",
        "access": Access.FULL.name.lower(),
        "url": url,
        "section": story.section,
        "summary": story.summary,
        "title_marks": [list(mark) for mark in hit.title_marks],
        "snippets": [
            {
                "page": None,
                "text": passage.text,
                "marks": [list(mark) for mark in passage.marks],
                "url": url,
            }
            for passage in hit.passages
        ],
        "page_count": 0,
        "match_count": hit.match_count,
    }


def _brief(request: ReaderRequest, view: RecordView) -> dict[str, Any]:
    url = reverse("record", args=[view.reference_code])
    return {
        # Of a catalogue entry only title, date and reference code may appear.
        "type": view.level if view.access is Access.FULL else "",
        "reference_code": view.reference_code,
        "title": view.title,
        "date_display": view.date_display,
        "access": view.access.name.lower(),
        "url": request.build_absolute_uri(url),
    }


def _record(request: ReaderRequest, view: RecordView) -> dict[str, Any]:
    if view.access is not Access.FULL:
        brief = _brief(request, view)
        del brief["type"]
        return brief
    return {
        **_brief(request, view),
        "level": view.level,
        **dict(view.fields),
        "particulars": dict(view.particulars),
        "creators": list(view.creators),
        "tags": list(view.tags),
        "relations": [_relation(one) for one in view.relations],
        "date_min": view.date_min,
        "date_max": view.date_max,
        "is_demonstration": view.is_demonstration,
        "ancestors": _ancestors(request, view, request.reader),
        "pages": [_page(request, view, page, text=False) for page in view.pages],
    }


def _relation(one: RelationView) -> dict[str, str]:
    """``name`` as at the time of the record, ``preferred_name`` as today."""
    return {
        "number": one.number,
        "kind": one.kind,
        "role": one.role,
        "name": one.name,
        "preferred_name": one.today,
    }


def _ancestors(
    request: ReaderRequest, view: RecordView, reader: Reader
) -> list[dict[str, Any]]:
    return [_brief(request, one) for one in catalogue.ancestors(view, reader)]


def _page(
    request: ReaderRequest, view: RecordView, page: PageView, *, text: bool = True
) -> dict[str, Any]:
    service = reverse("iiif-base", args=[page.image_id])
    shown: dict[str, Any] = {
        "page": page.sequence,
        "url": _page_url(request, view, page.sequence),
        "image": request.build_absolute_uri(scans.iiif_url(page.image_id)),
        "image_service": request.build_absolute_uri(service),
        "width": page.width,
        "height": page.height,
    }
    if text:
        shown |= {
            "text": page.text,
            "direction": page.direction,
            "script": page.script,
            "confidence": page.confidence,
            "proofread": page.proofread,
        }
    return shown


def _page_url(request: ReaderRequest, view: RecordView, page: int) -> str:
    path = reverse("viewer", args=[view.reference_code, page])
    return request.build_absolute_uri(path)


def _json(body: dict[str, Any]) -> JsonResponse:
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _error(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse(
        {"error": {"code": code, "message": message}},
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )


def _not_found() -> JsonResponse:
    return _error(404, "not_found", _("没有找到，或尚未开放。"))


def _unread(names: tuple[str, ...]) -> str:
    return _("无法识别的参数：%(names)s") % {"names": ", ".join(names)}
