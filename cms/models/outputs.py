"""Research outputs (研究成果): papers, books, projects, reports."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from archive.dates import read
from cms import publications
from cms.blocks.prose import ProseStream
from cms.knowledge import fulltexts, identifiers, public_authorities
from cms.models.authors import Authorship
from cms.models.base import SitePage
from cms.models.subjects import SUBJECT_PANELS, HasSubjects


class OutputIndexPage(SitePage):
    """All outputs, narrowed by kind, year, author and subject."""

    template = "cms/knowledge/outputs.html"
    search_kind = "page"
    search_section = "knowledge"
    subpage_types = ["cms.OutputPage"]

    class Meta:
        verbose_name = gettext_lazy("研究成果目录")
        verbose_name_plural = gettext_lazy("研究成果目录")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.knowledge.output_list import listed

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "listed": listed(request.GET)}


class OutputPage(HasSubjects, SitePage):
    """One output: described, cited, and read where its authors allow it."""

    class Kind(models.TextChoices):
        PAPER = "paper", gettext_lazy("论文")
        BOOK = "book", gettext_lazy("专著")
        PROJECT = "project", gettext_lazy("课题")
        REPORT = "report", gettext_lazy("研究报告")

    class FullText(models.TextChoices):
        OPEN = "open", gettext_lazy("全文公开")
        ABSTRACT = "abstract", gettext_lazy("仅摘要")
        IN_HOUSE = "in_house", gettext_lazy("馆内阅览")

    kind = models.CharField(
        gettext_lazy("种类"), max_length=10, choices=Kind.choices, default=Kind.PAPER
    )
    issued = models.CharField(
        gettext_lazy("发表日期"),
        max_length=100,
        help_text=gettext_lazy("年、年月或年月日，如 2025 或 2025-06。"),
    )
    issued_min = models.DateField(null=True, editable=False)
    issued_max = models.DateField(null=True, editable=False)
    container = models.CharField(gettext_lazy("刊名"), max_length=200, blank=True)
    place = models.CharField(gettext_lazy("出版地"), max_length=100, blank=True)
    publisher = models.CharField(
        gettext_lazy("出版者或立项单位"), max_length=200, blank=True
    )
    volume = models.CharField(gettext_lazy("卷"), max_length=20, blank=True)
    issue = models.CharField(gettext_lazy("期"), max_length=20, blank=True)
    pages = models.CharField(gettext_lazy("页码"), max_length=40, blank=True)
    number = models.CharField(
        gettext_lazy("编号"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy("课题编号或报告编号。"),
    )
    doi = models.CharField("DOI", max_length=200, blank=True)
    isbn = models.CharField("ISBN", max_length=40, blank=True)
    body = StreamField(ProseStream(), verbose_name=gettext_lazy("摘要"), blank=True)
    full_text = models.CharField(
        gettext_lazy("全文"),
        max_length=10,
        choices=FullText.choices,
        default=FullText.ABSTRACT,
        help_text=gettext_lazy("作者或权利人许可后才选“全文公开”。"),
    )
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=gettext_lazy("全文文件"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=gettext_lazy(
            "不公开的全文上传到全文专用的文件夹，其中的文件只经本页提供，别处取不到。"
        ),
    )
    licence = models.CharField(
        gettext_lazy("许可"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("如“CC BY 4.0”，或权利人的说明。"),
    )

    template = "cms/knowledge/output.html"
    search_kind = "output"
    parent_page_types = ["cms.OutputIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("author_names"),
        index.SearchField("container"),
        index.SearchField("publisher"),
        index.SearchField("number"),
        index.SearchField("body"),
    ]
    content_panels = [
        *SitePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("issued")]),
        InlinePanel("authors", heading=gettext_lazy("作者"), min_num=1),
        MultiFieldPanel(
            [
                FieldPanel("container"),
                FieldRowPanel(
                    [FieldPanel("volume"), FieldPanel("issue"), FieldPanel("pages")]
                ),
                FieldRowPanel([FieldPanel("place"), FieldPanel("publisher")]),
                FieldRowPanel(
                    [FieldPanel("number"), FieldPanel("doi"), FieldPanel("isbn")]
                ),
            ],
            heading=gettext_lazy("出版信息"),
        ),
        FieldPanel("body"),
        *SUBJECT_PANELS,
        MultiFieldPanel(
            [FieldPanel("full_text"), FieldPanel("document"), FieldPanel("licence")],
            heading=gettext_lazy("全文与许可"),
        ),
    ]

    class Meta:
        verbose_name = gettext_lazy("研究成果")
        verbose_name_plural = gettext_lazy("研究成果")

    @property
    def search_day(self) -> date | None:  # type: ignore[override]
        """The first day of the date that it was published under."""
        return self.issued_min

    @property
    def structured_type(self) -> str:
        return {
            self.Kind.PAPER.value: "ScholarlyArticle",
            self.Kind.BOOK.value: "Book",
        }.get(self.kind, "Report")

    @property
    def author_names(self) -> str:
        return "，".join(one.name for one in self.authors.all())

    @property
    def gathered_note(self) -> str:
        year = str(self.issued_min.year) if self.issued_min else self.issued
        return _("%(kind)s，%(year)s") % {
            "kind": self.get_kind_display(),
            "year": year,
        }

    @property
    def offers_file(self) -> bool:
        """Whether everyone may read the full text here."""
        return self.document is not None and self.full_text == self.FullText.OPEN

    def clean(self) -> None:
        super().clean()
        wrong: dict[str, str] = {}
        reading = read(self.issued)
        if not reading.edtf or reading.ambiguous:
            wrong["issued"] = reading.problem or _(
                "请写成 2025、2025-06 或 2025-06-18。"
            )
        self.issued_min, self.issued_max = reading.earliest, reading.latest
        if self.doi:
            self.doi = identifiers.doi(self.doi) or self.doi
            if identifiers.doi(self.doi) is None:
                wrong["doi"] = _("不是 DOI，应如 10.1000/182；没有请留空。")
        if self.isbn:
            self.isbn = identifiers.isbn(self.isbn) or self.isbn
            if identifiers.isbn(self.isbn) is None:
                wrong["isbn"] = _("ISBN 的位数或校验位不对，请对照版权页。")
        wrong |= self._wrong_file()
        if wrong:
            raise ValidationError(wrong)

    def _wrong_file(self) -> dict[str, str]:
        """What is not open lies where nobody gets it, also while it is a draft."""
        document = self.document
        if document is None:
            missing = self.full_text == self.FullText.OPEN
            told = _("“全文公开”要有全文文件；没有文件请选“仅摘要”。")
            return {"document": told} if missing else {}
        kept = document.collection_id == fulltexts.collection().pk
        if self.full_text == self.FullText.OPEN or kept:
            return {}
        told = _("不公开的全文须放在文件夹“%(name)s”中，请先在“文件”里移过去。")
        return {"document": told % {"name": fulltexts.COLLECTION}}

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        authors = list(self.authors.all())
        known = public_authorities.known_among(one.authority_id for one in authors)
        publication = self.publication(request)
        return {
            **context,
            "authors": [
                (
                    one,
                    public_authorities.records_url(known[one.authority_id])
                    if one.authority_id in known
                    else "",
                )
                for one in authors
            ],
            "citation_2025": publications.gbt7714(publication, "2025"),
            "citation_2015": publications.gbt7714(publication, "2015"),
            "exports": publications.EXPORTS.values(),
            "may_read": self.document is not None
            and self.live
            and fulltexts.may_have(self.document, request),
            "subjects": self.subjects.order_by("path"),
        }

    def publication(self, request: HttpRequest) -> publications.Publication:
        """What a citation of it is made of."""
        online = self.offers_file
        return publications.Publication(
            kind=publications.KINDS[self.kind],
            title=self.title,
            authors=tuple(one.name for one in self.authors.all()),
            first=self.issued_min,
            last=self.issued_max,
            **{
                name: getattr(self, name)
                for name in (
                    *("container", "place", "publisher", "volume", "issue"),
                    *("pages", "number", "doi", "isbn"),
                )
            },
            url=request.build_absolute_uri(self.get_url(request)) if online else "",
            accessed=timezone.localdate() if online else None,
            key=f"output-{self.pk}",
        )

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """``citation/ris/`` and its like below the page's own address."""
        match path_components:
            case ["citation", suffix] if suffix in publications.EXPORTS:
                if not self.live:
                    raise Http404
                return RouteResult(self, kwargs={"suffix": suffix})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, suffix: str = "", **kwargs: Any
    ) -> HttpResponseBase:
        if not suffix:
            response: HttpResponseBase = super().serve(request, *args, **kwargs)
            return response
        form = publications.EXPORTS[suffix]
        body = form.write(self.publication(request))
        file = HttpResponse(body, content_type=f"{form.media_type}; charset=utf-8")
        file["Content-Disposition"] = f'attachment; filename="citation.{suffix}"'
        return file


class OutputAuthor(Authorship):
    page = ParentalKey(OutputPage, on_delete=models.CASCADE, related_name="authors")

    class Meta(Authorship.Meta):
        verbose_name = gettext_lazy("作者")
        verbose_name_plural = gettext_lazy("作者")
