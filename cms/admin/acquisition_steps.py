"""What is done with an acquisition: things on its list, appraisal, accession, return.

Every view changes; each asks for the permission to change acquisitions.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from archive import acquisitions
from archive.errors import ArchiveError
from archive.models import Acquisition, AcquisitionItem, Record
from cms.admin.acquisition_forms import AccessionForm, ItemForm, ReturnForm
from cms.admin.acquisition_log import note
from cms.admin.acquisitions import inspect_url
from cms.admin.permissions import may


def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Another thing; with ``again`` the form opens for the one after it."""
    acquisition = _asked(request, pk)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            item = acquisitions.add_item(acquisition, **form.cleaned_data)
        except ArchiveError as error:
            form.add_error(None, str(error))
        else:
            note(acquisition, "item_add", request.user, about=item.title)
            messages.success(request, _("已添加“%(item)s”。") % {"item": item.title})
            if "again" in request.POST:
                return redirect("archive_acquisition_item_add", pk)
            return redirect(inspect_url(acquisition))
    return _form(request, acquisition, form, _("添加征集件"), _("保存"), again=True)


def edit_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    acquisition = _asked(request, pk)
    item = get_object_or_404(acquisition.items, pk=item_pk)
    form = ItemForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        try:
            changed = acquisitions.edit_item(item, form.cleaned_data)
        except ArchiveError as error:
            form.add_error(None, str(error))
        else:
            if changed:
                note(acquisition, "item_edit", request.user, about=item.title)
            messages.success(request, _("已保存“%(item)s”。") % {"item": item.title})
            return redirect(inspect_url(acquisition))
    return _form(request, acquisition, form, _("修改征集件"), _("保存"))


@require_POST
def remove_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    acquisition = _asked(request, pk)
    item: AcquisitionItem = get_object_or_404(acquisition.items, pk=item_pk)
    try:
        acquisitions.remove_item(item)
    except ArchiveError as error:
        return _refused(request, acquisition, error)
    note(acquisition, "item_remove", request.user, about=item.title)
    messages.success(request, _("已去除“%(item)s”。") % {"item": item.title})
    return redirect(inspect_url(acquisition))


@require_POST
def appraise(request: HttpRequest, pk: int) -> HttpResponse:
    acquisition = _asked(request, pk)
    try:
        acquisitions.appraise(acquisition)
    except ArchiveError as error:
        return _refused(request, acquisition, error)
    note(acquisition, "appraise", request.user)
    messages.success(request, _("已审核，可以入藏。"))
    return redirect(inspect_url(acquisition))


def accession(request: HttpRequest, pk: int) -> HttpResponse:
    acquisition = _asked(request, pk)
    if not may(request.user, Record, "add"):
        raise PermissionDenied
    pending = acquisition.items.filter(record=None)
    form = AccessionForm(request.POST or None, items=pending)
    if request.method == "POST" and form.is_valid():
        try:
            made = acquisitions.accession(
                acquisition,
                form.cleaned_data["parent"],
                form.cleaned_data["level"],
                form.entries(),
                _user(request),
            )
        except ArchiveError as error:
            form.add_error(None, str(error))
        else:
            codes = _("、").join(record.reference_code for record in made)
            note(acquisition, "accession", request.user, about=codes)
            done = ngettext("已入藏 %(n)d 件。", "已入藏 %(n)d 件。", len(made))
            messages.success(request, done % {"n": len(made)})
            return redirect(inspect_url(acquisition))
    context = {"acquisition": acquisition, "form": form}
    return TemplateResponse(request, "cms/admin/accession.html", context)


def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    acquisition = _asked(request, pk)
    form = ReturnForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["on"]
        try:
            acquisitions.give_back(acquisition, day, form.cleaned_data["note"])
        except ArchiveError as error:
            form.add_error(None, str(error))
        else:
            note(acquisition, "give_back", request.user, about=day.isoformat())
            messages.success(request, _("已登记退还。"))
            return redirect(inspect_url(acquisition))
    return _form(request, acquisition, form, _("退还"), _("登记退还"))


def _asked(request: HttpRequest, pk: int) -> Acquisition:
    if not may(request.user, Acquisition, "change"):
        raise PermissionDenied
    return get_object_or_404(Acquisition, pk=pk)


def _user(request: HttpRequest) -> Any:
    return request.user


def _refused(
    request: HttpRequest, acquisition: Acquisition, error: ArchiveError
) -> HttpResponseRedirect:
    messages.error(request, str(error))
    return HttpResponseRedirect(inspect_url(acquisition))


def _form(
    request: HttpRequest,
    acquisition: Acquisition,
    form: Form,
    title: str,
    save: str,
    *,
    again: bool = False,
) -> HttpResponse:
    context = {
        "acquisition": acquisition,
        "form": form,
        "title": title,
        "save": save,
        "again": again,
    }
    return TemplateResponse(request, "cms/admin/acquisition_form.html", context)
