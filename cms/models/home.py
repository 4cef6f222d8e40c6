"""The front page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.home import home_context
from cms.models.base import SitePage

DEFAULT_EXAMPLES = "矛盾糾紛\n四先四早\n第二十一条"


class HomePage(SitePage):
    """Search first, then evidence, then what is new in each section."""

    lead = models.TextField(
        _("引言"), blank=True, help_text=_("留空则用系统自带的引言。")
    )
    examples = models.TextField(
        _("检索示例"),
        blank=True,
        default=DEFAULT_EXAMPLES,
        help_text=_("一行一个，至多三个；首页的样页取自第一个示例的命中处。"),
    )

    max_count = 1
    template = "cms/home.html"
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("examples"),
    ]

    class Meta:
        verbose_name = _("首页")
        verbose_name_plural = _("首页")

    @property
    def example_queries(self) -> list[str]:
        """The first three examples."""
        return [line.strip() for line in self.examples.splitlines() if line.strip()][:3]

    @property
    def has_text(self) -> bool:
        """Only an editor's lead: the rest is the interface."""
        return bool(self.lead)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **home_context(request, self.example_queries)}
