"""Requests of groups for a visit."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class GroupBooking(models.Model):
    """What a group asked for, and what the house answered.

    Personal data: shown to nobody but the people who answer, and deleted after
    ``keep_until``.
    """

    class Status(models.TextChoices):
        NEW = "new", _("待答复")
        CONFIRMED = "confirmed", _("已确认")
        DECLINED = "declined", _("未能安排")
        CANCELLED = "cancelled", _("已取消")

    number = models.CharField(_("查询号"), max_length=20, unique=True)
    unit = models.CharField(_("单位"), max_length=100)
    contact = models.CharField(_("联系人"), max_length=40)
    phone = models.CharField(_("联系电话"), max_length=30)
    day = models.DateField(_("参观日期"), db_index=True)
    people = models.PositiveIntegerField(_("人数"))
    needs = models.TextField(_("需要"), blank=True)
    consent = models.TextField(_("同意的内容"))
    status = models.CharField(
        _("状态"),
        max_length=12,
        choices=Status.choices,
        default=Status.NEW,
        db_index=True,
    )
    answer = models.TextField(
        _("答复"),
        blank=True,
        help_text=_("预约人凭查询号和电话可以看到。"),
    )
    note = models.TextField(
        _("馆内备注"), blank=True, help_text=_("只有处理预约的人看得到。")
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("答复人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    keep_until = models.DateField(_("保留到"), db_index=True)

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("团体预约")
        verbose_name_plural = _("团体预约")

    def __str__(self) -> str:
        # Logs keep this when the request is gone: it names nobody.
        return self.number
