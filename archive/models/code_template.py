"""How the codes of one fonds are put together."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.codes import Scheme

from .record import Record


class CodeTemplate(models.Model):
    """The scheme of a fonds, and how wide its running numbers are.

    ``strict``: a code of a file or an item that does not follow it is refused.
    Without, it is told, because legacy material follows none.
    """

    fonds = models.OneToOneField(
        Record,
        verbose_name=_("全宗"),
        on_delete=models.CASCADE,
        related_name="code_template",
        limit_choices_to={"parent": None},
    )
    scheme = models.CharField(_("档号结构"), max_length=20, choices=Scheme.choices)
    file_width = models.PositiveSmallIntegerField(_("案卷号位数"), default=3)
    item_width = models.PositiveSmallIntegerField(_("件号位数"), default=3)
    strict = models.BooleanField(_("不合结构的档号不予接受"), default=False)

    class Meta:
        verbose_name = _("档号模板")
        verbose_name_plural = _("档号模板")
        ordering = ["fonds__reference_code"]

    def __str__(self) -> str:
        return f"{self.fonds.reference_code} {self.get_scheme_display()}"
