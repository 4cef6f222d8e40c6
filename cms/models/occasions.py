"""What people sign up for and come to, and who does: events, and classes."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

# Told in the reader's language where nobody has changed it.
CONSENT = gettext_noop(
    "所填的姓名、单位和联系方式只用于这次报名、签到和通知，不公开，不作他用；"
    "结束之后按下面所写的期限删除。"
)


class Occasion(models.Model):
    """Something to come to, with its list of who comes.

    The owner (an event's page, a class) says what, when and where, and writes it here
    whenever that is published (``cms.registration.occasions.tell``). How people sign
    up, and that it does not take place, is for who runs it, at once and without
    reviews.
    """

    class Kind(models.TextChoices):
        EVENT = "event", _("活动")
        CLASS = "class", _("班次")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    # Told by the owner.
    title = models.CharField(_("名称"), max_length=255)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    place = models.CharField(_("地点"), max_length=200, blank=True)
    url = models.CharField(_("网页"), max_length=500, blank=True)
    is_public = models.BooleanField(_("已发布"), default=False)

    # Of who runs it.
    takes_registrations = models.BooleanField(_("接受报名"), default=False)
    capacity = models.PositiveIntegerField(
        _("名额"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("不限则留空。"),
    )
    has_waiting_list = models.BooleanField(_("满员后可以候补"), default=True)
    opens_at = models.DateTimeField(_("报名开始"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("报名截止"), null=True, blank=True, help_text=_("留空则到开始时为止。")
    )
    consent = models.TextField(_("同意的内容"), default=CONSENT)
    keep_days = models.PositiveSmallIntegerField(
        _("结束之后保留几天"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(1095)],
        help_text=_("到期的报名自动删除。"),
    )
    is_cancelled = models.BooleanField(_("已取消"), default=False)
    cancel_reason = models.CharField(
        _("取消的说明"), max_length=200, blank=True, help_text=_("写在网页上。")
    )

    sequence = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="iCalendar SEQUENCE (RFC 5545, 3.8.7.4): how often it was moved.",
    )
    next_turn = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("修改时间"), default=timezone.now)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("场次")
        verbose_name_plural = _("场次")
        permissions = [
            ("run_event", "Can run the registrations of events"),
            ("run_class", "Can run the registrations of classes"),
        ]

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """Who comes, or waits for a place.

    Personal data: for those who run the occasion, deleted after ``keep_until``.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("已报名")
        WAITING = "waiting", _("候补")
        CANCELLED = "cancelled", _("已取消")

    class Notice(models.TextChoices):
        CONFIRMED = "confirmed", _("报名成功")
        WAITING = "waiting", _("列入候补")
        MOVED_UP = "moved-up", _("候补递补")
        CANCELLED = "cancelled", _("报名取消")
        CALLED_OFF = "called-off", _("场次取消")

    occasion = models.ForeignKey(
        Occasion,
        verbose_name=_("场次"),
        on_delete=models.CASCADE,
        related_name="registrations",
    )
    number = models.CharField(_("查询号"), max_length=20, unique=True)
    turn = models.PositiveIntegerField(
        _("先后"), help_text="Order of arrival in the occasion, from 1."
    )
    status = models.CharField(_("状态"), max_length=12, choices=Status.choices)
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位"), max_length=100, blank=True)
    contact = models.CharField(_("电话或电子邮箱"), max_length=200)
    consent = models.TextField(_("同意的内容"))
    sent_as = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Digest of the form that brought it: a button pressed twice is one.",
    )
    liaison = models.CharField(_("代报的联络员"), max_length=100, blank=True)
    group = models.CharField(
        max_length=20,
        blank=True,
        editable=False,
        db_index=True,
        help_text="Unguessable number that the people of one list share.",
    )
    created_at = models.DateTimeField(_("报名时间"), default=timezone.now)
    moved_up_at = models.DateTimeField(_("递补时间"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    checked_in_at = models.DateTimeField(_("签到时间"), null=True, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("签到人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    keep_until = models.DateField(_("保留到"), db_index=True)
    notice = models.CharField(
        _("未发出的通知"),
        max_length=12,
        blank=True,
        choices=Notice.choices,
        editable=False,
    )
    notice_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    notice_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When the notice was written or last tried; null: for the worker.",
    )

    class Meta:
        ordering = ["occasion", "turn"]
        verbose_name = pgettext_lazy("the list", "报名")
        verbose_name_plural = pgettext_lazy("the list", "报名")
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "turn"], name="registration_turn"
            ),
            models.UniqueConstraint(
                fields=["occasion", "sent_as"],
                condition=~models.Q(sent_as=""),
                name="registration_form",
            ),
            models.UniqueConstraint(
                fields=["occasion", "name", "contact"],
                condition=~models.Q(status="cancelled"),
                name="registration_person",
            ),
        ]

    def __str__(self) -> str:
        # Logs keep this when the registration is gone: it names nobody.
        return self.number
