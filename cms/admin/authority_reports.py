"""Names without an authority, likely duplicates, and what a typed name is offered."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from archive.authorities import gaps
from archive.authorities.naming import bearers
from archive.errors import ArchiveError
from archive.models import Authority, Record
from archive.names import split
from archive.vocabulary import FITTING, AuthorityKind, Role
from cms.admin.authorities import inspect_url
from cms.admin.authority_merging import merge_url
from cms.admin.permissions import may

A_PAGE = 50
MOST_NAMES = 20


def duplicates(request: HttpRequest) -> HttpResponse:
    """Authorities of one kind that share a name."""
    if not may(request.user, Authority, "view"):
        raise PermissionDenied
    page = Paginator(gaps.shared_names(), A_PAGE).get_page(request.GET.get("p"))
    groups = gaps.alike(page.object_list)
    addresses = [
        merge_url(one.authority.pk for one in group.authorities) for group in groups
    ]
    context = {
        "page_obj": page,
        "groups": list(zip(groups, addresses, strict=True)),
        "may_merge": may(request.user, Authority, "change"),
    }
    return TemplateResponse(request, "cms/admin/authority_duplicates.html", context)


def without_authority(request: HttpRequest) -> HttpResponse:
    """Names as typed that nobody bears; on POST one of them gets an authority."""
    if not may(request.user, Authority, "view"):
        raise PermissionDenied
    may_make = may(request.user, Authority, "add") and may(
        request.user, Record, "change"
    )
    if request.method == "POST":
        if not may_make:
            raise PermissionDenied
        _make(request)
        return redirect(request.get_full_path())
    page = Paginator(gaps.without_authority(), A_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_obj": page,
        "names": gaps.counted(row["folded"] for row in page.object_list),
        "kinds": AuthorityKind.choices,
        "may_make": may_make,
        "most": gaps.MOST_LINKED,
    }
    return TemplateResponse(request, "cms/admin/authority_unlinked.html", context)


@require_POST
def link_records(request: HttpRequest, pk: int) -> HttpResponse:
    """Link the records that name the authority without being linked to it."""
    if not may(request.user, Record, "change"):
        raise PermissionDenied
    user: Any = request.user
    authority = get_object_or_404(Authority, pk=pk)
    _tell(request, authority, gaps.link(authority, user))
    return redirect(inspect_url(authority))


def named(request: HttpRequest) -> JsonResponse:
    """``?q=甲；乙&role=creator`` → who among them is surely meant.

    ``{"found": [{"name", "number", "label"}]}``: names that exactly one authority
    bears which can have the role.
    """
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    role = request.GET.get("role", "")
    if role not in Role.values:
        return JsonResponse({"found": []})
    found = []
    for name in split(request.GET.get("q", "")[:1000])[:MOST_NAMES]:
        meant = bearers(name, FITTING[role])
        if len(meant) == 1:
            number, label = meant[0].number, str(meant[0])
            found.append({"name": meant[0].name, "number": number, "label": label})
    told = {"found": found}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _make(request: HttpRequest) -> None:
    user: Any = request.user
    name, kind = request.POST.get("name", ""), request.POST.get("kind", "")
    try:
        with transaction.atomic():
            authority, linked = gaps.make_and_link(name, kind, user)
            log(authority, "wagtail.create", user=user)
    except ArchiveError as error:
        messages.error(request, str(error))
        return
    _tell(request, authority, linked)


def _tell(request: HttpRequest, authority: Authority, linked: gaps.Linked) -> None:
    told = ngettext(
        "已将 %(n)d 条档案关联到“%(name)s”；可在“批次”中撤销，已发布的待审核后生效。",
        "已将 %(n)d 条档案关联到“%(name)s”；可在“批次”中撤销，已发布的待审核后生效。",
        linked.records,
    )
    messages.success(request, told % {"n": linked.records, "name": authority})
    if linked.left:
        left = _("还有 %(n)d 条，请再关联一次。") % {"n": linked.left}
        messages.warning(request, left)
