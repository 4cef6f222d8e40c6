"""What people ask to be corrected or taken down (纠错与下架申请)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TakedownRequest(models.Model):
    """What somebody outside asked for, and what the house made of it.

    Only ``cms.takedown`` makes and changes them. ``number`` is random: it tells
    nothing of how many there are. What may name a person goes when the request has
    been closed for long enough; ``erased_at`` says when it went.
    """

    class Reason(models.TextChoices):
        PERSONAL = "personal", _("涉及个人信息")
        COPYRIGHT = "copyright", _("涉及著作权")
        SENSITIVE = "sensitive", _("涉密或内容敏感")
        TEXT = "text", _("文字或著录有误")
        LEAD = "lead", _("提供线索")
        OTHER = "other", pgettext_lazy("reason", "其他")

    class Status(models.TextChoices):
        NEW = "new", _("待处理")
        WORKING = "working", _("处理中")
        DONE = "done", _("已处理")
        DECLINED = "declined", _("不予处理")

    number = models.CharField(_("办理编号"), max_length=20, unique=True)
    about = models.CharField(_("网址或档号"), max_length=300)
    reason = models.CharField(_("事由"), max_length=10, choices=Reason.choices)
    explanation = models.TextField(_("说明"), max_length=2000, blank=True)
    name = models.CharField(_("姓名"), max_length=60, blank=True)
    contact = models.CharField(_("联系方式"), max_length=200, blank=True)
    status = models.CharField(
        _("状态"), max_length=10, choices=Status.choices, default=Status.NEW
    )
    answer = models.TextField(_("办理情况"), max_length=2000, blank=True)
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, editable=False)
    erased_at = models.DateTimeField(_("个人信息删除时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("纠错与下架申请")
        verbose_name_plural = _("纠错与下架申请")
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return self.number

    @property
    def is_closed(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.DECLINED)
