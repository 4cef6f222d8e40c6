"""What curricula and courses have in common: materials, a handout, a package."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks.lesson import MaterialStream
from cms.languages.translated import original_of
from cms.models.base import SitePage
from cms.models.subjects import SUBJECT_PANELS, HasSubjects
from cms.training.outline import Course, Outline, outline_of

MINUTES_AN_HOUR = 45
"""Of a 学时."""


class TaughtPage(HasSubjects, RoutablePageMixin, SitePage):
    """A curriculum or one of its courses: lessons, and what is handed out of them."""

    aims = models.TextField(_("目标"), blank=True)
    audience = models.CharField(_("对象"), max_length=200, blank=True)
    prerequisites = models.CharField(
        _("先修"), max_length=200, blank=True, help_text=_("没有就写“无”。")
    )
    completion = models.TextField(
        _("结业要求"),
        blank=True,
        help_text=_("怎样算学完，如“随堂测验合格，并交一份调解记录”。"),
    )
    materials = StreamField(MaterialStream(), verbose_name=_("材料"), blank=True)

    structured_type = "Course"
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("aims"),
        index.SearchField("audience"),
        index.SearchField("completion"),
    ]
    content_panels = [
        *SitePage.content_panels,
        *SUBJECT_PANELS,
        FieldPanel("aims"),
        FieldPanel("audience"),
        FieldPanel("prerequisites"),
        FieldPanel("completion"),
    ]

    class Meta:
        abstract = True

    @property
    def curriculum(self) -> Any:
        """The curriculum's own page (the Chinese one)."""
        raise NotImplementedError

    @cached_property
    def outline(self) -> Outline:
        """The whole curriculum, in the reader's language."""
        return outline_of(self.curriculum)

    @property
    def courses(self) -> tuple[Course, ...]:
        """Those that belong to this page."""
        raise NotImplementedError

    @property
    def hours(self) -> Decimal:
        """学时, the sum of the lessons'."""
        return sum((course.hours for course in self.courses), Decimal(0))

    @property
    def taught_minutes(self) -> int:
        return int(self.hours * MINUTES_AN_HOUR)

    @property
    def lesson_count(self) -> int:
        return sum(len(course.lessons) for course in self.courses)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "outline": self.outline,
            "courses": self.courses,
            "materials": self.materials,
        }

    def address(self, request: HttpRequest | None, name: str, *args: Any) -> str:
        """The address of a route below the page, on the host of ``request``."""
        return (self.get_url(request) or "") + self.reverse_subpage(name, args=args)

    @path("")
    def shown(self, request: HttpRequest) -> HttpResponseBase:
        return self.render(request)

    @path("handout/", name="handout")
    def handout(self, request: HttpRequest) -> HttpResponseBase:
        """The printable handout, a PDF."""
        # What makes files knows models; models must not know it when they are loaded.
        from cms.training.handout import handout

        return handout(self, request)

    @path("offline/", name="offline")
    def offline(self, request: HttpRequest) -> HttpResponseBase:
        """The package for rooms without a network, a ZIP."""
        from cms.training.package import package

        return package(self, request)

    def _original(self) -> Any:
        return original_of(self) or self
