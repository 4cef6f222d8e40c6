"""Leased work on folios."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .folio import Folio


class Job(models.Model):
    """OCR that is to be done on one folio; deleted by the commit that did it.

    A worker holds it while it has a ``token`` and ``lease_until`` lies ahead, and
    may commit only while ``token`` is still the one it took the lease with.
    Without a token, ``lease_until`` is the earliest time of the next attempt.
    ``attempts`` counts errors, ``lost`` leases that ran out (a worker that died).
    """

    folio = models.OneToOneField(
        Folio, verbose_name=_("页"), on_delete=models.CASCADE, related_name="job"
    )
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(_("租期至"), null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    lost = models.PositiveSmallIntegerField(_("中断次数"), default=0)
    error = models.TextField(_("失败原因"), blank=True)
    failed = models.BooleanField(_("已放弃"), default=False)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("识别任务")
        verbose_name_plural = _("识别任务")
        indexes = [models.Index(fields=["failed", "lost", "id"])]

    def __str__(self) -> str:
        return f"{self.folio_id}"
