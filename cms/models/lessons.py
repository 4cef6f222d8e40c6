"""课时: what is taught in one go, with the trainer's own notes to it."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks.lesson import LessonStream, MaterialStream, NotesStream
from cms.blocks.sources import sources_of
from cms.evidence.claims import Sources
from cms.languages.translated import original_of
from cms.models.base import SitePage
from cms.training import quizzes
from cms.training.outline import Outline, outline_of
from cms.training.panels import NOTES_RIGHT, SourcesPanel


class LessonPage(RoutablePageMixin, SitePage):
    """A lesson; ``hours`` are 学时 of 45 minutes."""

    hours = models.DecimalField(
        _("学时"),
        max_digits=4,
        decimal_places=1,
        default=1,
        validators=[MinValueValidator(0)],
        help_text=_("一学时为 45 分钟；课程和方案的学时由此相加。"),
    )
    content = StreamField(LessonStream(), verbose_name=_("内容"), blank=True)
    materials = StreamField(MaterialStream(), verbose_name=_("材料"), blank=True)
    trainer_notes = StreamField(
        NotesStream(),
        verbose_name=_("教师备注"),
        blank=True,
        help_text=_("只有教师和管理员看得到，不在网页、检索、讲义和离线课程包里。"),
    )

    private_fields = ("trainer_notes",)
    watches_sources = True
    search_kind = "lesson"
    structured_type = "LearningResource"
    subpage_types: list[str] = []
    parent_page_types = ["cms.CoursePage"]
    template = "cms/training/lesson.html"
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("content"),
        index.SearchField("materials"),
    ]
    # Notes are for the trainers of the house, who read Chinese.
    override_translatable_fields = [
        SynchronizedField("trainer_notes", overridable=False),
        SynchronizedField("hours", overridable=False),
    ]
    content_panels = [
        *SitePage.content_panels,
        SourcesPanel(heading=_("来源核对")),
        FieldPanel("hours"),
        FieldPanel("content"),
        FieldPanel("materials"),
        FieldPanel("trainer_notes", permission=NOTES_RIGHT),
    ]

    class Meta:
        verbose_name = _("课时")
        verbose_name_plural = _("课时")
        permissions = [("view_trainer_notes", "Can read the trainer's notes")]

    @cached_property
    def sources(self) -> Sources:
        """All records and pages that the lesson names, as the public sees them."""
        return sources_of(self)

    @cached_property
    def outline(self) -> Outline:
        """The curriculum that the lesson is part of, in the reader's language."""
        original = original_of(self) or self
        return outline_of(original.get_ancestors().get(depth=original.depth - 2))

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        original = original_of(self) or self
        return {
            **context,
            "sources": self.sources,
            "place": self.outline.place_of(original.pk),
        }

    def address(self, request: HttpRequest | None, name: str, *args: Any) -> str:
        """The address of a route below the page, on the host of ``request``."""
        return (self.get_url(request) or "") + self.reverse_subpage(name, args=args)

    @path("")
    def shown(self, request: HttpRequest) -> HttpResponseBase:
        from cms.training.citing import citations

        cited = citations([self], self.sources, request)
        return self.render(request, context_overrides={"cited": cited})

    @path("quiz/<str:quiz_id>/", name="quiz")
    @method_decorator(never_cache)
    def quiz(self, request: HttpRequest, quiz_id: str) -> HttpResponseBase:
        """A quiz, and after it what was right and why; nothing of it is kept."""
        quiz = quizzes.find(self.content, quiz_id)
        if quiz is None:
            raise Http404
        result, told = None, []
        if request.method == "POST":
            # Answers are nobody's business, and the number is a person's.
            request.is_personal = True  # type: ignore[attr-defined]
            number = request.POST.get("number", "").strip()[:20]
            result = quizzes.mark(quiz, request.POST)
            told = quizzes.tell(self, result, number) if number else []
        shown = {
            "quiz": quiz,
            "result": result,
            "told": told,
            "takes_number": quizzes.takes_numbers(),
        }
        template = "cms/training/quiz.html"
        return self.render(request, template=template, context_overrides=shown)
