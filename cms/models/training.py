"""Training: what the college teaches, curricula, and their courses."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from cms.languages import translated
from cms.languages.translated import original_of
from cms.models.base import SitePage
from cms.models.taught import TaughtPage
from cms.training import registers
from cms.training.outline import Course

_NEXT_CLASSES = 3


class TrainingIndexPage(RoutablePageMixin, SitePage):
    """What the college teaches, who teaches it, and where."""

    max_count = 1
    search_kind = "page"
    search_section = "training"
    subpage_types = ["cms.CurriculumPage"]
    parent_page_types = ["cms.HomePage"]
    template = "cms/training/index.html"

    class Meta:
        verbose_name = _("培训栏目")
        verbose_name_plural = _("培训栏目")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "teachers_url": self.address(request, "teachers"),
            "points_url": self.address(request, "points"),
        }

    def address(self, request: HttpRequest | None, name: str) -> str:
        """The address of a route below the page, on the host of ``request``."""
        return (self.get_url(request) or "") + self.reverse_subpage(name)

    @path("")
    def shown(self, request: HttpRequest) -> HttpResponseBase:
        section = original_of(self) or self
        found = CurriculumPage.objects.child_of(section).live().public()
        shown = translated.readable(found.order_by("path"))
        # Classes know of curricula, which are told here.
        from cms.training import classes

        context = {"curricula": shown, "coming": classes.coming()[:_NEXT_CLASSES]}
        return self.render(request, context_overrides=context)

    @path("teachers/", name="teachers")
    def teachers(self, request: HttpRequest) -> HttpResponseBase:
        """师资库; ``?subject=`` narrows it to a concept."""
        listed = registers.teachers(request.GET.get("subject", ""))
        return self._listed(request, "teachers", gettext("师资库"), listed)

    @path("points/", name="points")
    def points(self, request: HttpRequest) -> HttpResponseBase:
        """现场教学点; ``?subject=`` narrows it to a concept."""
        listed = registers.points(request.GET.get("subject", ""))
        return self._listed(request, "points", gettext("现场教学点"), listed)

    def _listed(
        self, request: HttpRequest, view: str, name: str, listed: registers.Listed
    ) -> HttpResponseBase:
        here = {
            "listed": listed,
            "here": self.address(request, view),
            "crumb_here": name,
            "demonstration": any(one.item.is_demonstration for one in listed.entries),
        }
        template = f"cms/training/{view}.html"
        return self.render(request, template=template, context_overrides=here)


class CurriculumPage(TaughtPage):
    """培训方案: courses that belong together; classes are held of it."""

    search_kind = "curriculum"
    subpage_types = ["cms.CoursePage"]
    parent_page_types = ["cms.TrainingIndexPage"]
    template = "cms/training/curriculum.html"
    search_fields = [*TaughtPage.search_fields, index.SearchField("materials")]
    content_panels = [*TaughtPage.content_panels, FieldPanel("materials")]

    class Meta:
        verbose_name = _("培训方案")
        verbose_name_plural = _("培训方案")

    @property
    def curriculum(self) -> Any:
        return self._original()

    @property
    def courses(self) -> tuple[Course, ...]:
        return self.outline.courses


class CoursePage(TaughtPage):
    """课程: lessons that follow one another."""

    form = models.CharField(
        _("教学形式"),
        max_length=100,
        blank=True,
        help_text=_("如“含半日现场教学”。"),
    )

    search_kind = "course"
    subpage_types = ["cms.LessonPage"]
    parent_page_types = ["cms.CurriculumPage"]
    template = "cms/training/course.html"
    search_fields = [
        *TaughtPage.search_fields,
        index.SearchField("form"),
        index.SearchField("materials"),
    ]
    content_panels = [
        *TaughtPage.content_panels,
        FieldPanel("form"),
        FieldPanel("materials"),
    ]

    class Meta:
        verbose_name = _("课程")
        verbose_name_plural = _("课程")

    @cached_property
    def curriculum(self) -> Any:
        return self._original().get_parent().specific

    @property
    def courses(self) -> tuple[Course, ...]:
        own = self._original().pk
        return tuple(one for one in self.outline.courses if one.original == own)
