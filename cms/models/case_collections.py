"""案例集: cases put in an order, as a page and as a booklet."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks.cases import CollectedStream
from cms.blocks.prose import ProseStream
from cms.blocks.sources import sources_of
from cms.models.base import SitePage


class CaseCollectionPage(RoutablePageMixin, SitePage):
    """案例集: cases in an order, to read one after the other or to print."""

    introduction = StreamField(ProseStream(), verbose_name=_("前言"), blank=True)
    cases = StreamField(CollectedStream(), verbose_name=_("案例"), blank=True)

    template = "cms/cases/collection.html"
    search_kind = "case_collection"
    search_section = "cases"
    subpage_types: list[str] = []
    parent_page_types = ["cms.CaseIndexPage"]
    search_fields = [*SitePage.search_fields, index.SearchField("introduction")]
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("cases"),
    ]

    class Meta:
        verbose_name = _("案例集")
        verbose_name_plural = _("案例集")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.cases import collecting

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "sources": sources_of(self),
            "cases": collecting.cases_of(self),
            "booklet": f"{self.get_url(request) or ''}booklet.pdf",
        }

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.render(request)
        return response

    @path("booklet.pdf/", name="booklet")
    def booklet(self, request: HttpRequest) -> HttpResponseBase:
        """The whole collection on A4, to hand on."""
        from cms.cases import booklet

        return booklet.answer(self, request)
