"""纠纷类型: what cases are told apart by; the house adds what it needs."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class DisputeType(models.Model):
    """One kind of dispute; ``position`` gives its place in lists."""

    name = models.CharField(_("名称"), max_length=50, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(
        _("次序"), default=100, help_text=_("数小的在前。")
    )

    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("position")]

    class Meta:
        verbose_name = _("纠纷类型")
        verbose_name_plural = _("纠纷类型")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """In the reader's language, where the house wrote it."""
        english = (get_language() or "").startswith("en")
        return (self.name_en if english else "") or self.name
