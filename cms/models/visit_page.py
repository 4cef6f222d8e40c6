"""The visit page: when and how to come, and requests of groups."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from cms import bookings, opening
from cms.blocks.opening import ExceptionBlock, HoursBlock
from cms.blocks.prose import ProseStream
from cms.exhibitions import Status, status_of
from cms.forms.booking import BookingForm, LookUpForm
from cms.languages import translated
from cms.models.base import SitePage
from cms.models.bookings import GroupBooking
from cms.models.exhibitions import ExhibitionPage
from cms.readers import address_of

CONSENT = (
    "所填的单位、联系人和电话只用于答复这次预约，不公开，不作他用；"
    "参观日期过后按下面所写的期限删除。"
)


def _on_show(today: date) -> list[ExhibitionPage]:
    """The exhibitions that a visitor finds today, in the reader's language."""
    pages = translated.originals(ExhibitionPage).order_by("path")
    open_now = (Status.CURRENT, Status.PERMANENT)
    return translated.readable(
        one for one in pages if status_of(one, today) in open_now
    )


class VisitPage(RoutablePageMixin, SitePage):
    """参观指南; what is not filled in is not shown."""

    address = models.CharField(_("地址"), max_length=200, blank=True)
    map_url = models.URLField(
        _("地图链接"), blank=True, help_text=_("以 https:// 开头，在新的网站打开。")
    )
    telephone = models.CharField(_("咨询电话"), max_length=60, blank=True)
    hours = StreamField(
        [("hours", HoursBlock())], verbose_name=_("开放时间"), blank=True
    )
    exceptions = StreamField(
        [("exception", ExceptionBlock())], verbose_name=_("例外日期"), blank=True
    )
    notices = StreamField(ProseStream(), verbose_name=_("须知"), blank=True)
    transport = StreamField(ProseStream(), verbose_name=_("交通"), blank=True)
    access = StreamField(ProseStream(), verbose_name=_("无障碍"), blank=True)
    takes_bookings = models.BooleanField(_("接受团体预约"), default=False)
    booking_help = models.TextField(_("预约说明"), blank=True)
    lead_days = models.PositiveSmallIntegerField(
        _("至少提前几天"), default=2, validators=[MaxValueValidator(90)]
    )
    most_people = models.PositiveSmallIntegerField(
        _("一批至多几人"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("不限则留空。"),
    )
    consent = models.TextField(_("同意的内容"), default=CONSENT)
    keep_days = models.PositiveSmallIntegerField(
        _("参观之后保留几天"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("到期的预约自动删除。"),
    )

    max_count = 1
    template = "cms/visiting/visit.html"
    search_kind = "page"
    subpage_types: list[str] = []
    parent_page_types = ["cms.HomePage"]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("address"),
        index.SearchField("notices"),
        index.SearchField("transport"),
        index.SearchField("access"),
        index.SearchField("exceptions"),
    ]
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("hours"),
        FieldPanel("exceptions"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("map_url")]),
            ],
            heading=_("地址与联系"),
        ),
        FieldPanel("notices"),
        FieldPanel("transport"),
        FieldPanel("access"),
        MultiFieldPanel(
            [
                FieldPanel("takes_bookings"),
                FieldPanel("booking_help"),
                FieldRowPanel([FieldPanel("lead_days"), FieldPanel("most_people")]),
                FieldPanel("consent"),
                FieldPanel("keep_days"),
            ],
            heading=_("团体预约"),
        ),
    ]

    class Meta:
        verbose_name = _("参观指南")
        verbose_name_plural = _("参观指南")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        booking_url = (self.get_url(request) or "") + self.reverse_subpage("booking")
        return {
            **context,
            "week": opening.week(child.value for child in self.hours),
            "weekday": opening.DAYS[today.weekday()],
            "exceptions": opening.exceptions(
                (child.value for child in self.exceptions), today
            ),
            "booking_url": booking_url,
            "on_show": _on_show(today),
        }

    @path("")
    def guide(self, request: HttpRequest) -> HttpResponseBase:
        return self.render(request)

    @path("booking/", name="booking")
    @method_decorator(never_cache)
    def booking(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for a visit."""
        if not self.takes_bookings:
            raise Http404
        form = BookingForm(
            request.POST or None,
            address=address_of(request),
            lead_days=self.lead_days,
            most_people=self.most_people,
        )
        if request.method == "POST" and form.is_valid():
            made = bookings.take(
                form.cleaned_data, consent=self.consent, keep_days=self.keep_days
            )
            return HttpResponseRedirect(
                (self.get_url(request) or "")
                + self.reverse_subpage("booked", args=[made.number])
            )
        return self._shown(request, "booking", form)

    @path("booking/done/<str:number>/", name="booked")
    @method_decorator(never_cache)
    def booked(self, request: HttpRequest, number: str) -> HttpResponseBase:
        """The number under which to ask how the request stands."""
        if not GroupBooking.objects.filter(number=number).exists():
            raise Http404
        # Not to be counted: the counts would keep the number for good.
        request.is_personal = True  # type: ignore[attr-defined]
        return self._shown(request, "booked", None, number=number)

    @path("booking/answer/", name="answer")
    @method_decorator(never_cache)
    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """How a request stands, for who knows its number and its telephone."""
        form = LookUpForm(request.POST or None, address=address_of(request))
        found, asked = None, False
        if request.method == "POST" and form.is_valid():
            asked = True
            found = bookings.find(
                form.cleaned_data["number"], form.cleaned_data["phone"]
            )
        return self._shown(request, "answer", form, booking=found, asked=asked)

    def _shown(
        self, request: HttpRequest, view: str, form: Any, **more: Any
    ) -> HttpResponseBase:
        answer_url = (self.get_url(request) or "") + self.reverse_subpage("answer")
        return self.render(
            request,
            template=f"cms/visiting/{view}.html",
            context_overrides={"form": form, "answer_url": answer_url, **more},
        )
