"""Atom feeds, below ``/feeds/``: ``records``, ``all``, and one for each section."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import gettext as _

from cms.metadata import feeds
from cms.scripts import HANS
from cms.views.errors import not_found

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What XML cannot hold, as it comes out of slides and word processors.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")


class _Atom(feedgenerator.Atom1Feed):
    """An empty feed has never changed: it is the same whenever it is asked for."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else _NEVER


def records(request: HttpRequest) -> HttpResponse:
    """Records opened last."""
    home = reverse("catalogue")
    return _feed(request, _("新近开放的档案"), home, feeds.opened_records())


def everything(request: HttpRequest) -> HttpResponse:
    """Records and pages together."""
    items = [*feeds.opened_records(), *feeds.pages()]
    items.sort(key=lambda item: item.published, reverse=True)
    return _feed(request, _("本站全部更新"), "/", items[: feeds.MOST])


def section(request: HttpRequest, slug: str) -> HttpResponse:
    """The pages below one of the site's sections, by its slug."""
    page = feeds.section(slug)
    if page is None:
        return not_found(request)
    return _feed(request, page.title, page.get_url_parts()[2], feeds.pages(page))


def _feed(
    request: HttpRequest, title: str, path: str, items: Iterable[feeds.Item]
) -> HttpResponse:
    site = _("“枫桥经验”陈列馆档案与知识库")
    feed = _Atom(
        title=_writable(f"{title} · {site}"),
        link=request.build_absolute_uri(path),
        description="",
        language=HANS,
        feed_url=request.build_absolute_uri(request.path),
        author_name=site,
    )
    for item in items:
        link = request.build_absolute_uri(item.path)
        feed.add_item(
            title=_writable(item.title),
            link=link,
            unique_id=link,
            description=_writable(item.summary),
            pubdate=item.published,
            updateddate=item.updated,
        )
    body = feed.writeString("utf-8")
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _writable(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)
