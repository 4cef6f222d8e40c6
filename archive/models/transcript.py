"""Transcripts: versions of a folio's text, each with a box for each character."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.vocabulary import Direction, Script

from .folio import Folio


class Transcript(models.Model):
    """One version of the text of a folio; never changed once written.

    ``boxes`` is packed by ``archive.boxes``, parallel to the code points of
    ``text``. ``key`` names engine, version and settings for OCR and is empty for
    a correction by a person, whose words win over any OCR.
    """

    folio = models.ForeignKey(
        Folio, on_delete=models.CASCADE, related_name="transcripts"
    )
    key = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("文字"))
    boxes = models.BinaryField()
    direction = models.CharField(_("文字方向"), max_length=1, choices=Direction.choices)
    script = models.CharField(_("字体"), max_length=4, choices=Script.choices)
    confidence = models.FloatField(_("置信度"), null=True)
    engine = models.CharField(_("识别引擎"), max_length=60, blank=True)
    engine_version = models.CharField(_("引擎版本"), max_length=60, blank=True)
    seconds = models.FloatField(_("用时（秒）"), null=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("校对者"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = _("文字本")
        verbose_name_plural = _("文字本")
        ordering = ["folio", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["folio", "key"],
                condition=~models.Q(key=""),
                name="one_transcript_a_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.folio}：{self.key or self.created_by}"

    @property
    def is_correction(self) -> bool:
        return not self.key
