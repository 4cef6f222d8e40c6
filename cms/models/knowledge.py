"""The front page of the knowledge base (知识库)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.prose import ProseStream
from cms.knowledge.articles import articles
from cms.languages import translated
from cms.languages.translated import in_reading_language, original_of
from cms.models.base import SitePage
from cms.models.chronicle import ChroniclePage
from cms.models.glossary import GlossaryPage, TermPage
from cms.models.news import NewsPage
from cms.models.outputs import OutputIndexPage, OutputPage
from cms.models.regulation import RegulationPage
from cms.models.subject_pages import SubjectIndexPage, SubjectPage

NEWS_SHOWN = 3
OUTPUTS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Entrance:
    """A part of the knowledge base, and how much there is in it."""

    page: Page
    extent: str


class KnowledgePage(SitePage):
    """Leads to the regulation, the subjects, outputs, terms and the chronicle."""

    body = StreamField(ProseStream(), verbose_name=gettext_lazy("正文"), blank=True)

    template = "cms/knowledge/knowledge.html"
    search_kind = "page"
    search_section = "knowledge"
    search_fields = [*SitePage.search_fields, index.SearchField("body")]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = gettext_lazy("知识库首页")
        verbose_name_plural = gettext_lazy("知识库首页")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        outputs = translated.originals(OutputPage).order_by("-issued_max", "-pk")
        news = translated.originals(NewsPage).order_by("-day", "-pk")
        shown = outputs.prefetch_related("authors")[:OUTPUTS_SHOWN]
        return {
            **context,
            "entrances": self._entrances(),
            "outputs": translated.readable(shown, "authors"),
            "news": translated.readable(news[:NEWS_SHOWN]),
        }

    def _entrances(self) -> list[Entrance]:
        original = original_of(self) or self
        pages = list(original.get_children().live().public().specific(defer=True))
        shown_pages = in_reading_language(pages)
        return [
            Entrance(shown, _extent(page))
            for page, shown in zip(pages, shown_pages, strict=True)
        ]


def _extent(page: Page) -> str:
    """In words how much is behind the page; "" where nothing is counted."""
    kind = page.specific_class
    if kind is RegulationPage:
        present = sum(not one.is_missing for one in articles())
        return _("%(n)d 条") % {"n": present}
    counted: dict[Any, tuple[Any, str]] = {
        SubjectIndexPage: (SubjectPage, _("%(n)d 个专题")),
        OutputIndexPage: (OutputPage, _("%(n)d 项")),
        GlossaryPage: (TermPage, _("%(n)d 个名词")),
    }
    if kind in counted:
        model, words = counted[kind]
        return words % {"n": translated.originals(model).count()}
    if kind is ChroniclePage:
        return _("%(n)d 条纪事") % {"n": page.events.count()}
    return ""
