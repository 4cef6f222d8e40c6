"""复用内容: a passage that several pages show, written and reviewed once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from cms.blocks.prose import TEXT_FEATURES


class ReusableText(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    models.Model,
):
    """Shown on pages by ``ReusableBlock``; a change passes the same three reviews,
    because it changes every one of those pages.
    """

    name = models.CharField(
        _("名称"),
        max_length=100,
        unique=True,
        help_text=_("供选用时辨认，页面上不显示。"),
    )
    text = RichTextField(_("文字"), features=TEXT_FEATURES)

    panels = [
        HelpPanel(template="cms/admin/reusable_help.html"),
        FieldPanel("name"),
        FieldPanel("text"),
    ]

    class Meta:
        verbose_name = _("复用内容")
        verbose_name_plural = _("复用内容")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "cms/reusable_preview.html"
