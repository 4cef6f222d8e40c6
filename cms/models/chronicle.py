"""The chronicle (大事记): facts, each with the sources that say so."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from archive.dates import read
from cms.blocks.prose import ProseStream
from cms.models.base import SitePage
from cms.models.subjects import SubjectsField


class ChroniclePage(SitePage):
    """Facts by year, with disputed dates shown as disputed."""

    body = StreamField(ProseStream(), verbose_name=gettext_lazy("说明"), blank=True)

    template = "cms/knowledge/chronicle.html"
    search_kind = "chronicle"
    subpage_types: list[str] = []
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("body"),
        index.SearchField("told"),
    ]
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("body"),
        InlinePanel("events", heading=gettext_lazy("纪事"), label=gettext_lazy("纪事")),
    ]

    class Meta:
        verbose_name = gettext_lazy("大事记")
        verbose_name_plural = gettext_lazy("大事记")

    @property
    def told(self) -> str:
        """All that the facts say, for the search."""
        return "\n".join(
            f"{one.display} {one.title} {one.text}" for one in self.events.all()
        )

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.knowledge import chronicle

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        asked = request.GET.get("decade", "")
        return {**context, "chronicle": chronicle.chronicle(self, asked)}


class ChronicleEvent(ClusterableModel, Orderable):
    """One fact. ``edtf`` and the range follow from ``date_original``."""

    class Certainty(models.TextChoices):
        CERTAIN = "certain", gettext_lazy("确定")
        DISPUTED = "disputed", gettext_lazy("存疑")

    page = ParentalKey(ChroniclePage, on_delete=models.CASCADE, related_name="events")
    date_original = models.CharField(
        gettext_lazy("日期"),
        max_length=200,
        help_text=gettext_lazy(
            "如 1963年11月、2018-11-12；说法不一的写作 1963年11月20日或1963年11月22日。"
        ),
    )
    edtf = models.CharField(max_length=200, editable=False)
    display = models.CharField(max_length=200, editable=False)
    date_min = models.DateField(null=True, editable=False)
    date_max = models.DateField(null=True, editable=False)
    title = models.CharField(gettext_lazy("标题"), max_length=200)
    text = models.TextField(gettext_lazy("说明"), blank=True)
    certainty = models.CharField(
        gettext_lazy("可靠程度"),
        max_length=10,
        choices=Certainty.choices,
        default=Certainty.CERTAIN,
        help_text=gettext_lazy("说法不一的选“存疑”，并在来源中写明各自怎么说。"),
    )
    subjects = SubjectsField(
        "archive.Subject",
        verbose_name=gettext_lazy("主题"),
        blank=True,
        related_name="+",
        help_text=gettext_lazy("主题词表中的正式词，多个用分号隔开。"),
    )

    panels = [
        FieldRowPanel([FieldPanel("date_original"), FieldPanel("certainty")]),
        FieldPanel("title"),
        FieldPanel("text"),
        InlinePanel("sources", heading=gettext_lazy("来源"), min_num=1),
        FieldPanel("subjects"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("纪事")
        verbose_name_plural = gettext_lazy("纪事")

    def __str__(self) -> str:
        return f"{self.display} {self.title}"

    @property
    def is_disputed(self) -> bool:
        return self.certainty == self.Certainty.DISPUTED

    def clean(self) -> None:
        super().clean()
        reading = read(self.date_original)
        if not reading.edtf:
            told = reading.problem or _(
                "读不懂这个日期，请写成 1963年11月 或 2018-11-12。"
            )
            raise ValidationError({"date_original": told})
        several = "[" in reading.edtf or "{" in reading.edtf
        if several and not self.is_disputed:
            told = _("日期有几种说法时，“可靠程度”应选“存疑”。")
            raise ValidationError({"certainty": told})
        self.take(self.date_original)

    def take(self, text: str) -> None:
        """Have the date that ``text`` says; ``clean`` tells what is wrong with one."""
        reading = read(text)
        self.date_original = text
        self.edtf, self.display = reading.edtf, reading.display
        self.date_min, self.date_max = reading.earliest, reading.latest


class EventSource(Orderable):
    """Who says so, and for a disputed date which one."""

    event = ParentalKey(
        ChronicleEvent, on_delete=models.CASCADE, related_name="sources"
    )
    text = models.CharField(
        gettext_lazy("出处"),
        max_length=500,
        help_text=gettext_lazy("书名、篇名、页码，或文件名称与文号。"),
    )
    says = models.CharField(
        gettext_lazy("其说"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("存疑的日期：此出处作哪一天。"),
    )
    url = models.URLField(gettext_lazy("网址"), blank=True)
    record_code = models.CharField(
        gettext_lazy("档号"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("本馆公开的档案可作证据，写档号，可加页码：档号#3。"),
    )

    panels = [
        FieldPanel("text"),
        FieldPanel("says"),
        FieldRowPanel([FieldPanel("url"), FieldPanel("record_code")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("来源")
        verbose_name_plural = gettext_lazy("来源")

    def __str__(self) -> str:
        return self.text

    @property
    def reference(self) -> tuple[str, int | None]:
        """Code and page of the record that is evidence; "" for none."""
        code, _mark, page = self.record_code.strip().partition("#")
        return code.strip(), int(page) if page.strip().isdecimal() else None

    def clean(self) -> None:
        super().clean()
        from cms.knowledge.chronicle import public_records

        code, _page = self.reference
        if code and code not in public_records([code]):
            told = _("没有公开的档案“%(code)s”；未开放的档案不能作公开页面的证据。")
            raise ValidationError({"record_code": told % {"code": code[:200]}})
