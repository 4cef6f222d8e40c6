"""个人信息核查: that somebody else read a text before it named people in public."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChecksPersonalData(models.Model):
    """A page that goes out only after a second person has cleared exactly its text.

    ``cms.editing.clearance`` holds the rule; its detectors point at passages, also
    where they find nothing a person reads the text.
    """

    checks_personal_data = True

    class Meta:
        abstract = True


class PersonalDataClearance(models.Model):
    """One person's word on one text; written once and never changed.

    ``digest`` is that of the text (``clearance.digest_of``); ``findings`` counts what
    the detectors found in it by kind, and holds none of the words themselves.
    """

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("页面"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="personal_data_clearances",
    )
    revision = models.PositiveBigIntegerField(_("版本"))
    title = models.CharField(_("标题"), max_length=255)
    digest = models.CharField(_("文本校验值"), max_length=64, db_index=True)
    findings = models.JSONField(_("提示"), default=dict)
    note = models.TextField(_("核查说明"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("核查人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("姓名"), max_length=200)
    at = models.DateTimeField(_("核查时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("个人信息核查")
        verbose_name_plural = _("个人信息核查")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a clearance is never changed")
        super().save(*args, **kwargs)
