"""Finding aids to print: a sheet as the paper has it, below a bar for the screen.

The sheets are in Chinese, as archives file them; the bar is in the user's language.
Tables are streamed by the chunk, and each that is taken out is in the log.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from archive import finding_aids
from archive.finding_aids import FORMS, STAFF, Form, Row
from archive.models import Record
from archive.readers import ANONYMOUS, Reader
from archive.reading_order import Ordered
from archive.seen import RecordView, see
from archive.tables.writing import TooBigForXlsx, write_xlsx
from cms.admin.permissions import may
from cms.admin.record_filters import RecordFilterSet
from cms.admin.record_search import find
from cms.admin.selection import conditions
from cms.exports import note_taken

MAX_PRINTED = 20_000
"""Rows that a browser still lays out; what is longer goes into XLSX or in parts."""

_OURS = ("for", "as")
# Where the text of these columns is broken if it must be.
_BROKEN = frozenset({"档号", "日期", "起止日期", "文号", "页号"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sheet, for whom, and as a table file instead of paper."""

    form: Form
    reader: Reader
    for_readers: bool
    as_xlsx: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the rows. ``about`` are label and value in its head.

    ``back`` leads to where the user came from; ``address`` of another form or copy.
    """

    asked: Asked
    code: str
    about: Sequence[tuple[str, str]]
    forms: Sequence[Form]
    back: str
    query: str
    pk: int | None = None
    group: str = ""
    notice: str = ""

    def address(self, form: Form, *, readers: bool, xlsx: bool = False) -> str:
        args = [form.name] if self.pk is None else [self.pk, form.name]
        name = "archive_print_list" if self.pk is None else "archive_print"
        given = [self.query] if self.query else []
        given += ["for=readers"] * (readers and form.for_readers) + ["as=xlsx"] * xlsx
        return "?".join(filter(None, (reverse(name, args=args), "&".join(given))))


def of_record(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """A sheet of a record; 404 for one that its level does not have."""
    asked = _asked(request, form)
    record = get_object_or_404(Record, pk=pk)
    forms = finding_aids.forms_of(record)
    if asked.form not in forms:
        raise Http404
    view = see([pk], asked.reader, pages=False).get(pk)
    sheet = Sheet(
        asked,
        record.reference_code,
        _about(asked, record, view) if view is not None else (),
        forms,
        reverse("wagtailsnippets_archive_record:inspect", args=(pk,)),
        query="",
        pk=pk,
        group=f"{record.reference_code}　{record.title}",
    )
    if view is None:
        told = _("公众看不到这一条档案，所以没有供读者的目录。")
        return _page(sheet, iter(()), problem=told)
    if asked.form.heads:
        chosen = finding_aids.choose(asked.form, record, asked.reader)
        return _table(request, sheet, chosen)
    return _single(request, sheet, record)


def of_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """A table of what the list of records shows; the query string is that list's."""
    asked = _asked(request, form)
    forms = list(finding_aids.forms_of_lists())
    if asked.form not in forms:
        raise Http404
    wanted = conditions(request.GET)
    for name in _OURS:
        wanted.pop(name, None)
    records = RecordFilterSet(wanted, queryset=Record.objects.all(), request=request).qs
    typed = wanted.get("q", "")
    notice = ""
    if typed:
        found = find(typed, records.order_by("pk"), ranked=False)
        records = found.records
        if found.cut_off:
            notice = _("检索结果过多，只列出最前面的一部分；请缩小范围。")
    query = wanted.urlencode()
    back = reverse("wagtailsnippets_archive_record:list")
    sheet = Sheet(
        asked, "", (), forms, f"{back}?{query}" if query else back, query, notice=notice
    )
    chosen = finding_aids.narrow(asked.form, records, asked.reader)
    return _table(request, sheet, chosen)


def _asked(request: HttpRequest, name: str) -> Asked:
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    form = FORMS.get(name)
    for_readers = request.GET.get("for") == "readers"
    if form is None or (for_readers and not form.for_readers):
        raise Http404
    as_xlsx = request.GET.get("as") == "xlsx" and bool(form.heads)
    return Asked(form, ANONYMOUS if for_readers else STAFF, for_readers, as_xlsx)


def _about(asked: Asked, record: Record, view: RecordView) -> list[tuple[str, str]]:
    """What the head of the sheet says of where its rows come from."""
    if asked.form is finding_aids.CONTENTS:
        return [("档号", view.reference_code), ("案卷题名", view.title)]
    if not asked.form.heads:
        return []
    above = see(record.ancestor_ids[:1], asked.reader, pages=False)
    fonds = next(iter(above.values()), view)
    told = [("全宗号", fonds.reference_code), ("全宗名称", fonds.title)]
    if fonds is view:
        return told
    code = view.reference_code.removeprefix(f"{fonds.reference_code}-")
    return [*told, ("目录", f"{code}　{view.title}")]


def _table(
    request: HttpRequest, sheet: Sheet, chosen: QuerySet[Record]
) -> HttpResponseBase:
    form, count = sheet.asked.form, chosen.count()
    if not sheet.asked.as_xlsx and count > MAX_PRINTED:
        told = _(
            "共 %(count)d 行，超过一次打印的限度 %(limit)d 行。"
            "请到下级或筛选之后分次打印，或下载 XLSX。"
        ) % {"count": count, "limit": MAX_PRINTED}
        return _page(sheet, iter(()), problem=told)
    ordered = finding_aids.order(chosen)
    if sheet.asked.as_xlsx:
        return _xlsx(request, sheet, ordered)
    _log(request, sheet, ordered.roots)
    rows = finding_aids.lines(form, ordered.ids, sheet.asked.reader)
    return _page(sheet, _rendered(sheet, rows), count=len(ordered.ids))


def _single(request: HttpRequest, sheet: Sheet, record: Record) -> HttpResponseBase:
    form, reader = sheet.asked.form, sheet.asked.reader
    if form is finding_aids.FONDS_GUIDE:
        what: Any = finding_aids.fonds_guide(record, reader)
    elif form is finding_aids.COVER:
        what = finding_aids.cover(record)
    else:
        what = finding_aids.file_note(record)
    root = record.ancestor_ids[0] if record.ancestor_ids else record.pk
    _log(request, sheet, {root: 1})
    template = f"cms/print/{form.name.replace('-', '_')}.html"
    return _page(sheet, iter([render_to_string(template, {"it": what})]))


def _page(
    sheet: Sheet, body: Iterator[str], *, count: int | None = None, problem: str = ""
) -> StreamingHttpResponse:
    """Top, body, bottom; in the language of now, whenever it is sent."""
    asked = sheet.asked
    context = {
        "form": asked.form,
        "sheet": sheet,
        "asked": asked,
        "count": count,
        "problem": problem,
        "tabs": [
            (one, sheet.address(one, readers=asked.for_readers), one is asked.form)
            for one in sheet.forms
        ],
        "house_url": sheet.address(asked.form, readers=False),
        "readers_url": sheet.address(asked.form, readers=True),
        "xlsx_url": sheet.address(asked.form, readers=asked.for_readers, xlsx=True),
    }
    top = render_to_string("cms/print/sheet_top.html", context)
    bottom = render_to_string("cms/print/sheet_bottom.html", context)

    def pieces(language: str) -> Iterator[str]:
        yield top
        with override(language):
            yield from body
        yield bottom

    return StreamingHttpResponse(pieces(get_language() or "zh-hans"))


def _rendered(sheet: Sheet, rows: Iterator[Row]) -> Iterator[str]:
    """The rows as HTML, a piece for each chunk of them."""
    form = sheet.asked.form
    title = form.heads.index("题名")
    grouped = form is finding_aids.FILE_LIST
    group = sheet.group
    chunk: list[tuple[str, list[str | SafeString], Row]] = []
    context = {"rows": chunk, "title": title, "columns": len(form.heads)}
    for row in rows:
        heading = row.group if grouped and row.group != group else ""
        group = row.group
        cells = zip(form.heads, row.cells, strict=True)
        chunk.append((heading, [_cell(head, text) for head, text in cells], row))
        if len(chunk) == finding_aids.CHUNK:
            yield render_to_string("cms/print/sheet_rows.html", context)
            chunk.clear()
    yield render_to_string("cms/print/sheet_rows.html", context)


def _cell(head: str, text: str) -> str | SafeString:
    """Codes and dates go on to the next line after a hyphen."""
    if head not in _BROKEN:
        return text
    parts = text.split("-")
    ended = [(f"{part}-",) for part in parts[:-1]] + [(parts[-1],)]
    return format_html_join(SafeString("<wbr>"), "{}", ended)


def _xlsx(request: HttpRequest, sheet: Sheet, ordered: Ordered) -> HttpResponseBase:
    form = sheet.asked.form
    rows = finding_aids.lines(form, ordered.ids, sheet.asked.reader)
    coded = "档号" in form.heads
    heads = form.heads if coded else ("档号", *form.heads)
    table = (row.cells if coded else (row.code, *row.cells) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        try:
            write_xlsx(path, heads, table)
        except TooBigForXlsx as error:
            return _page(sheet, iter(()), problem=str(error))
        file = path.open("rb")
    _log(request, sheet, ordered.roots)
    day = timezone.localdate().strftime("%Y%m%d")
    name = "-".join(filter(None, (form.title, sheet.code, day)))
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


def _log(request: HttpRequest, sheet: Sheet, roots: dict[int, int]) -> None:
    asked = sheet.asked
    told = {
        "format": "xlsx" if asked.as_xlsx else "paper",
        "layout": asked.form.name,
        "asked": sheet.query or sheet.code,
        "copy": "readers" if asked.for_readers else "house",
    }
    action = "archive.export" if asked.as_xlsx else "archive.print"
    note_taken(action, roots, request.user, told)
