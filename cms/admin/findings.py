"""What the checks find in a page's newest draft, asked for again after each saving."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from wagtail.models import Page

from cms.admin import personal_data
from cms.editing import checks


def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece of HTML for the tab of the editor; for those who may edit the page."""
    page = get_object_or_404(Page, pk=pk).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    found = checks.check(page.get_latest_revision_as_object())
    context = {"findings": found, "clearance": personal_data.state(page)}
    return render(request, "cms/admin/findings.html", context)
