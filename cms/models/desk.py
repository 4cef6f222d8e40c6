"""What makes the archivist's desk one's own: filters and templates kept by name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.vocabulary import Level


class SavedFilter(models.Model):
    """A filtered list of records, kept by its query string."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("建立人"),
        on_delete=models.CASCADE,
        related_name="saved_filters",
    )
    name = models.CharField(_("名称"), max_length=60)
    query = models.CharField(_("条件"), max_length=2000)
    shared = models.BooleanField(_("供同事使用"), default=False)

    class Meta:
        verbose_name = _("常用筛选")
        verbose_name_plural = _("常用筛选")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="one_saved_filter_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class DescriptionTemplate(models.Model):
    """Values that a new record of one genre begins with.

    ``values`` is by field of the record's form; what is not there stays empty.
    """

    name = models.CharField(_("名称"), max_length=60, unique=True)
    level = models.CharField(
        _("著录层级"), max_length=10, choices=Level.choices, default=Level.ITEM
    )
    values = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("著录模板")
        verbose_name_plural = _("著录模板")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
