"""What stands in the head of a page for those who pass its address on.

Open Graph (https://ogp.me/), JSON-LD and feeds. A record is told of to strangers
only: whoever sees more than the public gets a page without these.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from archive.openness import Access
from archive.readers import ANONYMOUS
from archive.seen import PageView, RecordView
from cms import scans
from cms.languages.head import in_languages
from cms.languages.prefixes import tag
from cms.metadata import house, structured
from cms.models import HomePage, SiteDetails
from cms.navigation import Link

_IMAGE_WIDTH = 1200
_LOCALES = {"zh-hans": "zh_CN", "zh-hant": "zh_TW", "en": "en_US"}
# JSON may stand in HTML when nothing in it can end the element.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Picture:
    """``url`` is absolute; sizes in pixels."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """``kind`` is a type of Open Graph; ``url`` and the picture's are absolute."""

    kind: str
    title: str
    description: str
    url: str
    locale: str
    picture: Picture | None
    data: house.Data

    @property
    def json(self) -> str:
        """The JSON-LD, fit to stand in a script element."""
        return json.dumps(self.data, ensure_ascii=False).translate(_ESCAPES)


def metadata_of(context: Mapping[str, Any]) -> Metadata | None:
    """Of the page that a template's context is about; None for tools and errors."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return None
    details: SiteDetails = context.get("site_details") or SiteDetails()
    view = context.get("view")
    if isinstance(view, RecordView):
        if request.reader != ANONYMOUS:  # type: ignore[attr-defined]
            return None
        return _of_record(request, view, context, details)
    page = context.get("page")
    if isinstance(page, Page):
        return _of_page(request, page, context.get("crumbs") or (), details)
    return None


def _of_record(
    request: HttpRequest,
    view: RecordView,
    context: Mapping[str, Any],
    details: SiteDetails,
) -> Metadata:
    root = request.build_absolute_uri("/")[:-1]
    above = context.get("ancestors") or ()
    shown = context.get("page")
    first = shown if isinstance(shown, PageView) else next(iter(view.pages), None)
    picture = _scan(first, view, root) if first else None
    said = dict(view.fields).get("scope_content", "")
    known = " · ".join(
        part for part in (view.reference_code, view.date_display) if part
    )
    title = view.title
    if isinstance(shown, PageView):
        numbered = {"title": title, "n": shown.sequence}
        title = _("%(title)s，第 %(n)s 页") % numbered
    return Metadata(
        kind="article",
        title=title,
        description=_short(said) or known,
        url=in_languages(request).canonical,
        locale=_locale(),
        picture=picture,
        data=structured.graph(
            structured.record(
                view, above, details, root, picture.url if picture else ""
            ),
            structured.breadcrumbs(structured.way_to(view, above), root),
        ),
    )


def _of_page(
    request: HttpRequest, page: Page, crumbs: Any, details: SiteDetails
) -> Metadata:
    root = request.build_absolute_uri("/")[:-1]
    here = in_languages(request)
    url = here.canonical
    picture = _cover(page, root)
    address = picture.url if picture else ""
    language = here.content_lang or tag(get_language())
    summary = page.search_description or getattr(page, "summary", "")
    title = page.seo_title or page.title
    if isinstance(page, HomePage):
        title = _("“枫桥经验”陈列馆档案与知识库")
        summary = summary or getattr(page, "lead", "")
        things = (
            house.organisation(details, root),
            structured.website(details, root, title, language),
        )
    else:
        way = [*crumbs, Link(page.title, request.path)]
        things = (
            structured.page(page, url, details, root, language, address),
            structured.breadcrumbs(way, root) or {},
        )
    kind = structured.kind_of(page)
    return Metadata(
        kind="article" if kind in structured.ARTICLES else "website",
        title=title,
        description=_short(summary),
        url=url,
        locale=_locale(),
        picture=picture,
        data=structured.graph(*things),
    )


def _scan(page: PageView, view: RecordView, root: str) -> Picture | None:
    """A page that the reader, who is a stranger, sees in full."""
    if view.access is not Access.FULL:
        return None
    size = scans.listed_size(page.width, page.height, _IMAGE_WIDTH)
    width, height = map(int, size.split(","))
    url = scans.iiif_url(page.image_id, size=size, image_format="jpg")
    return Picture(root + url, width, height, view.title)


def _cover(page: Page, root: str) -> Picture | None:
    cover = getattr(page, "cover", None)
    if cover is None:
        return None
    try:
        made = cover.get_rendition("max-1200x1200|format-jpeg")
    except SourceImageIOError:
        return None
    alt = cover.description or page.title
    return Picture(root + made.url, made.width, made.height, alt)


def _locale() -> str:
    return _LOCALES.get(get_language() or settings.LANGUAGE_CODE, "zh_CN")


def _short(text: str, limit: int = 160) -> str:
    """As much as others show of a description, without breaks of lines."""
    joined = " ".join(text.split())
    return joined if len(joined) <= limit else joined[: limit - 1] + "…"


def feeds() -> list[Link]:
    """The feeds that every page names."""
    return [
        Link(_("新近开放的档案"), reverse("feed-records")),
        Link(_("本站全部更新"), reverse("feed-all")),
    ]
