"""The publicity week (宣传周): its section, and the programme of each year."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks.prose import ProseStream
from cms.blocks.sources import sources_of
from cms.blocks.week import BeforeStream, OutcomeStream, RelatedStream
from cms.evidence.claims import Sources
from cms.languages.translated import original_of
from cms.models.base import SitePage
from cms.models.subjects import SUBJECT_PANELS, HasSubjects
from cms.publicity_week import honours, programme, years
from cms.publicity_week.dates import Week, week_of

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DAYS = 31


class WeekIndexPage(RoutablePageMixin, SitePage):
    """This year's programme or the next dates, the years before, the honours."""

    max_count = 1
    template = "cms/week/index.html"
    search_kind = "page"
    search_section = "week"
    subpage_types = ["cms.ProgrammePage"]
    parent_page_types = ["cms.HomePage"]
    search_fields = [*SitePage.search_fields, index.SearchField("honours_text")]

    class Meta:
        verbose_name = _("宣传周栏目")
        verbose_name_plural = _("宣传周栏目")

    @property
    def honours_text(self) -> str:
        """Who was honoured, for the search: the lists that are public."""
        return honours.text_of_all()

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        section = original_of(self) or self
        return {**context, **years.overview(section), "section": self}

    @path("")
    def overview(self, request: HttpRequest) -> HttpResponseBase:
        return self.render(request)

    @path("honours/", name="honours")
    def honours(self, request: HttpRequest) -> HttpResponseBase:
        """All years with a list that is public."""
        years = honours.by_year()
        lists = [one for _year, found in years for one in found]
        here = gettext("表彰名单")
        return self._listed(request, "honours", here, lists, lists_by_year=years)

    @path("honours/<int:year>/", name="honours_year")
    def honours_of(self, request: HttpRequest, year: int) -> HttpResponseBase:
        lists = honours.of_year(year)
        if not lists:
            raise Http404
        here = gettext("%(year)s 年表彰名单") % {"year": year}
        return self._listed(
            request, "honours_year", here, lists, lists=lists, year=year
        )

    def _listed(
        self,
        request: HttpRequest,
        view: str,
        here: str,
        lists: list[Any],
        /,
        **more: Any,
    ) -> HttpResponseBase:
        labelled = any(one.is_demonstration for one in lists)
        return self.render(
            request,
            template=f"cms/week/{view}.html",
            context_overrides={
                "demonstration": labelled,
                "crumb_here": here,
                **more,
            },
        )


class ProgrammePage(HasSubjects, RoutablePageMixin, SitePage):
    """The week of one year; its address ends in the year, for good."""

    year = models.PositiveSmallIntegerField(
        _("年份"),
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        help_text=_("网址以年份结尾；发布之后不能再改。"),
    )
    theme = models.CharField(_("主题词"), max_length=200, blank=True)
    organiser = models.CharField(_("主办单位"), max_length=200, blank=True)
    first_day = models.DateField(
        _("起始日期"),
        null=True,
        blank=True,
        help_text=_("留空即按条例送审稿：十一月第三个星期一起的一周。"),
    )
    last_day = models.DateField(_("结束日期"), null=True, blank=True)
    introduction = StreamField(ProseStream(), verbose_name=_("说明"), blank=True)
    before = StreamField(BeforeStream(), verbose_name=_("海报与会前材料"), blank=True)
    after = StreamField(OutcomeStream(), verbose_name=_("录像与纪要"), blank=True)
    related = StreamField(RelatedStream(), verbose_name=_("相关档案与页面"), blank=True)

    template = "cms/week/programme.html"
    search_kind = "programme"
    structured_type = "EventSeries"
    subpage_types = ["cms.EventPage"]
    parent_page_types = ["cms.WeekIndexPage"]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("theme"),
        index.SearchField("organiser"),
        index.SearchField("introduction"),
        index.SearchField("before"),
        index.SearchField("after"),
        index.FilterField("year"),
    ]
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("year"),
                FieldPanel("theme"),
                FieldPanel("organiser"),
                FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
            ],
            heading=_("年份与日期"),
        ),
        FieldPanel("introduction"),
        FieldPanel("before"),
        FieldPanel("after"),
        FieldPanel("related"),
        *SUBJECT_PANELS,
    ]
    # Without the slug, which is the year.
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("检索与转发"),
        ),
        FieldPanel("cover"),
        FieldPanel("is_demonstration"),
    ]

    class Meta:
        verbose_name = _("宣传周日程")
        verbose_name_plural = _("宣传周日程")
        permissions = [
            (
                "roll_over_programmepage",
                "Can roll a week over to a year",
            )
        ]

    @property
    def week(self) -> Week:
        """By the rule, or as it was announced."""
        if self.first_day and self.last_day:
            return Week(self.first_day, self.last_day)
        return week_of(self.year)

    @property
    def is_announced_otherwise(self) -> bool:
        return self.week != week_of(self.year)

    @property
    def search_day(self) -> date:  # type: ignore[override]
        return self.week.first

    @property
    def gathered_note(self) -> str:
        return str(self.year)

    @cached_property
    def original(self) -> "ProgrammePage":
        """The Chinese page, whose dates and events count."""
        found = original_of(self)
        return found.specific if found is not None else self

    @cached_property
    def sources(self) -> Sources:
        return sources_of(self)

    @cached_property
    def slots(self) -> list[programme.Slot]:
        """The events that are shown, in order."""
        return programme.slots_of(self.original)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.year is not None:
            self.slug = str(self.year)
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        self._check_year()
        self._check_dates()
        super().clean()

    def _check_year(self) -> None:
        same = ProgrammePage.objects.filter(year=self.year, locale=self.locale_id)
        if same.exclude(pk=self.pk).exists():
            message = gettext("%(year)s 年已有日程：请改那一页，或换一个年份。")
            raise ValidationError({"year": message % {"year": self.year}})
        published = ProgrammePage.objects.filter(pk=self.pk, live=True).first()
        if published is not None and published.year != self.year:
            message = gettext("已发布的日程不能改年份：旧网址会失效。请另建一页。")
            raise ValidationError({"year": message})

    def _check_dates(self) -> None:
        if bool(self.first_day) != bool(self.last_day):
            name = "last_day" if self.first_day else "first_day"
            message = gettext("起始与结束日期要么都填，要么都留空。")
            raise ValidationError({name: message})
        if self.first_day and self.last_day:
            self._check_announced(self.first_day, self.last_day)
        outside = [
            f"{event.day:%Y-%m-%d} {event.title}"
            for event in programme.events_below(self)
            if event.day not in self.week
        ]
        if outside:
            message = gettext(
                "有活动不在 %(first)s 至 %(last)s 之内：%(events)s。"
                "请先填一个都包括在内的起止日期，把活动改好，再收窄。"
            )
            said = {
                "first": self.week.first,
                "last": self.week.last,
                "events": "；".join(outside),
            }
            raise ValidationError({"first_day": message % said})

    def _check_announced(self, first: date, last: date) -> None:
        if last < first:
            message = gettext("结束日期早于起始日期，请核对。")
            raise ValidationError({"last_day": message})
        if first.year != self.year or last.year != self.year:
            message = gettext("日期不在 %(year)s 年，请核对年份与日期。")
            raise ValidationError({"first_day": message % {"year": self.year}})
        if (last - first).days >= MOST_DAYS:
            message = gettext("宣传周至多 %(n)s 天，请核对日期。")
            raise ValidationError({"last_day": message % {"n": MOST_DAYS}})

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "sources": self.sources,
            **programme.context(self, self.slots),
        }

    @path("")
    def timetable(self, request: HttpRequest) -> HttpResponseBase:
        """By day."""
        return self.render(request)

    @path("by-place/", name="by_place")
    def by_place(self, request: HttpRequest) -> HttpResponseBase:
        return self.render(
            request,
            template="cms/week/by_place.html",
            context_overrides={"venues": programme.by_place(self.slots)},
        )
