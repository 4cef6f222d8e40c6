"""Filters of the list of records, kept by name for oneself or for all."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from archive.models import Record
from cms.admin.permissions import may
from cms.admin.selection import conditions
from cms.models import SavedFilter, User

LIST = "wagtailsnippets_archive_record:list"


def filters_of(user: User) -> QuerySet[SavedFilter]:
    """One's own, and those that colleagues share."""
    wanted = Q(owner=user) | Q(shared=True)
    return SavedFilter.objects.filter(wanted).select_related("owner")


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep ``query`` under ``name``; the same name replaces what it was."""
    user = _person(request)
    query = conditions(QueryDict(request.POST.get("query", ""))).urlencode()
    name = request.POST.get("name", "").strip()
    address = f"{reverse(LIST)}?{query}"
    if not query:
        messages.error(request, _("请先筛选，再保存为常用筛选。"))
    elif not 0 < len(name) <= 60:
        messages.error(request, _("名称须为 1 至 60 字。"))
    elif len(query) > 2000:
        messages.error(request, _("条件过长，不能保存。"))
    else:
        shared = bool(request.POST.get("shared"))
        SavedFilter.objects.update_or_create(
            owner=user, name=name, defaults={"query": query, "shared": shared}
        )
        messages.success(request, _("已保存常用筛选“%(name)s”。") % {"name": name})
    return redirect(address)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the owner's; others' are not found."""
    kept = get_object_or_404(SavedFilter, pk=pk, owner=_person(request))
    kept.delete()
    messages.success(request, _("已删除常用筛选“%(name)s”。") % {"name": kept.name})
    return redirect(LIST)


def _person(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not may(user, Record, "view"):
        raise PermissionDenied
    return user
