"""Reports on the pages that are live: what an editor should look after.

Each looks at all of them at once, with a number of queries that does not grow.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.admin.editing_rights import require_work_on_pages
from cms.editing import checks, fixed_wordings, leaves, links
from cms.editing.leaves import Leaf
from cms.models.home import HomePage
from cms.models.outward import LinkCheck
from cms.models.standard import StandardPage

STALE_DAYS = 365
"""A page that nobody published anew for so long is to be read again."""

Pages = list[tuple[Any, list[Leaf]]]


@dataclass(frozen=True, slots=True)
class Row:
    """``page`` is linked to its form; ``what`` is wrong, about ``shown``."""

    page: Any
    place: str
    what: str
    shown: str = ""

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


@dataclass(frozen=True, slots=True)
class Report:
    title: Any
    intro: Any
    nothing: Any
    icon: str
    rows: Callable[[Pages], Iterator[Row]]


TROUBLES = {
    "page gone": gettext_lazy("链接的页面已不存在"),
    "page not live": gettext_lazy("链接的页面没有发布"),
    "document gone": gettext_lazy("链接的文件已不存在"),
    "picture gone": gettext_lazy("图片已不存在"),
    "record": gettext_lazy("链接的档案不存在，或者公众看不到"),
    "address": gettext_lazy("本站没有这个地址"),
    "anchor": gettext_lazy("本页没有这个锚点"),
    "outside": gettext_lazy("外部链接已失效"),
    "outside unknown": gettext_lazy("外部链接未能检查"),
    "reusable": gettext_lazy("复用内容没有发布或已不存在"),
}
REMARKS = {
    "alt": gettext_lazy("图片没有说明；只作装饰的请勾选“装饰图片”"),
    "vague": gettext_lazy("链接的文字没有说明去哪里"),
    "empty": gettext_lazy("链接没有文字"),
}


def live_pages() -> Pages:
    """Every live page below the root, with its leaves."""
    pages = Page.objects.live().filter(depth__gt=1).order_by("path").specific()
    return list(leaves.of_many(pages))


def _links(pages: Pages) -> Iterator[Row]:
    for page, found in links.broken(pages).items():
        for one in found:
            what = str(TROUBLES[one.trouble])
            if one.since is not None:
                day = date_format(timezone.localtime(one.since), "Y-m-d")
                what = _("%(what)s（%(day)s 起）") % {"what": what, "day": day}
            shown = one.link.text or (one.link.target if one.link.kind == "url" else "")
            yield Row(page, one.link.place, what, shown)


def _pictures(pages: Pages) -> Iterator[Row]:
    every = [leaf for _page, found in pages for leaf in found]
    described = checks.described(every)
    for page, found in pages:
        for remark in checks.pictures_in(found, described):
            yield Row(page, remark.place, str(REMARKS[remark.what]))


def _wordings(pages: Pages) -> Iterator[Row]:
    finder = fixed_wordings.finder()
    for page, found in pages:
        for flag in checks.flags_in(found, finder):
            what = _("应写作 %(wording)s") % {"wording": flag.wording}
            if flag.blocking:
                what = _("必须改正：应写作 %(wording)s") % {"wording": flag.wording}
            yield Row(
                page, flag.place, what, f"{flag.before}【{flag.found}】{flag.after}"
            )


def _gaps(pages: Pages) -> Iterator[Row]:
    stale = timezone.now() - timedelta(days=STALE_DAYS)
    for page, found in pages:
        plain = isinstance(page, HomePage | StandardPage)
        if not isinstance(page, HomePage) and not getattr(page, "summary", " "):
            yield Row(page, _("提要"), _("没有提要，列表和检索结果里无话可说"))
        if not plain and not getattr(page, "cover_id", -1):
            yield Row(page, _("题图"), _("没有题图，列表和转发时没有图片"))
        for remark in checks.vague_links(found):
            yield Row(page, remark.place, str(REMARKS[remark.what]), remark.shown)
        if (last := page.last_published_at) and last < stale:
            yield Row(page, "", _stale(last))


def _stale(last: datetime) -> str:
    day = date_format(timezone.localtime(last), "Y-m-d")
    return _("%(day)s 之后没有再审，请重读一遍") % {"day": day}


REPORTS: dict[str, Report] = {
    "links": Report(
        gettext_lazy("失效链接"),
        gettext_lazy(
            "已发布页面上打不开的链接。外部链接由 manage.py check_links 定期检查。"
        ),
        gettext_lazy("没有发现失效的链接。"),
        "link",
        _links,
    ),
    "pictures": Report(
        gettext_lazy("缺图片说明"),
        gettext_lazy("看不见图片的读者靠说明知道图上是什么。"),
        gettext_lazy("每张图片都有说明。"),
        "image",
        _pictures,
    ),
    "wordings": Report(
        gettext_lazy("表述检查"),
        gettext_lazy("已发布页面中与“固定表述”不一致的写法；引文不查。"),
        gettext_lazy("没有发现不一致的写法。"),
        "openquote",
        _wordings,
    ),
    "gaps": Report(
        gettext_lazy("待补待审"),
        gettext_lazy("没有提要或题图、链接文字含糊、一年以上没有再审的页面。"),
        gettext_lazy("没有要补的。"),
        "tasks",
        _gaps,
    ),
}


def report(request: HttpRequest, name: str) -> HttpResponse:
    """One of ``REPORTS``: for those who work on pages."""
    require_work_on_pages(request)
    chosen = REPORTS[name]
    rows = list(chosen.rows(live_pages()))
    context = {"report": chosen, "rows": rows}
    if name == "links":
        context["last"] = LinkCheck.objects.order_by("-checked_at").first()
    return TemplateResponse(request, "cms/admin/page_report.html", context)
