"""Papers that go to who gave: the certificate of a donation, the list of things."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.materials import extent
from archive.models import Acquisition, AcquisitionItem
from cms.admin.acquisitions import item_lines
from cms.admin.permissions import may
from cms.chinese_dates import chinese_date
from cms.models.site import site_details

# As many as fit on one page below the thanks; the list of things names them all.
NAMED = 8


def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """捐赠证书, one page of A4; a deposit or a loan has none (404)."""
    acquisition = _asked(request, pk)
    if acquisition.basis != Acquisition.Basis.DONATION:
        raise Http404
    things = [_thing(item) for item in acquisition.items.all()]
    return _paper(
        request,
        "cms/print/certificate.html",
        acquisition,
        things=things[:NAMED] if len(things) > NAMED else things,
        all_named=len(things) <= NAMED,
    )


def things(request: HttpRequest, pk: int) -> HttpResponse:
    """征集清单: what was received, row by row, for both sides to sign."""
    acquisition = _asked(request, pk)
    rows = [(item, item_lines(item)) for item in acquisition.items.all()]
    return _paper(request, "cms/print/acquisition_list.html", acquisition, rows=rows)


def _thing(item: AcquisitionItem) -> tuple[str, str]:
    return item.title, extent(item.material, item.quantity)


def _paper(
    request: HttpRequest, template: str, acquisition: Acquisition, **values: Any
) -> HttpResponse:
    details = site_details(request)
    context = {
        "acquisition": acquisition,
        "institution": details.organiser or _("“枫桥经验”陈列馆"),
        "today": chinese_date(timezone.localdate()),
        "received_on": chinese_date(acquisition.received_on),
        **values,
    }
    return TemplateResponse(request, template, context)


def _asked(request: HttpRequest, pk: int) -> Acquisition:
    if not may(request.user, Acquisition, "view"):
        raise PermissionDenied
    return get_object_or_404(Acquisition, pk=pk)
