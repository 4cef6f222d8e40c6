"""Merging authorities: side by side, the survivor chosen, then confirmed."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from archive.authorities.merging import TAKEN_OVER, merge
from archive.authorities.naming import names_of
from archive.errors import ArchiveError
from archive.models import Authority
from cms.admin.authorities import inspect_url
from cms.admin.authority_fields import AuthorityField
from cms.admin.authority_log import merged_states, note_merge
from cms.admin.bulk import ServiceBulkAction
from cms.admin.permissions import may

MOST = 20


class AddForm(forms.Form):
    """Another one to be merged."""

    add = AuthorityField(label=gettext_lazy("再加一条（名称或规范号）"), required=False)

    class Media:
        js = AuthorityField.Media.js


class MergeSelected(ServiceBulkAction):
    """From the list to the page where they lie side by side."""

    display_name = gettext_lazy("合并")
    aria_label = gettext_lazy("合并所选的规范记录")
    action_type = "merge"
    models: ClassVar = [Authority]
    permission = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(merge_url(request.GET.getlist("id")))


def merge_url(ids: Any) -> str:
    address = reverse("archive_authorities_merge")
    return f"{address}?{urlencode({'id': list(ids)}, doseq=True)}"


def merge_authorities(request: HttpRequest) -> HttpResponse:
    """``?id=&id=``: those to be merged; on POST ``survivor`` is the one that stays."""
    if not may(request.user, Authority, "change"):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    ids = [pk for pk in asked.getlist("id") if pk.isdecimal()][:MOST]
    form = AddForm(request.GET if request.GET.get("add") else None)
    if form.is_valid() and form.cleaned_data["add"] is not None:
        return redirect(
            merge_url(dict.fromkeys([*ids, str(form.cleaned_data["add"].pk)]))
        )
    chosen = _chosen(ids)
    if request.method == "POST":
        done = _merge(request, chosen)
        if done is not None:
            return redirect(inspect_url(done))
    context = {
        "form": form,
        "cards": [(one, names_of(one), _facts(one)) for one in chosen],
        "mixed": len({one.kind for one in chosen}) > 1,
    }
    return TemplateResponse(request, "cms/admin/authority_merge.html", context)


def _merge(request: HttpRequest, chosen: list[Authority]) -> Authority | None:
    """The survivor, or None: then a message says why not."""
    wanted = request.POST.get("survivor", "")
    survivor = next((one for one in chosen if str(one.pk) == wanted), None)
    if survivor is None:
        messages.error(request, _("请选定保留哪一条。"))
        return None
    others = [one for one in chosen if one != survivor]
    try:
        with transaction.atomic():
            states = merged_states(others)
            merge(survivor, others)
            note_merge(survivor, states, request.user)
    except ArchiveError as error:
        messages.error(request, str(error))
        return None
    messages.success(request, _("已合并为“%(name)s”。") % {"name": survivor})
    return survivor


def _chosen(ids: list[str]) -> list[Authority]:
    """With the number of records; the one with most of them first."""
    rows = Authority.objects.filter(pk__in=ids).select_related("broader")
    counted = rows.annotate(records=Count("relations__record", distinct=True))
    return list(counted.order_by("-records", "number"))


def _facts(authority: Authority) -> list[tuple[str, str]]:
    """What the survivor takes over where it says nothing itself."""
    labels = {
        name: str(getattr(Authority._meta.get_field(name), "verbose_name", name))
        for name in TAKEN_OVER
    }
    values = ((name, getattr(authority, name)) for name in TAKEN_OVER)
    return [(labels[name], str(value)) for name, value in values if value]
