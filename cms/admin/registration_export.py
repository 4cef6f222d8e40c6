"""The list of an occasion as a file, for who runs it; each one is in the log."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.log_actions import log

from archive.tables.writing import FORMATS, write_csv, write_xlsx
from cms.admin.registration_forms import PeopleForm
from cms.admin.registration_log import EXPORT
from cms.admin.registrations import chosen_people, required
from cms.models.occasions import Registration

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(request: HttpRequest, pk: int) -> HttpResponse:
    """As the list is filtered; a cell that looks like a formula stays text."""
    one = required(request, pk)
    suffix = request.POST.get("as", "")
    if request.method != "POST" or suffix not in FORMATS:
        return HttpResponseNotAllowed(["POST"])
    form = PeopleForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    people = list(chosen_people(one, chosen))
    content = _file(people, suffix)
    data = {"format": suffix, "count": len(people)}
    log(one, EXPORT, user=request.user, data=data)
    answer = HttpResponse(content, content_type=_TYPES[suffix])
    today = timezone.localdate().strftime("%Y%m%d")
    name = _("报名-%(title)s-%(date)s") % {"title": one.title[:40], "date": today}
    header = content_disposition_header(True, f"{name}.{suffix}")
    answer["Content-Disposition"] = str(header)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _file(people: list[Registration], suffix: str) -> bytes:
    heads = [
        _("先后"),
        pgettext("of who comes", "姓名"),
        _("单位"),
        _("电话或电子邮箱"),
        _("状态"),
        _("查询号"),
        _("代报的联络员"),
        _("报名时间"),
        _("签到时间"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        write = write_csv if suffix == "csv" else write_xlsx
        write(path, heads, _lines(people))
        return path.read_bytes()


def _lines(people: list[Registration]) -> Iterator[list[str]]:
    for one in people:
        yield [
            str(one.turn),
            one.name,
            one.unit,
            one.contact,
            str(one.get_status_display()),
            one.number,
            one.liaison,
            _at(one.created_at),
            _at(one.checked_in_at),
        ]


def _at(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
