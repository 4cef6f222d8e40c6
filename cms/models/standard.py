"""Pages of plain text: about the hall, contact, privacy, accessibility."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks.prose import ProseStream
from cms.models.base import SitePage


class StandardPage(SitePage):
    """Text with headings, pictures, quotations and files."""

    body = StreamField(ProseStream(), verbose_name=_("正文"), blank=True)

    template = "cms/standard.html"
    search_kind = "page"
    search_fields = [*SitePage.search_fields, index.SearchField("body")]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("普通页面")
        verbose_name_plural = _("普通页面")
