"""The glossary (名词解释), whose terms are explained in every text."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from archive.names import split
from archive.pinyin import initials
from cms.blocks.prose import ProseStream
from cms.knowledge.articles import Article, article
from cms.knowledge.explaining import Explainer
from cms.languages import translated
from cms.models.base import SitePage
from cms.models.subjects import HasSubjects

_NUMBERS = re.compile(r"[;；,，、\s]+")
LONGEST_SHORT = 160


class GlossaryPage(SitePage):
    """All terms, by the first letter of their pinyin."""

    template = "cms/knowledge/glossary.html"
    search_kind = "page"
    search_section = "knowledge"
    subpage_types = ["cms.TermPage"]

    class Meta:
        verbose_name = gettext_lazy("名词解释目录")
        verbose_name_plural = gettext_lazy("名词解释目录")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        groups: dict[str, list[TermPage]] = {}
        terms = translated.readable(translated.originals(TermPage))
        for term in sorted(terms, key=lambda one: (initials(one.title), one.title)):
            letter = initials(term.title)[:1].upper()
            groups.setdefault(letter if letter.isalpha() else "#", []).append(term)
        return {**context, "groups": sorted(groups.items())}


class TermPage(HasSubjects, SitePage):
    """A term: in short, for whoever taps it in a text, and at length."""

    variants = models.CharField(
        gettext_lazy("又称"),
        max_length=500,
        blank=True,
        help_text=gettext_lazy("文中也会出现的写法，多个用分号隔开。"),
    )
    short = models.CharField(
        gettext_lazy("简释"),
        max_length=LONGEST_SHORT,
        help_text=gettext_lazy("一两句话，点按文中的名词时显示。"),
    )
    body = StreamField(ProseStream(), verbose_name=gettext_lazy("详释"), blank=True)
    articles = models.CharField(
        gettext_lazy("见于条例"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy("送审稿中用到此词的条号，如 7；14。"),
    )
    related = ParentalManyToManyField(
        "self",
        verbose_name=gettext_lazy("相关名词"),
        blank=True,
        symmetrical=False,
        related_name="+",
    )
    sources = models.TextField(
        gettext_lazy("来源"),
        blank=True,
        help_text=gettext_lazy("一行一条；没有来源的请勾选“演示材料”。"),
    )

    template = "cms/knowledge/term.html"
    search_kind = "term"
    parent_page_types = ["cms.GlossaryPage"]
    subpage_types: list[str] = []
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("variants"),
        index.SearchField("short"),
        index.SearchField("body"),
    ]
    content_panels = [
        *SitePage.content_panels[:-1],
        FieldPanel("variants"),
        FieldPanel("short"),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("articles"), FieldPanel("subjects")]),
        FieldPanel("related"),
        FieldPanel("sources"),
    ]

    class Meta:
        verbose_name = gettext_lazy("名词")
        verbose_name_plural = gettext_lazy("名词")

    @property
    def article_numbers(self) -> list[int]:
        return [int(one) for one in _NUMBERS.split(self.articles) if one.isdecimal()]

    @property
    def regulated(self) -> list[Article]:
        """The articles that use the term."""
        found = [article(number) for number in self.article_numbers]
        return [one for one in found if one is not None]

    @property
    def variant_list(self) -> list[str]:
        return split(self.variants)

    @property
    def source_list(self) -> list[str]:
        return [line.strip() for line in self.sources.splitlines() if line.strip()]

    @property
    def gathered_note(self) -> str:
        return self.short

    def clean(self) -> None:
        super().clean()
        given = [one for one in _NUMBERS.split(self.articles) if one]
        wrong = [
            one
            for one in given
            if not one.isdecimal()
            or (found := article(int(one))) is None
            or found.is_missing
        ]
        if wrong:
            told = _("送审稿没有第 %(numbers)s 条，请写条号，如 7；14。")
            numbers = "、".join(wrong)
            raise ValidationError({"articles": told % {"numbers": numbers}})

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from cms.knowledge.guide import regulation_url

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        related = translated.originals(TermPage).filter(
            translation_key__in=[one.translation_key for one in self.related.all()]
        )
        return {
            **context,
            "explainer": Explainer(self.locale_id, without=(self.pk,)),
            "related": translated.readable(related.order_by("title")),
            "regulation_url": regulation_url() if self.articles else "",
        }
