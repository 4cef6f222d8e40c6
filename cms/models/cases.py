"""Case studies (案例): one dispute each, and how it was settled."""

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import Select
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks.cases import (
    LessonStream,
    PartyStream,
    SourceStream,
    StepStream,
)
from cms.blocks.prose import ProseStream
from cms.blocks.sources import sources_of
from cms.evidence.claims import Sources
from cms.models.base import SitePage
from cms.models.personal_data import ChecksPersonalData
from cms.models.subjects import SUBJECT_PANELS, HasSubjects

# Smaller than a county: a village, a street, a house.
_TOO_NEAR: Final = re.compile(r"[村组路街巷弄号幢栋室]\s*$|\d+\s*[号组幢栋室]")
ANONYMITY: Final = (
    "当事人以甲、乙代称，地点只到县，时间以相对日数记。个人信息已由两人分别核查。"
)


class CaseIndexPage(SitePage):
    """All cases, narrowed by what they are about and searched by their words."""

    max_count = 1
    template = "cms/cases/index.html"
    search_kind = "page"
    search_section = "cases"
    subpage_types = ["cms.CasePage", "cms.CaseCollectionPage"]
    parent_page_types = ["cms.HomePage"]

    class Meta:
        verbose_name = _("案例栏目")
        verbose_name_plural = _("案例栏目")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        # It knows this model.
        from cms.cases import collecting, listing

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "listed": listing.listed(request.GET),
            "collections": collecting.collections(),
        }

    def serve(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """503 while words cannot be looked for: the rest of the list is shown."""
        response: Any = super().serve(request, *args, **kwargs)
        listed = (response.context_data or {}).get("listed")
        if listed is not None and listed.is_down:
            response.status_code = 503
        return response


class CasePage(HasSubjects, ChecksPersonalData, SitePage):
    """One dispute: what it was, what was done, what came of it, where that stands."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("达成协议，已履行")
        AGREED = "agreed", _("达成协议，履行中")
        RECONCILED = "reconciled", _("自行和解")
        DECIDED = "decided", _("依法裁决")
        REFERRED = "referred", _("转交其他途径办理")
        OPEN = "open", _("未达成协议")

    dispute = models.ForeignKey(
        "cms.DisputeType",
        verbose_name=_("纠纷类型"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("没有合适的，在“编辑工作 › 纠纷类型”里添加。"),
    )
    place = models.CharField(
        _("地点"), max_length=100, default="某县", help_text=_("只写到县一级。")
    )
    year = models.PositiveSmallIntegerField(
        _("年份"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text=_("不宜写明的留空，经过用相对日数。"),
    )
    month = models.PositiveSmallIntegerField(
        _("月份"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    parties = StreamField(PartyStream(), verbose_name=_("当事人"), blank=True)
    background = StreamField(ProseStream(), verbose_name=_("起因"), blank=True)
    steps = StreamField(StepStream(), verbose_name=_("经过"), blank=True)
    outcome = models.CharField(
        _("结果"), max_length=12, choices=Outcome.choices, default=Outcome.KEPT
    )
    outcome_text = models.TextField(_("结果说明"), blank=True)
    duration = models.CharField(
        _("历时"), max_length=50, blank=True, help_text=_("如“十一日”。")
    )
    lessons = StreamField(LessonStream(), verbose_name=_("所得"), blank=True)
    cited = StreamField(SourceStream(), verbose_name=_("来源"), blank=True)
    anonymity = models.TextField(
        _("匿名说明"),
        default=ANONYMITY,
        help_text=_("当事人、地点、时间各是怎样处理的。"),
    )

    template = "cms/cases/case.html"
    search_kind = "case"
    structured_type = "Article"
    subpage_types: list[str] = []
    parent_page_types = ["cms.CaseIndexPage"]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("dispute_name"),
        index.SearchField("method_names"),
        index.SearchField("place"),
        index.SearchField("period"),
        index.SearchField("parties"),
        index.SearchField("background"),
        index.SearchField("steps"),
        index.SearchField("get_outcome_display"),
        index.SearchField("outcome_text"),
        index.SearchField("duration"),
        index.SearchField("lessons"),
        index.SearchField("cited"),
    ]
    content_panels = [
        *SitePage.content_panels,
        *SUBJECT_PANELS,
        MultiFieldPanel(
            [
                FieldPanel("dispute", widget=Select),
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("year"), FieldPanel("month")]),
                FieldPanel("duration"),
            ],
            heading=_("类型、地点与时间"),
        ),
        InlinePanel("methods", heading=_("方法"), label=_("方法"), min_num=1),
        FieldPanel("parties"),
        FieldPanel("background"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [FieldPanel("outcome"), FieldPanel("outcome_text")], heading=_("结果")
        ),
        FieldPanel("lessons"),
        FieldPanel("cited"),
        FieldPanel("anonymity"),
    ]

    class Meta:
        verbose_name = pgettext_lazy("page", "案例")
        verbose_name_plural = pgettext_lazy("page", "案例")

    def clean(self) -> None:
        super().clean()
        if self.month and not self.year:
            told = gettext("写了月份，请也写年份；不宜写明的两项都留空。")
            raise ValidationError({"month": told})
        if _TOO_NEAR.search(self.place):
            told = gettext("地点只写到县一级，如“某县”；不写乡镇、村和门牌。")
            raise ValidationError({"place": told})

    @cached_property
    def sources(self) -> Sources:
        """All records and pages that the case names, as the public sees them."""
        return sources_of(self)

    @property
    def period(self) -> str:
        """The year, or year and month; "" where neither is told."""
        if not self.year:
            return ""
        if not self.month:
            return gettext("%(year)s 年") % {"year": self.year}
        return gettext("%(year)s 年 %(month)s 月") % {
            "year": self.year,
            "month": self.month,
        }

    @property
    def dispute_name(self) -> str:
        return self.dispute.label

    @property
    def method_names(self) -> str:
        return gettext("、").join(dict.fromkeys(str(one) for one in self.methods.all()))

    @property
    def party_names(self) -> str:
        """The parties as the text calls them."""
        names = (child.value["alias"] for child in self.parties)
        return gettext("、").join(dict.fromkeys(names))

    @property
    def gathered_note(self) -> str:
        return gettext("%(type)s，%(methods)s") % {
            "type": self.dispute_name,
            "methods": self.method_names,
        }

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.cases import collecting, showing

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "sources": self.sources,
            **showing.around(self),
            "collections": collecting.holding(self),
            "address": request.build_absolute_uri(self.get_url(request) or ""),
        }


class CaseMethod(Orderable):
    """One of the ways that article 17 of the draft lists, and which mediation."""

    class Method(models.TextChoices):
        RECONCILIATION = "reconciliation", _("和解")
        MEDIATION = "mediation", _("调解")
        PETITION = "petition", _("信访")
        RULING = "ruling", _("行政裁决")
        RECONSIDERATION = "reconsideration", _("行政复议")
        ARBITRATION = "arbitration", _("仲裁")
        LITIGATION = "litigation", _("诉讼")

    class Mediation(models.TextChoices):
        PEOPLE = "people", _("人民调解")
        ADMINISTRATIVE = "administrative", _("行政调解")
        JUDICIAL = "judicial", _("司法调解")
        TRADE = "trade", _("行业性、专业性调解")
        COURT_LINKED = "court-linked", _("诉调对接")
        POLICE_LINKED = "police-linked", _("警调对接")
        PETITION_LINKED = "petition-linked", _("访调对接")

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="methods")
    method = models.CharField(
        _("方法"), max_length=20, choices=Method.choices, default=Method.MEDIATION
    )
    mediation = models.CharField(
        _("何种调解"), max_length=20, choices=Mediation.choices, blank=True
    )

    panels = [FieldRowPanel([FieldPanel("method"), FieldPanel("mediation")])]

    class Meta(Orderable.Meta):
        verbose_name = _("方法")
        verbose_name_plural = _("方法")

    def __str__(self) -> str:
        return str(
            self.get_mediation_display()
            if self.mediation
            else self.get_method_display()
        )

    def clean(self) -> None:
        super().clean()
        if self.mediation and self.method != self.Method.MEDIATION:
            told = gettext("只有“调解”才分何种调解，请改方法或留空。")
            raise ValidationError({"mediation": told})
