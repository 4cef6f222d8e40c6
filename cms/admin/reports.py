"""Reports on the catalogue."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from archive.completeness import CHECKED, missing
from archive.description import label
from archive.models import Record
from archive.reports import (
    MAX_GROUPS,
    duplicates,
    open_dates,
    undescribed,
    unread_dates,
)
from cms.admin.permissions import may


def duplicate_records(request: HttpRequest) -> HttpResponse:
    """Groups of records that may be the same thing."""
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    context = {"groups": duplicates(), "limit": MAX_GROUPS}
    return TemplateResponse(request, "cms/admin/duplicates.html", context)


class Gap(NamedTuple):
    """How many records lack a required element, and where they are listed."""

    label: str
    element: str
    lacking: int


def completeness(request: HttpRequest) -> HttpResponse:
    """For each required element the records of a fonds (``?fonds=``) that lack it."""
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    fonds = Record.objects.filter(parent=None).order_by("reference_code")
    code = request.GET.get("fonds", "")
    chosen = fonds.filter(reference_code=code).first() if code else None
    below = Record.objects.all()
    if chosen is not None:
        below = below.filter(path__startswith=chosen.path)
    # All of them in one pass over the records.
    lacking = {one: Count("pk", filter=missing(one)) for one in CHECKED}
    counts = below.aggregate(total=Count("pk"), **lacking)
    gaps = [Gap(label(one), one, counts[one]) for one in CHECKED]
    context = {
        "fonds": fonds,
        "chosen": chosen,
        "gaps": gaps,
        "total": counts["total"],
        "undescribed": undescribed(below).count(),
        "unread_dates": unread_dates(below).count(),
        "open_dates": open_dates(below).count(),
    }
    return TemplateResponse(request, "cms/admin/completeness.html", context)
