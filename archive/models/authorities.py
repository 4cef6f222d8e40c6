"""People, organisations and places, each under one number with all its names."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.suggestions import INITIALS_LENGTH, KEY_LENGTH
from archive.vocabulary import AuthorityKind, NameKind, Role

from .record import Record

NAME_LENGTH = 200


class Authority(models.Model):
    """A person, an organisation or a place (规范记录).

    Changed by ``archive.authorities`` alone, which keeps ``name`` as the preferred
    one of its names. A number that was given stays given (``FormerNumber``).
    """

    number = models.CharField(_("规范号"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("类型"), max_length=12, choices=AuthorityKind.choices)
    name = models.CharField(_("规范名称"), max_length=NAME_LENGTH, editable=False)
    dates_original = models.CharField(
        _("存在时间"),
        max_length=200,
        blank=True,
        help_text=_("生卒年、成立和撤销时间，照资料所写，如 1950–1992、1949年5月起。"),
    )
    history = models.TextField(_("生平或沿革"), blank=True)
    broader = models.ForeignKey(
        "self",
        verbose_name=_("上级地点"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
    )
    sources = models.TextField(pgettext_lazy("authority", "依据"), blank=True)
    note = models.TextField(_("附注"), blank=True)
    is_demonstration = models.BooleanField(_("演示材料"), default=False)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = _("规范记录")
        verbose_name_plural = _("规范记录")
        ordering = ["name", "number"]
        indexes = [models.Index(fields=["kind", "name", "number"])]

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"


class AuthorityName(models.Model):
    """One name of an authority, with the days between which it was in use.

    The range follows from ``dates_original`` (``archive.dates``); None is open.
    """

    authority = models.ForeignKey(
        Authority, on_delete=models.CASCADE, related_name="names"
    )
    position = models.PositiveIntegerField(default=0)
    name = models.CharField(_("名称"), max_length=NAME_LENGTH)
    kind = models.CharField(
        _("名称种类"),
        max_length=10,
        choices=NameKind.choices,
        default=NameKind.VARIANT,
    )
    language = models.CharField(_("语言或文字"), max_length=40, blank=True)
    dates_original = models.CharField(_("使用时间"), max_length=200, blank=True)
    date_min = models.DateField(null=True, editable=False)
    date_max = models.DateField(null=True, editable=False)
    # What it is found by: see archive.suggestions.
    folded = models.CharField(max_length=KEY_LENGTH, editable=False, db_index=True)
    initials = models.CharField(
        max_length=INITIALS_LENGTH, editable=False, db_index=True
    )

    class Meta:
        verbose_name = _("名称")
        verbose_name_plural = _("名称")
        ordering = ["authority", "position", "id"]

    def __str__(self) -> str:
        return self.name


class FormerNumber(models.Model):
    """The number of an authority that was merged or deleted: never given again.

    ``authority`` is the one that it was merged into, None after a deletion; ``was``
    the id that it had, by which old addresses are led on.
    """

    number = models.CharField(_("曾用规范号"), max_length=12, unique=True)
    was = models.BigIntegerField(unique=True)
    authority = models.ForeignKey(
        Authority,
        verbose_name=_("规范记录"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="former_numbers",
    )

    class Meta:
        verbose_name = _("曾用规范号")
        verbose_name_plural = _("曾用规范号")

    def __str__(self) -> str:
        return self.number


class Relation(models.Model):
    """What an authority has to do with a record."""

    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="relations"
    )
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="relations"
    )
    role = models.CharField(_("关系"), max_length=12, choices=Role.choices)

    class Meta:
        verbose_name = _("关联")
        verbose_name_plural = _("关联")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "authority", "role"], name="one_relation_once"
            )
        ]
        indexes = [models.Index(fields=["authority", "record"])]

    def __str__(self) -> str:
        return f"{self.record_id} {self.get_role_display()} {self.authority_id}"


class TypedName(models.Model):
    """One name out of a record's ``creators`` or ``person_names``, as typed.

    Follows from these elements (``archive.typed_names``): what the names without an
    authority are found and counted by.
    """

    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="typed_names"
    )
    element = models.CharField(max_length=12)
    name = models.CharField(max_length=500)
    folded = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("照录的名称")
        verbose_name_plural = _("照录的名称")
        indexes = [models.Index(fields=["folded", "element", "record"])]

    def __str__(self) -> str:
        return self.name


class AuthoritySequence(models.Model):
    """The last number given; it only goes up. There is one row."""

    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("规范号流水")
        verbose_name_plural = _("规范号流水")

    def __str__(self) -> str:
        return str(self.last)
