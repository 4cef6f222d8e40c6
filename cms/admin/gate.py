"""The one gate before all screens of the admin that show the holdings.

Wagtail opens some of them (choosers, the completion of tags, the site's history) to
everyone who may enter the admin, or goes by permissions alone.
"""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from cms.admin.permissions import is_staff

_OF_THE_HOLDINGS = re.compile(
    r"wagtailsnippets_(archive|taggit)_"
    r"|wagtailsnippetchoosers_(archive|taggit)_"
    r"|wagtailadmin_tag_(model_)?autocomplete$"
    r"|wagtailadmin_reports:site_history"
)
# Where our own views lie; a new one there is behind the gate from its first day.
_OUR_ROUTE = "admin/archive/"
_APPS = ("archive", "taggit")


class HoldingsMiddleware:
    """403 for accounts that are not of the house, whatever permissions they have."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> None:
        if not _shows_holdings(request.resolver_match):
            return
        # Who has not signed in is sent to do so by Wagtail.
        if request.user.is_authenticated and not is_staff(request.user):
            raise PermissionDenied


def _shows_holdings(match: ResolverMatch | None) -> bool:
    if match is None:
        return False
    if match.view_name == "wagtail_bulk_action":
        return match.kwargs.get("app_label") in _APPS
    if match.route.startswith(_OUR_ROUTE):
        return True
    return _OF_THE_HOLDINGS.match(match.view_name or "") is not None
