"""What came to the house, from whom, and on what terms.

All of it is for people of the house: nothing here is ever shown to the public.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.vocabulary import Material, Secrecy

from .record import Record


class Permit(models.TextChoices):
    """What an agreement says of one kind of use."""

    UNKNOWN = "unknown", _("未约定")
    YES = "yes", pgettext_lazy("permit", "可以")
    NO = "no", pgettext_lazy("permit", "不可以")


class Acquisition(models.Model):
    """One coming of things: a donation, a deposit, a purchase, a loan.

    Changed by ``archive.acquisitions`` alone. It is never deleted: a number that
    was given stays given.
    """

    class SourceKind(models.TextChoices):
        PERSON = "person", _("个人")
        ORGANISATION = "organisation", _("单位")
        OTHER = "other", pgettext_lazy("source", "其他")

    class Basis(models.TextChoices):
        """holding_basis (standards, section 3)."""

        DONATION = "donation", _("捐赠")
        DEPOSIT = "deposit", _("寄存")
        COLLECTION = "collection", _("征集")
        COPY = "copy", _("复制")
        LOAN = "loan", _("借展")

    class Status(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("acquisition", "登记")
        APPRAISED = "appraised", pgettext_lazy("acquisition", "审核")
        ACCESSIONED = "accessioned", pgettext_lazy("acquisition", "入藏")
        RETURNED = "returned", pgettext_lazy("acquisition", "退回")

    number = models.CharField(_("征集号"), max_length=40, unique=True)
    status = models.CharField(
        _("状态"),
        max_length=12,
        choices=Status.choices,
        default=Status.REGISTERED,
        editable=False,
    )
    received_on = models.DateField(_("收到日期"), db_index=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("接收人"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    basis = models.CharField(_("来源方式"), max_length=12, choices=Basis.choices)

    source_kind = models.CharField(
        _("来源类别"), max_length=12, choices=SourceKind.choices
    )
    source_name = models.CharField(_("来源名称"), max_length=200)
    contact = models.TextField(_("联系方式"), blank=True)
    owner = models.CharField(_("所有权人"), max_length=200, blank=True)

    description = models.TextField(_("内容概述"))
    quantity = models.PositiveIntegerField(_("件数"), default=1)
    condition = models.TextField(_("收到时完残"), blank=True)
    secrecy = models.CharField(
        _("密级"), max_length=10, choices=Secrecy.choices, default=Secrecy.INTERNAL
    )
    location = models.CharField(_("暂存位置"), max_length=200, blank=True)
    note = models.TextField(_("备注"), blank=True)
    is_demonstration = models.BooleanField(_("演示材料"), default=False)

    agreement_number = models.CharField(_("协议编号"), max_length=120, blank=True)
    agreement_on = models.DateField(_("协议日期"), null=True, blank=True)
    agreement_place = models.CharField(_("协议存放处"), max_length=200, blank=True)
    may_publish = models.CharField(
        _("网上公布"), max_length=8, choices=Permit.choices, default=Permit.UNKNOWN
    )
    may_exhibit = models.CharField(
        _("陈列"), max_length=8, choices=Permit.choices, default=Permit.UNKNOWN
    )
    may_copy = models.CharField(
        _("复制使用"), max_length=8, choices=Permit.choices, default=Permit.UNKNOWN
    )
    may_study = models.CharField(
        _("研究利用"), max_length=8, choices=Permit.choices, default=Permit.UNKNOWN
    )
    restriction = models.TextField(_("限制条件"), blank=True)
    authorised_until = models.DateField(_("授权期限"), null=True, blank=True)

    return_due = models.DateField(_("应归还日期"), null=True, blank=True)
    returned_on = models.DateField(_("退还日期"), null=True, editable=False)
    return_note = models.TextField(_("退还记录"), blank=True, editable=False)

    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = _("征集登记")
        verbose_name_plural = _("征集登记")
        ordering = ["-received_on", "-number"]

    def __str__(self) -> str:
        """Without the source: this goes into logs and lists of all kinds."""
        return self.number

    def overdue(self, today: date) -> bool:
        """Whether it should have been given back before ``today``."""
        due: date | None = self.return_due
        return due is not None and due < today and self.status != self.Status.RETURNED


class AcquisitionItem(models.Model):
    """One thing of an acquisition, and the record that was made of it."""

    acquisition = models.ForeignKey(
        Acquisition,
        verbose_name=_("征集登记"),
        on_delete=models.PROTECT,
        related_name="items",
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(_("名称"), max_length=500)
    material = models.CharField(_("材料种类"), max_length=12, choices=Material.choices)
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    date_original = models.CharField(_("日期（原文）"), max_length=200, blank=True)
    particulars = models.JSONField(_("特征项"), default=dict, blank=True)
    note = models.TextField(_("备注"), blank=True)
    record = models.ForeignKey(
        Record,
        verbose_name=_("档案"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="acquisition_items",
    )

    class Meta:
        verbose_name = _("征集件")
        verbose_name_plural = _("征集件")
        ordering = ["acquisition", "position", "id"]

    def __str__(self) -> str:
        return f"{self.acquisition.number} {self.position}"


class AcquisitionSequence(models.Model):
    """The last running number given in a year; it only goes up."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("征集流水号")
        verbose_name_plural = _("征集流水号")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
