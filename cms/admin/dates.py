"""What the system understands of a date, told before anything is saved."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from archive.dates import DateRange, Reading, read
from archive.models import Record
from cms.admin.permissions import may


def understood(request: HttpRequest) -> JsonResponse:
    """``?text=`` → ``{"edtf", "said", "problem", "ask", "candidates"}``.

    A candidate is ``{"edtf", "label"}``. Words are in the language of the reader; of
    ``said``, ``problem`` and ``ask`` at most one is not empty.
    """
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    reading = read(request.GET.get("text", ""))
    answer: dict[str, Any] = {
        "edtf": reading.edtf,
        "said": "",
        "problem": reading.problem,
        "ask": "",
        "candidates": [],
    }
    if reading.ambiguous:
        answer["ask"] = _("原文没有写明是哪一年，请选择：")
        answer["candidates"] = [
            {"edtf": one.edtf, "label": _told(one)} for one in reading.candidates
        ]
    elif reading.edtf:
        found = DateRange(
            reading.edtf, reading.display, reading.earliest, reading.latest
        )
        answer["said"] = _("理解为：%(date)s") % {"date": _told(found)}
    return JsonResponse(answer)


def which_date(reading: Reading) -> str:
    """The question that an ambiguous date asks of a person."""
    return _(
        "原文没有写明是哪一年，可能是 %(dates)s。请在此填写其中一个；"
        "无法判断时填写 %(all)s。"
    ) % {
        "dates": "、".join(one.edtf for one in reading.candidates),
        "all": reading.edtf,
    }


def _told(found: DateRange) -> str:
    """In words, in EDTF and as days."""
    first = found.earliest.isoformat() if found.earliest else "…"
    last = found.latest.isoformat() if found.latest else "…"
    days = first if first == last else _("%(first)s 至 %(last)s")
    values = {"first": first, "last": last}
    return f"{found.display}（EDTF {found.edtf}；{days % values}）"
