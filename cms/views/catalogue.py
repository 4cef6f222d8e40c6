"""The tree, a record's page, and its citation for reference managers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import uri_to_iri

from archive.openness import Access
from archive.seen import PageView, RecordView, see_one
from cms import catalogue, citation, description, scans
from cms.languages.prefixes import bare
from cms.models import SiteDetails
from cms.models.site import site_details
from cms.searchquery import page_number
from cms.views.errors import not_found
from cms.views.moved import moved
from cms.views.request import ReaderRequest

PAGES_SHOWN = 48


def index(request: ReaderRequest) -> HttpResponse:
    """The fonds."""
    page = page_number(request.GET.get("page", "")) or 1
    context = {"fonds": catalogue.children(None, request.reader, page)}
    return render(request, "cms/catalogue.html", context)


def record(request: ReaderRequest, reference_code: str) -> HttpResponse:
    """A record as this reader sees it; otherwise as if it did not exist."""
    view = see_one(reference_code, request.reader)
    if view is None:
        return moved(request, reference_code) or not_found(request)
    page = page_number(request.GET.get("page", "")) or 1
    above = catalogue.ancestors(view, request.reader)
    context = {
        "view": view,
        "ancestors": above,
        "children": catalogue.children(view.record_id, request.reader, page),
    }
    if view.access is not Access.FULL:
        return render(request, "cms/catalogue_entry.html", context)
    context |= {
        **_details(request, view),
        "inherited": description.inherited(view, above),
    }
    return render(request, "cms/record.html", context)


def export(request: ReaderRequest, reference_code: str, suffix: str) -> HttpResponse:
    """The citation of a record, or with ``?page=`` of one page, as a file."""
    view = see_one(reference_code, request.reader)
    if view is None:
        return moved(request, reference_code) or not_found(request)
    form = citation.EXPORTS.get(suffix)
    if form is None or view.access is not Access.FULL:
        return not_found(request)
    sequences = {page.sequence for page in view.pages}
    page = page_number(request.GET.get("page", ""))
    cited = page if request.GET.get("page") and page in sequences else None
    body = form.write(source_of(request, view, cited))
    response = HttpResponse(body, content_type=f"{form.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="citation.{suffix}"'
    return response


def source_of(
    request: ReaderRequest, view: RecordView, page: int | None = None
) -> citation.Source:
    """What a citation of ``view``, or of one of its pages, is made of."""
    details: SiteDetails = site_details(request)
    if page is None:
        path = reverse("record", args=[view.reference_code])
    else:
        path = reverse("viewer", args=[view.reference_code, page])
    return citation.Source(
        reference_code=view.reference_code,
        title=view.title,
        creators=view.creators,
        first=view.date_min,
        last=view.date_max,
        place=details.place,
        holder=details.holder,
        url=request.build_absolute_uri(bare(path)),
        accessed=timezone.localdate(),
        page=page,
    )


def citation_texts(source: citation.Source) -> dict[str, str]:
    """Both editions, with the address as people write it."""
    url = uri_to_iri(source.url)
    return {
        "citation_2025": citation.gbt7714(source, "2025").replace(source.url, url),
        "citation_2015": citation.gbt7714(source, "2015").replace(source.url, url),
    }


def _details(request: ReaderRequest, view: RecordView) -> dict[str, Any]:
    """What only full access brings."""
    number = page_number(request.GET.get("pages", "")) or 1
    shown = Paginator(view.pages, PAGES_SHOWN).get_page(number)
    first = view.pages[0] if view.pages else None
    return {
        "groups": description.groups(view),
        "standing": catalogue.standing(view, request.reader),
        "crop": _crop(first) if first else None,
        "first_page": first,
        "thumbnails": [(page.sequence, scans.thumbnail(page)) for page in shown],
        "shown_pages": shown,
        "rtl": scans.runs_right_to_left(view.pages),
        "unproofread": any(page.text and not page.proofread for page in view.pages),
        "unread": sum(page.transcript_id is None for page in view.pages),
        "exports": citation.EXPORTS.values(),
        "demonstration": view.is_demonstration,
        **citation_texts(source_of(request, view)),
    }


def _crop(page: PageView) -> scans.Scan:
    return scans.head(page, (), ratio=1.75, wide=900)
