"""Links that lead out of the site, and what became of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkCheck(models.Model):
    """The latest answer of one outside address; written by ``check_links`` only."""

    class State(models.TextChoices):
        WORKS = "works", _("可以打开")
        BROKEN = "broken", _("已失效")
        UNKNOWN = "unknown", _("未能检查")
        REFUSED = "refused", _("不检查（内部地址）")

    url = models.CharField(_("地址"), max_length=1000, unique=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    status = models.PositiveSmallIntegerField(_("应答码"), null=True, blank=True)
    checked_at = models.DateTimeField(_("检查时间"))
    failed_since = models.DateTimeField(_("失效始于"), null=True, blank=True)

    class Meta:
        verbose_name = _("外部链接")
        verbose_name_plural = _("外部链接")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url
