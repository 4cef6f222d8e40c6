"""Reports on the catalogue."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from archive.models import Record
from archive.reports import MAX_GROUPS, duplicates
from cms.admin.permissions import may


def duplicate_records(request: HttpRequest) -> HttpResponse:
    """Groups of records that may be the same thing."""
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    context = {"groups": duplicates(), "limit": MAX_GROUPS}
    return TemplateResponse(request, "cms/admin/duplicates.html", context)
