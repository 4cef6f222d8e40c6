"""Where the description of a record stands between its author and its reviewer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .record import Record


class Review(models.Model):
    """What of a record's description waits, for its author or for a reviewer.

    ``values``: changes to a published description, which readers do not see yet, by
    the names of ``records.edit``; empty where the record itself is still a draft.
    ``submitted_at`` None: with the author. ``comment`` is why it came back.
    """

    record = models.OneToOneField(
        Record,
        verbose_name=_("档案"),
        on_delete=models.CASCADE,
        related_name="review",
    )
    values = models.JSONField(_("拟改"), default=dict, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("著录者"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    saved_at = models.DateTimeField(_("保存时间"), auto_now=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提交人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("提交时间"), null=True, db_index=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("退回人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    comment = models.CharField(_("退回意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("著录审核")
        verbose_name_plural = _("著录审核")

    def __str__(self) -> str:
        return f"{self.record_id}"
