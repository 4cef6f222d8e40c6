"""Online exhibitions: chapters to read, stops to visit, a booklet to print."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from cms import exhibitions
from cms.blocks.evidence import FolioBlock
from cms.blocks.prose import TextBlock
from cms.blocks.sources import sources_of
from cms.blocks.story import ChapterStream, StopStream
from cms.evidence.claims import Sources
from cms.languages import translated
from cms.languages.translated import original_of
from cms.models.base import SitePage
from cms.models.subjects import SUBJECT_PANELS, HasSubjects


class ExhibitionIndexPage(SitePage):
    """What is on, and what was on, by year."""

    max_count = 1
    template = "cms/exhibitions/index.html"
    search_kind = "page"
    subpage_types = ["cms.ExhibitionPage"]
    parent_page_types = ["cms.HomePage"]

    class Meta:
        verbose_name = _("展览栏目")
        verbose_name_plural = _("展览栏目")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # Below a translation stand translations only.
        section = original_of(self) or self
        found = ExhibitionPage.objects.child_of(section).live().public()
        shown = translated.readable(
            found.select_related("cover").order_by("path"), "cover"
        )
        return {**context, **exhibitions.listing(shown)}


class ExhibitionPage(HasSubjects, RoutablePageMixin, SitePage):
    """An exhibition, to read as a story and to visit stop by stop."""

    class Kind(models.TextChoices):
        TEMPORARY = "temporary", _("专题展览")
        PERMANENT = "permanent", _("常设展览")

    hero = StreamField(
        [("folio", FolioBlock())],
        verbose_name=_("题图取自档案"),
        blank=True,
        max_num=1,
        help_text=_("展览首屏的大图；留空则用“推广”页上的题图。"),
    )
    kind = models.CharField(
        _("类别"), max_length=20, choices=Kind.choices, default=Kind.TEMPORARY
    )
    opens = models.DateField(_("开展日期"), null=True, blank=True)
    closes = models.DateField(
        _("闭展日期"),
        null=True,
        blank=True,
        help_text=_("过了这一天就列入往期展览；常设展览不填。"),
    )
    minutes = models.PositiveSmallIntegerField(
        _("看完约几分钟"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )
    in_hall = models.BooleanField(
        _("馆内有实体展览"),
        default=False,
        help_text=_("勾选后列出展点所在的位置，并可打印展点的二维码。"),
    )
    hall_place = models.CharField(_("实体展览的地点"), max_length=200, blank=True)
    credits = StreamField(
        [("team", TextBlock(label=_("策展与制作")))],
        verbose_name=_("策展与制作"),
        blank=True,
        max_num=1,
    )
    idle_seconds = models.PositiveSmallIntegerField(
        _("触摸屏无人操作几秒后回到开头"),
        default=90,
        validators=[MinValueValidator(20), MaxValueValidator(3600)],
    )
    chapters = StreamField(ChapterStream(), verbose_name=_("各章"), blank=True)
    stops = StreamField(StopStream(), verbose_name=_("展点"), blank=True)

    template = "cms/exhibitions/exhibition.html"
    search_kind = "exhibition"
    structured_type = "ExhibitionEvent"
    subpage_types: list[str] = []
    parent_page_types = ["cms.ExhibitionIndexPage"]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("chapters"),
        index.SearchField("stops"),
        index.SearchField("credits"),
        index.FilterField("opens"),
    ]
    content_panels = [
        *SitePage.content_panels,
        *SUBJECT_PANELS,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
                FieldPanel("minutes"),
                FieldPanel("in_hall"),
                FieldPanel("hall_place"),
                FieldPanel("idle_seconds"),
            ],
            heading=_("展期与地点"),
        ),
        FieldPanel("hero"),
        FieldPanel("chapters"),
        FieldPanel("stops"),
        FieldPanel("credits"),
    ]

    class Meta:
        verbose_name = _("展览")
        verbose_name_plural = _("展览")

    def clean(self) -> None:
        super().clean()
        if self.opens and self.closes and self.closes < self.opens:
            message = gettext("闭展日期早于开展日期，请核对。")
            raise ValidationError({"closes": message})
        if self.kind == self.Kind.PERMANENT and self.closes:
            message = gettext("常设展览没有闭展日期：请留空，或改为专题展览。")
            raise ValidationError({"closes": message})

    @cached_property
    def sources(self) -> Sources:
        """All records and pages that the exhibition names, as the public sees them."""
        return sources_of(self)

    @property
    def status(self) -> exhibitions.Status:
        """As of today; a permanent exhibition is never past."""
        return exhibitions.status_of(self, timezone.localdate())

    @property
    def archived_under(self) -> int:
        """The year in which a past exhibition is listed."""
        day: date | None = self.closes or self.opens
        return day.year if day else 0

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "sources": self.sources,
            "chapters": exhibitions.chapters_of(self),
            "stops": exhibitions.stops_of(self, self.sources),
            "hero": exhibitions.hero_of(self, self.sources),
            "home": self.address(request, "kiosk"),
            "kiosk": False,
        }

    @staticmethod
    def _turned(found: Sequence[Any], index: int, name: str) -> dict[str, Any]:
        """One of several, and what comes before and after it."""
        return {
            name: found[index],
            "before": found[index - 1] if index else None,
            "after": found[index + 1] if index + 1 < len(found) else None,
        }

    @path("")
    def story(self, request: HttpRequest) -> HttpResponseBase:
        if request.GET.get("kiosk") == "1":
            return HttpResponseRedirect(self.address(request, "kiosk"))
        return self.render(request)

    @path("visit/", name="visit")
    def visit(self, request: HttpRequest) -> HttpResponseBase:
        """参观模式: all stops in order."""
        self._require_stops()
        return self._shown(request, "visit")

    @path("visit/<int:number>/", name="stop")
    def stop(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """One stop on a phone's screen."""
        return self._stop(request, number)

    @path("qr/", name="qr")
    def codes(self, request: HttpRequest) -> HttpResponseBase:
        """A sheet of codes to print, cut out and put up."""
        self._require_stops()
        codes = exhibitions.codes_of(self, request)
        return self._shown(request, "codes", codes=codes)

    @path("booklet/", name="booklet")
    def booklet(self, request: HttpRequest) -> HttpResponseBase:
        """The guide's booklet, to print on A4."""
        cited = exhibitions.citations(self, request)
        # Printed from top to bottom, also what nobody has scrolled to.
        return self._shown(request, "booklet", cited=cited, eager=True)

    @path("kiosk/", name="kiosk")
    def kiosk(self, request: HttpRequest) -> HttpResponseBase:
        """The start of the hall's own screen."""
        return self._in_kiosk(request, "start")

    @path("kiosk/chapter/<int:number>/", name="kiosk_chapter")
    def kiosk_chapter(self, request: HttpRequest, number: int) -> HttpResponseBase:
        chapters = exhibitions.chapters_of(self)
        if not 1 <= number <= len(chapters):
            raise Http404
        turned = self._turned(chapters, number - 1, "chapter")
        return self._in_kiosk(request, "chapter", **turned)

    @path("kiosk/stop/<int:number>/", name="kiosk_stop")
    def kiosk_stop(self, request: HttpRequest, number: int) -> HttpResponseBase:
        return self._stop(request, number, kiosk=True)

    def address(self, request: HttpRequest | None, name: str, *args: Any) -> str:
        """The address of one of the routes above, on the host of ``request``."""
        return (self.get_url(request) or "") + self.reverse_subpage(name, args=args)

    def _require_stops(self) -> None:
        if not self.stops:
            raise Http404

    def _stop(
        self, request: HttpRequest, number: int, kiosk: bool = False
    ) -> HttpResponseBase:
        numbers = [child.value["number"] for child in self.stops]
        if number not in numbers:
            raise Http404
        stops = exhibitions.stops_of(self, self.sources)
        turned = self._turned(stops, numbers.index(number), "stop")
        if kiosk:
            return self._in_kiosk(request, "stop", **turned)
        return self._shown(request, "stop", **turned)

    def _in_kiosk(
        self, request: HttpRequest, view: str, **more: Any
    ) -> HttpResponseBase:
        return self._shown(request, f"kiosk_{view}", kiosk=True, **more)

    def _shown(self, request: HttpRequest, view: str, **more: Any) -> HttpResponseBase:
        template = f"cms/exhibitions/{view}.html"
        return self.render(request, template=template, context_overrides=more)
