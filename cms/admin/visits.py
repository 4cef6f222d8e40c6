"""How often the site is read (访问统计), for administrators."""

import csv
import io
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cms.admin.permissions import may
from cms.models import VisitCount
from cms.visits import report as visit_report

_BY_MONTH = "month"


def report(request: HttpRequest) -> HttpResponseBase:
    """The last days, or with ``?by=month`` months; ``?as=csv`` as a table file."""
    if not may(request.user, VisitCount, "view"):
        raise PermissionDenied
    by_month = request.GET.get("by") == _BY_MONTH
    if request.GET.get("as") == "csv":
        return _table(by_month)
    return _page(request, by_month)


def _page(request: HttpRequest, by_month: bool) -> HttpResponse:
    told = visit_report.report(by_month)
    context = {
        "report": told,
        "by_month": by_month,
        "height": visit_report.HEIGHT,
        "width": len(told.bars) * 10,
        "drawn": [(number * 10 + 1, bar) for number, bar in enumerate(told.bars)],
    }
    return TemplateResponse(request, "cms/admin/visits.html", context)


def _table(by_month: bool) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        _lines(by_month), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="visits.csv"'
    return response


def _lines(by_month: bool) -> Iterator[str]:
    # The mark tells spreadsheets that this is UTF-8.
    yield "\ufeff" + _line((_("日期"), _("页面"), _("语言"), _("次数")))
    for day, path, language, count in visit_report.rows(by_month):
        yield _line((day, path, language, str(count)))


def _line(cells: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(map(_plain, cells))
    return line.getvalue()


def _plain(cell: str) -> str:
    """No cell that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
