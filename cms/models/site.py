"""What the site says of itself."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site


@register_setting(icon="home")
class SiteDetails(BaseSiteSetting):
    """Who runs the site; an empty field is not shown anywhere."""

    organiser = models.CharField(_("主办单位"), max_length=200, blank=True)
    undertaker = models.CharField(_("承办单位"), max_length=200, blank=True)
    icp_number = models.CharField(_("ICP备案号"), max_length=60, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=60, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    telephone = models.CharField(_("电话"), max_length=60, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
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
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("telephone"), FieldPanel("email")],
            heading=_("联系方式"),
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
