"""Folios: the page images of the unit that was scanned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .record import Record


class MasterFile(models.Model):
    """One stored original, unchanged since it arrived."""

    sha256 = models.CharField(_("SHA-256 校验值"), max_length=64, unique=True)
    name = models.CharField(max_length=200, editable=False)
    size = models.PositiveBigIntegerField(_("字节数"))
    format = models.CharField(_("格式"), max_length=20)
    width = models.PositiveIntegerField(_("宽（像素）"))
    height = models.PositiveIntegerField(_("高（像素）"))
    dpi = models.PositiveIntegerField(_("分辨率（dpi）"), null=True)
    arrived_at = models.DateTimeField(_("入库时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("原始影像")
        verbose_name_plural = _("原始影像")

    def __str__(self) -> str:
        return self.sha256


class Folio(models.Model):
    """One page image. ``sequence`` counts from 1 within its record.

    ``transcript`` is the text in force (a correction wins over OCR).
    ``quarantined`` hides a page from all but staff until a person has looked at the
    original: its scan seems to bear a secrecy mark, or it was added to a record that
    had been opened without it.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="folios")
    sequence = models.PositiveIntegerField(_("页次"))
    label = models.CharField(_("页号"), max_length=20, blank=True)
    master = models.ForeignKey(
        MasterFile, on_delete=models.PROTECT, related_name="folios"
    )
    original_filename = models.CharField(_("来源文件"), max_length=255)
    transcript = models.ForeignKey(
        "archive.Transcript",
        verbose_name=_("现行文字"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    quarantined = models.BooleanField(_("隔离待查"), default=False)

    class Meta:
        verbose_name = _("页")
        verbose_name_plural = _("页")
        ordering = ["record", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "sequence"], name="one_folio_a_sequence"
            )
        ]

    def __str__(self) -> str:
        return _("第 %(n)s 页") % {"n": self.sequence}
