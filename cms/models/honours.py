"""Honours (表彰): lists by year, each with the rows of whom it names."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

BASIS = "《绍兴市“枫桥经验”传承发展条例（草案送审稿）》第二十五条"


class HonourList(ClusterableModel):
    """One award of one year. Public when it is published and says where it is from."""

    year = models.PositiveSmallIntegerField(
        _("年份"), validators=[MinValueValidator(1949), MaxValueValidator(2100)]
    )
    award = models.CharField(_("表彰名称"), max_length=200)
    basis = models.CharField(_("依据"), max_length=200, default=BASIS, blank=True)
    decided_by = models.CharField(_("决定机关"), max_length=200, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    source = models.CharField(
        _("来源"),
        max_length=300,
        blank=True,
        help_text=_("文件名和文号，或刊登的报刊与日期；没有来源的名单不能公布。"),
    )
    source_url = models.URLField(_("来源网址"), blank=True)
    is_published = models.BooleanField(_("公布"), default=False)
    is_demonstration = models.BooleanField(_("演示材料"), default=False)

    class Meta:
        ordering = ["-year", "award", "pk"]
        verbose_name = _("表彰名单")
        verbose_name_plural = _("表彰名单")
        constraints = [
            models.UniqueConstraint(fields=["year", "award"], name="honours_of_year")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.award}"

    def clean(self) -> None:
        super().clean()
        if self.is_published and not self.source.strip():
            message = gettext("没有来源的名单不能公布：请写明文件或报刊。")
            raise ValidationError({"source": message})

    @property
    def collectives(self) -> list["Honour"]:
        return self._of(Honour.Kind.COLLECTIVE)

    @property
    def individuals(self) -> list["Honour"]:
        return self._of(Honour.Kind.INDIVIDUAL)

    def _of(self, kind: str) -> list["Honour"]:
        rows: Any = self.honours.all()
        return [one for one in rows if one.kind == kind]


class Honour(Orderable):
    """Who was honoured."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", _("集体")
        INDIVIDUAL = "individual", _("个人")

    list = ParentalKey(HonourList, on_delete=models.CASCADE, related_name="honours")
    kind = models.CharField(
        _("集体或个人"), max_length=12, choices=Kind.choices, default=Kind.COLLECTIVE
    )
    name = models.CharField(_("名称或姓名"), max_length=120)
    unit = models.CharField(_("单位或职务"), max_length=200, blank=True)
    citation = models.TextField(_("事迹"), blank=True)
    url = models.URLField(_("链接"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("受表彰者")
        verbose_name_plural = _("受表彰者")

    def __str__(self) -> str:
        return self.name
