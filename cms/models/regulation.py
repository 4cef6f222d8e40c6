"""The guide to the draft regulation (条例导读)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks.prose import ProseStream
from cms.knowledge.articles import articles
from cms.models.base import SitePage


class RegulationPage(SitePage):
    """Article by article: its text, our summary, and what there is on its subject."""

    body = StreamField(
        ProseStream(),
        verbose_name=_("说明"),
        blank=True,
        help_text=_("置于各条之前。条目、提要和计数由系统生成。"),
    )

    template = "cms/knowledge/regulation.html"
    search_kind = "article"
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("body"),
        index.SearchField("summaries"),
    ]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("条例导读")
        verbose_name_plural = _("条例导读")

    @property
    def summaries(self) -> str:
        """What we say of the articles, in the language of the page."""
        english = self.locale.language_code.startswith("en")
        return "\n".join(
            f"{one.title_en} {one.summary_en}"
            if english
            else f"{one.chinese_name} {one.title} {one.summary}"
            for one in articles()
            if not one.is_missing
        )

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.knowledge.guide import guide

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "guide": guide()}
