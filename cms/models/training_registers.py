"""师资库 and 现场教学点: who may be asked to teach, and where one can go to see."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from cms.models.subjects import SubjectsField

CONSENT = _("本人同意在网站上公开姓名、单位、介绍和照片")


class Teacher(ClusterableModel):
    """A person who teaches; shown to the public only with the person's consent."""

    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位"), max_length=100, blank=True)
    position = models.CharField(_("职务或职称"), max_length=100, blank=True)
    subjects = SubjectsField(
        "archive.Subject",
        verbose_name=_("授课领域"),
        blank=True,
        related_name="+",
        help_text=_("主题词表中的正式词，多个用分号隔开。"),
    )
    introduction = models.TextField(_("介绍"), blank=True)
    photo = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("照片"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    has_consent = models.BooleanField(CONSENT, default=False)
    consent_note = models.CharField(
        _("同意的凭据"),
        max_length=200,
        blank=True,
        help_text=_("如同意书的日期和存放处；不公开。"),
    )
    is_shown = models.BooleanField(_("在网站上公开"), default=False)
    is_demonstration = models.BooleanField(_("演示材料"), default=False)

    class Meta:
        verbose_name = _("教师")
        verbose_name_plural = _("师资库")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_shown=False) | models.Q(has_consent=True),
                name="teacher_shown_with_consent",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.is_shown and not self.has_consent:
            message = gettext("没有本人同意，不能在网站上公开；请先取得同意。")
            raise ValidationError({"is_shown": message})


class TeachingPoint(ClusterableModel):
    """A place to teach at, as the public is told of it."""

    name = models.CharField(_("名称"), max_length=100)
    place = models.CharField(
        _("所在县（市、区）"), max_length=100, help_text=_("写到县级，如“某县”。")
    )
    address = models.CharField(
        _("公开的地址"),
        max_length=200,
        blank=True,
        help_text=_("只写可以公开的；不公开就留空。"),
    )
    shows = models.TextField(_("看什么"), blank=True)
    subjects = SubjectsField(
        "archive.Subject",
        verbose_name=_("主题"),
        blank=True,
        related_name="+",
        help_text=_("主题词表中的正式词，多个用分号隔开。"),
    )
    group_size = models.PositiveSmallIntegerField(
        _("一批至多几人"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("不限则留空。"),
    )
    map_url = models.URLField(
        _("地图链接"), blank=True, help_text=_("以 https:// 开头，在新的网站打开。")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("相关页面"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("如与此地有关的展览或案例。"),
    )
    is_shown = models.BooleanField(_("在网站上公开"), default=False)
    is_demonstration = models.BooleanField(_("演示材料"), default=False)

    class Meta:
        verbose_name = _("现场教学点")
        verbose_name_plural = _("现场教学点")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
