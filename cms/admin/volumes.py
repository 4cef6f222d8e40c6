"""Dividing a scanned volume: its pages as thumbnails, its items with their pages.

All of it also works by typing page numbers; ``volumes.js`` adds the keys.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.log_actions import log

from archive import dividing
from archive.codes.proposals import propose
from archive.dividing import Item, Range
from archive.errors import ArchiveError, RangesRefused
from archive.models import Folio, Record
from archive.vocabulary import Level
from archive.volumes import division
from cms.admin.folio_images import page_url, thumbnail_url
from cms.admin.permissions import may

PAGES_SHOWN = 60
ITEMS_SHOWN = 500
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """One page; ``holders`` are the last parts of the codes of its items."""

    folio: Folio
    image: str
    large: str
    holders: tuple[str, ...]


@dataclass(slots=True)
class Line:
    """An item as the form shows it: what was typed, and what is wrong with it.

    ``was`` is what was stored when the form was made: a line that nobody touched is
    left as it is, whatever a colleague has saved meanwhile.
    """

    item: Item
    first: str
    last: str
    was: str = field(init=False)
    problem: str = ""

    def __post_init__(self) -> None:
        self.was = f"{self.item.first or ''}-{self.item.last or ''}"

    @property
    def name(self) -> str:
        return _name(self.item.code)


class BeginForm(forms.Form):
    page = forms.IntegerField(label=gettext_lazy("从第几页起"), min_value=1)
    title = forms.CharField(label=gettext_lazy("题名"), max_length=500)
    code = forms.CharField(
        label=gettext_lazy("档号"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("留空则用下一个号。"),
    )
    cut = forms.BooleanField(
        label=gettext_lazy("上一件止于前一页"),
        required=False,
        initial=True,
        help_text=gettext_lazy("一页上既有上一件的结尾又有这一件的开头时不要勾选。"),
    )


def divide(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen; on POST pages are given out, or an item is begun."""
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    volume = get_object_or_404(Record, pk=pk, level=Level.FILE)
    lines = [_line(item) for item in dividing.items_of(volume, ITEMS_SHOWN)]
    begin = BeginForm(initial={"code": propose(volume, Level.ITEM)})
    if request.method == "POST":
        if not may(request.user, Record, "change"):
            raise PermissionDenied
        if "begin" in request.POST:
            begin = BeginForm(request.POST)
            answer = _begin(request, volume, begin, lines)
        else:
            answer = _save(request, volume, lines)
        if answer is not None:
            return answer
    return TemplateResponse(
        request, "cms/admin/volume.html", _context(request, volume, lines, begin)
    )


def _context(
    request: HttpRequest, volume: Record, lines: list[Line], begin: BeginForm
) -> dict[str, Any]:
    told = division(volume)
    _mark_outside(volume, lines)
    folios = volume.folios.select_related("master").order_by("sequence")
    number = request.POST.get("here") or request.GET.get("p")
    page = Paginator(folios, PAGES_SHOWN).get_page(number)
    user = request.user
    return {
        "record": volume,
        "lines": lines,
        "begin": begin,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "thumbnails": [_thumbnail(folio, lines) for folio in page.object_list],
        "division": told,
        "unheld": spans(told.unheld),
        "shared": spans(told.shared),
        "more_items": volume.children.filter(level=Level.ITEM).count() - len(lines),
        "may_change": may(user, Record, "change"),
        "may_add": may(user, Record, "add"),
    }


def spans(numbers: Iterable[int]) -> str:
    """``1–3、7``: the numbers with those that follow each other drawn together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(
        str(first) if first == last else f"{first}–{last}" for first, last in runs
    )


def _mark_outside(volume: Record, lines: list[Line]) -> None:
    """Also what was stored before: the form of a record takes any number."""
    last = volume.folios.aggregate(last=Max("sequence"))["last"] or 0
    for line in lines:
        if (line.item.last or 0) > last and not line.problem:
            line.problem = RangesRefused.said(RangesRefused.OUTSIDE)


def _save(
    request: HttpRequest, volume: Record, lines: list[Line]
) -> HttpResponse | None:
    """Redirects to the part of the volume that was asked for; None on an error."""
    ranges = _typed(request.POST, lines)
    if any(line.problem for line in lines):
        messages.error(request, str(RangesRefused({})))
        return None
    user: Any = request.user
    try:
        count = dividing.set_ranges(volume, ranges, user)
    except ArchiveError as error:
        messages.error(request, str(error))
        problems = error.problems if isinstance(error, RangesRefused) else {}
        for line in lines:
            line.problem = problems.get(line.item.record_id, "")
        return None
    if count:
        log(volume, "wagtail.edit", user=user, data={"fields": ["first_page"]})
        told = ngettext("已保存 %(n)d 件的页。", "已保存 %(n)d 件的页。", count)
        messages.success(request, told % {"n": count})
    return redirect(_address(volume, request.POST.get("go", "")))


def _typed(posted: Mapping[str, str], lines: list[Line]) -> dict[int, Range]:
    """The lines that somebody changed; what is no number is marked."""
    ranges: dict[int, Range] = {}
    for line in lines:
        pk = line.item.record_id
        if f"first-{pk}" not in posted:
            continue
        line.first = posted[f"first-{pk}"].strip()
        line.last = posted.get(f"last-{pk}", "").strip()
        line.was = posted.get(f"was-{pk}", line.was)
        if f"{line.first}-{line.last}" == line.was:
            continue
        try:
            ranges[pk] = _number(line.first), _number(line.last)
        except ValueError:
            line.problem = RangesRefused.said(RangesRefused.NO_RANGE)
    return ranges


def _begin(
    request: HttpRequest, volume: Record, form: BeginForm, lines: list[Line]
) -> HttpResponse | None:
    """A new item; pages that were given out and not yet saved come along."""
    user: Any = request.user
    if not may(user, Record, "add"):
        raise PermissionDenied
    ranges = _typed(request.POST, lines)
    if not form.is_valid():
        return None
    values = form.cleaned_data
    try:
        with transaction.atomic():
            if any(line.problem for line in lines):
                raise RangesRefused({})
            dividing.set_ranges(volume, ranges, user)
            begun = dividing.begin_item(
                volume,
                values["page"],
                values["title"],
                user,
                code=values["code"],
                cut=values["cut"],
            )
    except ArchiveError as error:
        form.add_error(None, str(error))
        return None
    log(begun.item, "wagtail.create", user=user)
    code = begun.item.reference_code
    messages.success(request, _("已新建“%(code)s”。") % {"code": code})
    if begun.waits and begun.cut is not None:
        told = _("“%(code)s”已发布，它的新止页要等审核发布之后生效。")
        messages.warning(request, told % {"code": begun.cut.reference_code})
    return redirect(_address(volume, request.POST.get("here", "")))


def _number(text: str) -> int | None:
    number = int(text) if text else None
    if number is not None and number > _LARGEST:
        raise ValueError
    return number


def _address(volume: Record, page: str) -> str:
    address = reverse("archive_volume", args=(volume.pk,))
    return f"{address}?p={page}" if page.isdecimal() else address


def _line(item: Item) -> Line:
    return Line(item, str(item.first or ""), str(item.last or ""))


def _thumbnail(folio: Folio, lines: Iterable[Line]) -> Thumbnail:
    holders = tuple(
        line.name
        for line in lines
        if (line.item.first or 0) <= folio.sequence <= (line.item.last or 0)
    )
    return Thumbnail(folio, thumbnail_url(folio), page_url(folio), holders)


def _name(code: str) -> str:
    return code.rpartition("-")[2]
