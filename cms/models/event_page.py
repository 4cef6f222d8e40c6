"""An event of a publicity week: what, when, where, who, and what came of it."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks.prose import ProseStream
from cms.blocks.sources import sources_of
from cms.blocks.week import BeforeStream, OutcomeStream, RelatedStream, SpeakerBlock
from cms.evidence.claims import Sources
from cms.languages.prefixes import DEFAULT
from cms.languages.translated import original_of
from cms.models.base import SitePage
from cms.models.occasions import Occasion
from cms.models.publicity_week import ProgrammePage
from cms.models.subjects import SUBJECT_PANELS, HasSubjects
from cms.publicity_week import programme


class EventForm(WagtailAdminPageForm):
    """A new event has no place in the tree yet: the form knows where it will be."""

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        day, parent = cleaned.get("day"), getattr(self.parent_page, "specific", None)
        if day and isinstance(parent, ProgrammePage):
            message = programme.outside(day, parent)
            if message:
                self.add_error("day", message)
        return cleaned


class EventPage(HasSubjects, SitePage):
    """``occasion`` is told when and where on publication; it takes registrations."""

    class Kind(models.TextChoices):
        SEMINAR = "seminar", _("研讨")
        LECTURE = "lecture", _("宣讲")
        AWARD = "award", _("表彰")
        COMMEMORATION = "commemoration", _("纪念大会")
        EXHIBITION = "exhibition", _("展览")
        OPEN_DAY = "open-day", _("开放日")
        WORKSHOP = "workshop", _("工作坊")
        OTHER = "other", _("其他")

    kind = models.CharField(
        _("类别"), max_length=20, choices=Kind.choices, default=Kind.OTHER
    )
    day = models.DateField(_("日期"))
    starts = models.TimeField(_("开始"))
    ends = models.TimeField(_("结束"))
    place = models.CharField(_("地点"), max_length=200, blank=True)
    map_url = models.URLField(
        _("地图链接"), blank=True, help_text=_("以 https:// 开头，在新的网站打开。")
    )
    audience = models.CharField(_("面向"), max_length=200, blank=True)
    access = models.TextField(
        _("无障碍"), blank=True, help_text=_("如轮椅通道、手语、字幕、母婴室。")
    )
    speakers = StreamField(
        [("speaker", SpeakerBlock())], verbose_name=_("主讲人"), blank=True
    )
    body = StreamField(ProseStream(), verbose_name=_("正文"), blank=True)
    before = StreamField(BeforeStream(), verbose_name=_("会前材料"), blank=True)
    after = StreamField(OutcomeStream(), verbose_name=_("录像与纪要"), blank=True)
    related = StreamField(RelatedStream(), verbose_name=_("相关档案与页面"), blank=True)
    occasion = models.OneToOneField(
        Occasion,
        verbose_name=_("场次"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="event_page",
    )

    base_form_class = EventForm
    # A copy is another event, and a translation the same one in other words.
    exclude_fields_in_copy = ["occasion"]
    template = "cms/week/event.html"
    search_kind = "event"
    structured_type = "Event"
    subpage_types: list[str] = []
    parent_page_types = ["cms.ProgrammePage"]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("place"),
        index.SearchField("audience"),
        index.SearchField("speakers"),
        index.SearchField("body"),
        index.SearchField("before"),
        index.SearchField("after"),
        index.FilterField("day"),
    ]
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("day"),
                FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                FieldPanel("place"),
                FieldPanel("map_url"),
                FieldPanel("audience"),
                FieldPanel("access"),
            ],
            heading=_("时间与地点"),
        ),
        FieldPanel("speakers"),
        FieldPanel("body"),
        FieldPanel("before"),
        FieldPanel("after"),
        FieldPanel("related"),
        *SUBJECT_PANELS,
    ]

    class Meta:
        verbose_name = _("宣传周活动")
        verbose_name_plural = _("宣传周活动")

    def with_content_json(self, content: Any) -> "EventPage":
        """An older text of the page is still the same event."""
        made: EventPage = super().with_content_json(content)
        # As the database has it: it may have come after this page was read.
        known = EventPage.objects.filter(pk=self.pk)
        made.occasion_id = known.values_list("occasion_id", flat=True).first()
        return made

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            message = gettext("结束时间不晚于开始时间，请核对。")
            raise ValidationError({"ends": message})
        original = self.locale.language_code == DEFAULT
        parent = self.get_parent() if self.path and original else None
        if parent is not None and self.day:
            message = programme.outside(self.day, parent.specific)
            if message:
                raise ValidationError({"day": message})

    @cached_property
    def original(self) -> "EventPage":
        """The Chinese page, whose times and occasion count."""
        found = original_of(self)
        return found.specific if found is not None else self

    @cached_property
    def sources(self) -> Sources:
        return sources_of(self)

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, self.starts))

    @property
    def ends_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, self.ends))

    @property
    def search_day(self) -> date:  # type: ignore[override]
        return self.day

    @property
    def gathered_note(self) -> str:
        return self.day.isoformat()

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        above = self.original.get_parent().specific
        return {
            **context,
            "sources": self.sources,
            "slot": programme.slot_of(self),
            "programme": above,
            "programme_url": above.get_url(request),
        }
