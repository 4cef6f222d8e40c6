"""Certificates of completion (结业证书)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.classes import TrainingClass


class Certificate(models.Model):
    """What was certified, in the words of that day.

    It is text and stays as it is when the registration is deleted or the class is
    renamed; learners agree to that when they sign up (``cms.training.classes``).
    Only ``cms.training.certificates`` issues and revokes. Whoever has the ``code``
    sees it; nobody can guess one.
    """

    code = models.CharField(_("核验码"), max_length=14, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位"), max_length=100, blank=True)
    curriculum = models.CharField(_("培训方案"), max_length=255)
    class_number = models.CharField(_("期次"), max_length=40)
    hours = models.DecimalField(_("学时"), max_digits=5, decimal_places=1)
    first_day = models.DateField(_("第一天"))
    last_day = models.DateField(_("最后一天"))
    institution = models.CharField(_("颁发单位"), max_length=200)
    issued_on = models.DateField(_("颁发日期"), default=timezone.localdate)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_demonstration = models.BooleanField(_("演示材料"), default=False)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤销人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revoke_reason = models.CharField(_("撤销的理由"), max_length=200, blank=True)
    training_class = models.ForeignKey(
        TrainingClass,
        null=True,
        on_delete=models.SET_NULL,
        related_name="certificates",
    )
    registration = models.ForeignKey(
        "cms.Registration",
        null=True,
        on_delete=models.SET_NULL,
        related_name="certificates",
    )

    class Meta:
        ordering = ["-year", "-serial"]
        verbose_name = _("结业证书")
        verbose_name_plural = _("结业证书")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "serial"], name="certificate_number"
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=models.Q(revoked_at=None),
                name="certificate_once",
            ),
        ]

    def __str__(self) -> str:
        # Logs keep this: it names nobody.
        return self.number

    @property
    def number(self) -> str:
        """As printed: ``〔2026〕12号``."""
        return f"〔{self.year}〕{self.serial}号"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_one_day(self) -> bool:
        return self.first_day == self.last_day
