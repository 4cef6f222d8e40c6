"""Wagtail pages, and what the site says of itself."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page, Site

from cms.home import home_context

DEFAULT_EXAMPLES = "矛盾糾紛\n四先四早\n第二十一条"


class HomePage(Page):
    """The front page: search first, then evidence, then what is new."""

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
        *Page.content_panels,
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

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **home_context(request, self.example_queries)}


@register_setting(icon="home")
class SiteDetails(BaseSiteSetting):
    """Who runs the site; an empty field is not shown anywhere."""

    organiser = models.CharField(_("主办单位"), max_length=200, blank=True)
    undertaker = models.CharField(_("承办单位"), max_length=200, blank=True)
    icp_number = models.CharField(_("ICP备案号"), max_length=60, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=60, blank=True)
    holder = models.CharField(
        _("收藏者"),
        max_length=200,
        blank=True,
        default="“枫桥经验”陈列馆",
        help_text=_("写入引文。"),
    )
    place = models.CharField(
        _("收藏地"),
        max_length=60,
        blank=True,
        default="诸暨",
        help_text=_("写入引文。"),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("organiser"),
                FieldPanel("undertaker"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
            ],
            heading=_("页脚"),
        ),
        MultiFieldPanel([FieldPanel("holder"), FieldPanel("place")], heading=_("引文")),
    ]

    class Meta:
        verbose_name = _("本站信息")
        verbose_name_plural = _("本站信息")


def site_details(request: HttpRequest) -> SiteDetails:
    """The details of the site that ``request`` came to."""
    site = Site.find_for_request(request)
    return SiteDetails.objects.filter(site=site).first() or SiteDetails()
