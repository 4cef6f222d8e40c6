"""News (动态): a section of its own."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks.prose import ProseStream
from cms.languages import translated
from cms.models.base import SitePage
from cms.models.subjects import SUBJECT_PANELS, HasSubjects

NEWS_A_PAGE = 20


class NewsIndexPage(SitePage):
    """The latest first."""

    template = "cms/knowledge/news_index.html"
    search_kind = "page"
    search_section = "news"
    subpage_types = ["cms.NewsPage"]

    class Meta:
        verbose_name = _("动态目录")
        verbose_name_plural = _("动态目录")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = translated.originals(NewsPage).order_by("-day", "-pk")
        page = Paginator(news, NEWS_A_PAGE).get_page(request.GET.get("page"))
        page.object_list = translated.readable(page.object_list)
        return {**context, "news": page}


class NewsPage(HasSubjects, SitePage):
    """One piece of news."""

    day = models.DateField(_("日期"), default=timezone.localdate)
    body = StreamField(ProseStream(), verbose_name=_("正文"), blank=True)

    template = "cms/knowledge/news.html"
    search_kind = "news"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*SitePage.search_fields, index.SearchField("body")]
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("day"),
        FieldPanel("body"),
        *SUBJECT_PANELS,
    ]

    class Meta:
        verbose_name = _("动态")
        verbose_name_plural = _("动态")

    structured_type = "NewsArticle"

    @property
    def search_day(self) -> date:  # type: ignore[override]
        """The day that the news is of."""
        return self.day

    @property
    def gathered_note(self) -> str:
        return self.day.isoformat()
