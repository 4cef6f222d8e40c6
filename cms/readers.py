"""From a request to a ``Reader``: the one place where audiences are given out."""

import ipaddress
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from archive.models import Grant
from archive.openness import Audience
from archive.readers import ANONYMOUS, Reader

_AUDIENCES = {
    "public": Audience.PUBLIC,
    "reading_room": Audience.READING_ROOM,
    "staff": Audience.STAFF,
}


class ReaderMiddleware:
    """Puts ``request.reader``, worked out at its first use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.reader = SimpleLazyObject(lambda: reader_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def reader_of(request: HttpRequest) -> Reader:
    """Anonymous readers are the public; groups and networks lift the others."""
    user: Any = request.user
    if isinstance(user, AnonymousUser) or not user.is_active:
        return ANONYMOUS
    return Reader(_audience(request, user), _grants(user))


def _audience(request: HttpRequest, user: Any) -> Audience:
    if user.is_superuser:
        return Audience.STAFF
    names = settings.AUDIENCE_OF_GROUP
    groups = user.groups.values_list("name", flat=True)
    audience = max(
        (_AUDIENCES[names[group]] for group in groups if group in names),
        default=Audience.PUBLIC,
    )
    if audience is Audience.READING_ROOM and not _in_reading_room(request):
        return Audience.PUBLIC
    return audience


def _in_reading_room(request: HttpRequest) -> bool:
    return _within(address_of(request), settings.READING_ROOM_NETWORKS)


def address_of(request: HttpRequest) -> str:
    """Where a request came from: the last hop that is no proxy of ours.

    What stands before that hop in ``X-Forwarded-For`` anybody may have written.
    """
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    peer: str = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in (*forwarded.split(","), peer)]
    while len(hops) > 1 and _within(hops[-1], settings.TRUSTED_PROXIES):
        hops.pop()
    return hops[-1]


def _within(address: str, networks: Sequence[str]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in ipaddress.ip_network(network) for network in networks)


def _grants(user: Any) -> dict[int, Audience]:
    rows = Grant.objects.filter(reader=user, until__gte=timezone.localdate())
    grants: dict[int, Audience] = {}
    for record_id, audience in rows.values_list("record_id", "audience"):
        grants[record_id] = max(Audience(audience), grants.get(record_id, Audience(0)))
    return grants
