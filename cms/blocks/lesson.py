"""What a lesson is made of."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Page

from cms.blocks.audiovisual import AudioBlock, VideoBlock
from cms.blocks.cards import RecordCardsBlock
from cms.blocks.details import DetailBlock
from cms.blocks.evidence import EvidenceBlock, WordsBlock
from cms.blocks.pictures import PairBlock
from cms.blocks.prose import (
    DescribedImageBlock,
    FileBlock,
    HeadingBlock,
    PictureBlock,
    QuoteBlock,
    TextBlock,
)
from cms.blocks.quiz import QuizBlock
from cms.blocks.story import QuotationBlock

CASE = "case"


class SlideBlock(blocks.StructBlock):
    image = DescribedImageBlock(label=_("图片"))
    note = blocks.TextBlock(label=_("文字"), required=False, rows=2)

    class Meta:
        label = _("一页")
        icon = "image"


class SlidesBlock(blocks.StructBlock):
    """课件: a PDF, or pictures with alternative texts; either or both."""

    title = blocks.CharBlock(label=_("名称"), default=_("课件"))
    document = DocumentChooserBlock(
        label=_("PDF 文件"), required=False, help_text=_("先上传到“文件”。")
    )
    slides = blocks.ListBlock(
        SlideBlock(),
        label=_("各页图片"),
        default=[],
        help_text=_("一页一张，在网页上依次显示，也可全屏放映。"),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        document, slides = cleaned["document"], cleaned["slides"]
        if document is not None and document.file_extension.lower() != "pdf":
            message = gettext("“%(name)s”不是 PDF，请选 PDF 文件。")
            told = ValidationError(message % {"name": document.title})
            raise StructBlockValidationError(block_errors={"document": told})
        if document is None and not slides:
            told = ValidationError(gettext("请选一个 PDF 文件，或添加各页图片。"))
            raise StructBlockValidationError(block_errors={"document": told})
        return cleaned

    class Meta:
        label = _("课件")
        icon = "desktop"
        template = "cms/training/blocks/slides.html"


class LessonRecordBlock(EvidenceBlock):
    """A page of a record, with the passage boxed where words are given."""

    words = WordsBlock(
        label=_("原文"),
        required=False,
        help_text=_("照页上的文字写，一字不改，页上框出这些字；留空则显示页首。"),
    )
    note = blocks.TextBlock(
        label=_("怎样读"), required=False, rows=2, help_text=_("请学员注意什么。")
    )

    class Meta:
        label = _("档案")
        icon = "doc-full-inverse"
        template = "cms/training/blocks/record.html"


class CaseChooserBlock(blocks.PageChooserBlock):
    """Any page that search calls a case; which model that is, is not known here."""

    # Looked up as what every page is: cases may be of several models.
    target_model = Page

    @property
    def target_models(self) -> list[Any]:
        """Those that the chooser offers; any page where there are no cases."""
        from cms.page_search.kinds import page_models

        found = [model for model in page_models() if model.search_kind == CASE]
        return found or [Page]

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned and getattr(cleaned.specific, "search_kind", "") != CASE:
            raise ValidationError(gettext("这一页不是案例，请另选一页。"))
        return cleaned


class CaseBlock(blocks.StructBlock):
    page = CaseChooserBlock(label=_("案例"))
    note = blocks.TextBlock(
        label=_("怎样用"), required=False, rows=2, help_text=_("请学员看什么、想什么。")
    )

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "shown": live_page(value["page"], parent_context)}

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: what is said of a case is shown with it and goes with it."""
        return []

    class Meta:
        label = _("案例")
        icon = "folder-open-inverse"
        template = "cms/training/blocks/case.html"


class StopLinkBlock(blocks.StructBlock):
    """展点: a stop of an exhibition, to be looked at there."""

    page = blocks.PageChooserBlock("cms.ExhibitionPage", label=_("展览"))
    number = blocks.IntegerBlock(label=_("展点编号"), min_value=1, max_value=999)
    note = blocks.TextBlock(label=_("怎样看"), required=False, rows=2)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        exhibition = cleaned["page"].specific
        numbers = [child.value["number"] for child in exhibition.stops]
        if cleaned["number"] not in numbers:
            message = gettext("这个展览没有编号为 %(n)s 的展点；有的是：%(list)s。")
            listed = "、".join(map(str, numbers)) or "—"
            told = ValidationError(message % {"n": cleaned["number"], "list": listed})
            raise StructBlockValidationError(block_errors={"number": told})
        return cleaned

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        page = live_page(value["page"], parent_context)
        stops = [child.value for child in page.stops] if page is not None else []
        found = next((one for one in stops if one["number"] == value["number"]), None)
        return {**context, "shown": page if found else None, "stop": found}

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: what is said of a stop is shown with it and goes with it."""
        return []

    class Meta:
        label = _("展点")
        icon = "pick"
        template = "cms/training/blocks/stop.html"


class DiscussionBlock(blocks.StructBlock):
    """讨论: questions that have no one right answer."""

    title = blocks.CharBlock(label=_("名称"), default=_("讨论"))
    minutes = blocks.IntegerBlock(
        label=_("讨论几分钟"), required=False, min_value=1, max_value=240
    )
    questions = blocks.ListBlock(
        blocks.TextBlock(label=_("问题"), rows=2), label=_("问题"), min_num=1
    )

    class Meta:
        label = _("讨论题")
        icon = "comment"
        template = "cms/training/blocks/discussion.html"


class LessonStream(blocks.StreamBlock):
    """Everything that may stand in a lesson."""

    text = TextBlock()
    heading = HeadingBlock()
    slides = SlidesBlock()
    record = LessonRecordBlock()
    records = RecordCardsBlock()
    quotation = QuotationBlock()
    detail = DetailBlock()
    pair = PairBlock()
    case = CaseBlock()
    stop = StopLinkBlock()
    picture = PictureBlock()
    video = VideoBlock()
    audio = AudioBlock()
    quote = QuoteBlock()
    discussion = DiscussionBlock()
    quiz = QuizBlock()
    file = FileBlock()


class NotesStream(blocks.StreamBlock):
    """教师备注: plain text, of which nothing is gathered, indexed or shown."""

    heading = HeadingBlock(search_index=False)
    text = TextBlock(search_index=False)


class MaterialBlock(blocks.StructBlock):
    """A handout or other file, in a version, under a licence."""

    LICENCES = (
        ("share", _("可复制分发")),
        ("free", _("可自由使用")),
        ("by", _("署名即可使用（CC BY 4.0）")),
        ("class", _("仅供学员学习使用")),
    )

    document = DocumentChooserBlock(label=_("文件"))
    title = blocks.CharBlock(label=_("名称"))
    version = blocks.CharBlock(
        label=_("版次"), required=False, help_text=_("如“第 3 版”。")
    )
    date = blocks.DateBlock(label=_("日期"), required=False)
    licence = blocks.ChoiceBlock(label=_("授权"), choices=LICENCES, default="share")

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "licence": dict(self.LICENCES).get(value["licence"], "")}

    class Meta:
        label = _("材料")
        icon = "doc-full"
        template = "cms/training/blocks/material.html"


class MaterialStream(blocks.StreamBlock):
    material = MaterialBlock()


def live_page(page: Any, context: Mapping[str, Any] | None) -> Any:
    """``page`` as everyone may see it, out of the ``sources`` of who shows it."""
    sources = (context or {}).get("sources")
    return sources.pages.get(page.pk) if sources is not None and page else None
