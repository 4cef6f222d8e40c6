"""What the house writes in 繁體 where OpenCC would write something else."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TraditionalWording(models.Model):
    """A 简体 word and its 繁體, for every page; see ``cms.traditional.current``."""

    simplified = models.CharField(
        _("简体"),
        max_length=60,
        unique=True,
        help_text=_("按简体页面上的写法。较长的词先换。"),
    )
    traditional = models.CharField(
        _("繁体"), max_length=60, help_text=_("繁体页面上照此显示，不再转换。")
    )
    note = models.CharField(
        _("说明"), max_length=200, blank=True, help_text=_("为什么这样写，依据何在。")
    )
    changed = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        verbose_name = _("繁体用词")
        verbose_name_plural = _("繁体用词")
        ordering = ["simplified"]

    def __str__(self) -> str:
        return f"{self.simplified} → {self.traditional}"
