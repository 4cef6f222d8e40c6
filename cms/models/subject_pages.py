"""A page for each subject that the draft regulation is about (专题)."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from archive.models import Subject
from cms.blocks.prose import ProseStream
from cms.knowledge import gathering, open_records
from cms.knowledge.articles import Article, article, articles, in_english
from cms.languages import translated
from cms.models.base import SitePage
from cms.models.subjects import SubjectKey


class SubjectIndexPage(SitePage):
    """All subjects, in the order of the articles, with what there is on each."""

    template = "cms/knowledge/subjects.html"
    search_kind = "page"
    search_section = "knowledge"
    subpage_types = ["cms.SubjectPage"]

    class Meta:
        verbose_name = _("专题目录")
        verbose_name_plural = _("专题目录")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.knowledge.guide import tallied, tally_heads

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = translated.originals(SubjectPage).select_related("subject")
        ordered = list(pages.order_by("article", "title"))
        subjects = {page.pk: page.subject for page in ordered if page.subject}
        gathered = gathering.gather(subjects, newest=0)
        return {
            **context,
            "tally_heads": tally_heads(),
            "entries": [
                (
                    shown,
                    tallied(subjects[page.pk], gathered[page.pk])
                    if page.pk in subjects and not gathered[page.pk].is_empty
                    else [],
                )
                for page, shown in zip(
                    ordered, translated.readable(ordered), strict=True
                )
            ],
        }


class SubjectPage(SitePage):
    """An introduction, and everything on the concept, which comes in by itself."""

    subject = SubjectKey(
        "archive.Subject",
        verbose_name=_("主题词"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("此词及其下位词的档案与页面自动汇集到本页。"),
    )
    article = models.PositiveSmallIntegerField(
        _("条例条号"),
        null=True,
        blank=True,
        choices=[
            (one.number, one.chinese_name) for one in articles() if not one.is_missing
        ],
        help_text=_("本专题对应送审稿的哪一条。"),
    )
    body = StreamField(ProseStream(), verbose_name=_("导言"), blank=True)

    template = "cms/knowledge/subject.html"
    search_kind = "subject"
    parent_page_types = ["cms.SubjectIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*SitePage.search_fields, index.SearchField("body")]
    content_panels = [
        *SitePage.content_panels,
        FieldRowPanel([FieldPanel("subject"), FieldPanel("article")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("专题")
        verbose_name_plural = _("专题")

    @property
    def regulated(self) -> Article | None:
        """The article that the page stands for."""
        return article(self.article) if self.article else None

    @property
    def gathered_note(self) -> str:
        return self.regulated.name if self.regulated else ""

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.knowledge import public_subjects
        from cms.knowledge.guide import regulation_url

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["regulation_url"] = regulation_url() if self.article else ""
        if self.subject is None:
            return context
        subject = self.subject
        gathered = gathering.gather({0: subject})[0]
        below = Subject.objects.filter(path__startswith=subject.path)
        narrower = below.exclude(pk=subject.pk).order_by("path")
        return {
            **context,
            "records": open_records.records_on(subject),
            "records_url": open_records.search_url(subject),
            "materials": [
                (one, open_records.search_url(subject, one.kind))
                for one in gathered.materials
                if one.kind != self.search_kind
            ],
            "narrower": [
                (one, _label(one), open_records.search_url(one))
                for one in public_subjects.known_among(narrower)
            ],
        }


def _label(subject: Subject) -> str:
    return (subject.label_en if in_english() else "") or subject.label
