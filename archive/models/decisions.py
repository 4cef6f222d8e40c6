"""Who decided what on openness, and who may see more for a while."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.errors import LogIsAppendOnly

from .record import Record


class DecisionLog(models.QuerySet["OpennessDecision"]):
    """Decisions: added, closed once, never otherwise changed or removed."""

    def close(self, outcome: str, by: AbstractBaseUser, at: datetime) -> int:
        """Close those that are open; the number of rows that were."""
        pending = self.filter(outcome=OpennessDecision.Outcome.PROPOSED)
        return models.QuerySet.update(
            pending, outcome=outcome, decided_by=by, decided_at=at
        )

    def update(self, **kwargs: Any) -> int:
        raise LogIsAppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise LogIsAppendOnly


class OpennessDecision(models.Model):
    """A proposal on openness and what a second person made of it.

    ``values`` holds the proposed fields of the record, ``values_before`` what
    they replaced. Rows are only ever added, and closed once: the log is proof.
    It outlives the record, so ``record`` is no constraint of the database and
    ``reference_code`` is the one of the day.
    """

    class Outcome(models.TextChoices):
        PROPOSED = "proposed", _("待审定")
        APPROVED = "approved", _("已审定")
        REFUSED = "refused", _("已退回")

    record = models.ForeignKey(
        Record,
        verbose_name=_("档案"),
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="openness_decisions",
    )
    reference_code = models.CharField(_("档号"), max_length=120)
    values = models.JSONField(_("拟定"))
    values_before = models.JSONField(_("原值"))
    reason = models.CharField(_("依据"), max_length=500)
    outcome = models.CharField(
        _("结果"), max_length=10, choices=Outcome.choices, default=Outcome.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("初审"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("初审时间"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("审定"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("审定时间"), null=True)

    objects = DecisionLog.as_manager()

    class Meta:
        verbose_name = _("开放审核")
        verbose_name_plural = _("开放审核")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.reference_code} {self.get_outcome_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LogIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise LogIsAppendOnly


class Grant(models.Model):
    """Lifts one reader to a higher audience for one record until a date."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("读者"),
        on_delete=models.CASCADE,
        related_name="archive_grants",
    )
    record = models.ForeignKey(
        Record, verbose_name=_("档案"), on_delete=models.CASCADE, related_name="grants"
    )
    audience = models.PositiveSmallIntegerField(
        _("视同"), choices=[(1, _("授权查阅")), (2, _("馆内工作"))]
    )
    until = models.DateField(_("有效期至"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("批准人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    granted_at = models.DateTimeField(_("批准时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("查阅授权")
        verbose_name_plural = _("查阅授权")

    def __str__(self) -> str:
        return f"{self.reader}：{self.record.reference_code}"
