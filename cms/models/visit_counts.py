"""How often pages were read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitCount(models.Model):
    """How often one page was opened on one day in one language; nothing of by whom.

    ``path`` is without the prefix of the language and without a query.
    """

    day = models.DateField(_("日期"))
    path = models.CharField(_("页面"), max_length=255)
    language = models.CharField(_("语言"), max_length=10)
    count = models.PositiveIntegerField(_("次数"))

    class Meta:
        verbose_name = _("访问统计")
        verbose_name_plural = _("访问统计")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "path", "language"], name="one_count_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.path}"
