"""What every page of the site has."""

from datetime import date
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod

from cms.editing.panels import FindingsPanel
from cms.editing.permissions import ReviewedPagePermissions
from cms.knowledge.explaining import Explainer
from cms.languages.translated import original_of
from cms.models.indexed import IndexedPage
from cms.navigation import crumbs_of


class SitePage(Page):
    """A page of ours: its summary, its picture, whether it was made to show the system.

    Templates extend ``cms/page.html``. Pages show records only as the public sees
    them, whoever looks: what stands on a page is for everyone.
    """

    summary = models.TextField(
        _("提要"),
        blank=True,
        help_text=_("一两句话，用于列表、检索结果和转发时的说明。"),
    )
    cover = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("题图"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("用于列表和转发；图片说明写在图片的“描述”里。"),
    )
    is_demonstration = models.BooleanField(
        _("演示材料"),
        default=False,
        help_text=_("勾选后标题旁注明“演示材料”，页脚另有说明。"),
    )

    search_fields = [*Page.search_fields, index.SearchField("summary")]
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        *Page.promote_panels,
        FieldPanel("cover"),
        FieldPanel("is_demonstration"),
    ]

    @cached_classmethod
    def get_edit_handler(cls) -> Any:
        """The tabs of the editor: the text, how it is found, what checks say, times.

        Each kind of page gives its ``content_panels`` and ``promote_panels`` only.
        """
        guide = HelpPanel(template="cms/admin/page_help.html", heading=_("怎样写"))
        tabs = [
            ObjectList([guide, *cls.content_panels], heading=_("内容")),
            ObjectList(cls.promote_panels, heading=_("列表与转发")),
            ObjectList([FindingsPanel(heading=_("文字检查"))], heading=_("文字检查")),
            ObjectList(cls.settings_panels, heading=_("定时发布")),
        ]
        return TabbedInterface(
            [tab for tab in tabs if tab.children], base_form_class=cls.base_form_class
        ).bind_to_model(cls)

    def permissions_for_user(self, user: Any) -> ReviewedPagePermissions:
        return ReviewedPagePermissions(user, self)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """As wide as the screens that the pages were drawn for."""
        return [
            {
                "name": "mobile",
                "icon": "mobile-alt",
                "device_width": 390,
                "label": _("手机预览，宽 390 像素"),
            },
            {
                "name": "tablet",
                "icon": "tablet-alt",
                "device_width": 768,
                "label": _("平板预览，宽 768 像素"),
            },
            {
                "name": "desktop",
                "icon": "desktop",
                "device_width": 1280,
                "label": _("电脑预览，宽 1280 像素"),
            },
        ]

    search_kind = ""
    """The kind under which search lists the page, "" for one that it leaves out.

    Read are its title and its ``search_fields`` (``cms.page_search.text``).
    """

    search_section = ""
    """The section it is found in (``cms.page_search.kinds``), "" for its kind's."""

    private_fields: tuple[str, ...] = ()
    """Fields for the house alone: checks, gathered sources and indexes pass them by."""

    watches_sources = False
    """Whether changes of what the page rests on are watched (``cms.evidence``)."""

    search_day: date | None = None
    """The day it is found under; None: that of its first publication."""

    class Meta:
        abstract = True

    @property
    def has_text(self) -> bool:
        """Whether the page has words of its own, which may want translating."""
        return True

    def _lists_demonstration(self) -> bool:
        """Whether a page below, which this one lists, was made to show the system."""
        original = original_of(self) or self
        if not original.numchild:
            return False
        below = original.get_descendants().live().public().values("pk")
        made = IndexedPage.objects.filter(is_demonstration=True, page_id__in=below)
        return made.exists()

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "crumbs": crumbs_of(self),
            "demonstration": self.is_demonstration or self._lists_demonstration(),
            "explainer": Explainer(self.locale_id),
        }
