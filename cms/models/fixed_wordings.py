"""固定表述: how the house writes certain things, and how it does not."""

from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.fold import fold


def lines(text: str) -> list[str]:
    """The lines that have something in them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class FixedWording(models.Model):
    """One wording, what else is right, and the variants that are pointed out."""

    wording = models.CharField(
        gettext_lazy("标准写法"),
        max_length=200,
        unique=True,
        help_text=gettext_lazy("连同标点，照此使用，例如“枫桥经验”的引号。"),
    )
    variants = models.TextField(
        gettext_lazy("不用的写法"),
        help_text=gettext_lazy("一行一个；简体、繁体、异体写一种即可，都查得到。"),
    )
    also_right = models.TextField(
        gettext_lazy("也可以的写法"),
        blank=True,
        help_text=gettext_lazy("一行一个；其中含有上面的写法时不提示。"),
    )
    blocking = models.BooleanField(
        gettext_lazy("必须改正"),
        default=False,
        help_text=gettext_lazy(
            "勾选后，文中有不用的写法就不能通过审核；不勾选只提示。"
        ),
    )
    note = models.TextField(gettext_lazy("说明"), blank=True)
    source = models.CharField(
        gettext_lazy("依据"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("文件、条文或本馆的规定。"),
    )

    class Meta:
        verbose_name = gettext_lazy("固定表述")
        verbose_name_plural = gettext_lazy("固定表述")
        ordering = ["wording"]

    def __str__(self) -> str:
        return self.wording

    @property
    @display(description=gettext_lazy("不用的写法"))
    def shown(self) -> str:
        """The variants in one line."""
        return "、".join(lines(self.variants))

    @property
    @display(description=gettext_lazy("必须改正"))
    def must(self) -> str:
        """ "是" where a variant keeps a text from passing."""
        return _("是") if self.blocking else ""

    def clean(self) -> None:
        """A variant that no reader could tell from what is right is refused."""
        right = {fold(one) for one in (self.wording, *lines(self.also_right))}
        for variant in lines(self.variants):
            if fold(variant) in right:
                told = _("“%(variant)s”与正确的写法相同或只有简繁之别。")
                raise ValidationError({"variants": told % {"variant": variant}})
            if len(variant) < 2:
                told = _("“%(variant)s”太短，会处处误报。")
                raise ValidationError({"variants": told % {"variant": variant}})
