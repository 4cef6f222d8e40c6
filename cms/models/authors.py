"""Who wrote something: a name as printed, and the authority that bears it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class AuthorityKey(models.ForeignKey):  # type: ignore[type-arg]
    """One that the public may know of (``cms.knowledge.public_authorities``)."""

    def formfield(self, **kwargs: Any) -> Any:
        # The forms need models that are ready; this module is one of them.
        from cms.admin.page_authors import AuthorityFormField

        return AuthorityFormField(
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )


class Authorship(Orderable):
    """One author, in the order of the title page.

    ``name`` is our own text and always shown. The authority is a link that shows
    only while a record open to everyone names it as its creator.
    """

    name = models.CharField(_("姓名或名称"), max_length=200)
    authority = AuthorityKey(
        "archive.Authority",
        verbose_name=_("规范记录"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("可不填。只能选公开档案中已有的责任者，由此通向其档案。"),
    )

    panels = [FieldPanel("name"), FieldPanel("authority")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name
