"""What a chapter of an exhibition is made of."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.audiovisual import AudioBlock, VideoBlock
from cms.blocks.cards import PageCardsBlock, RecordCardsBlock
from cms.blocks.cases import CaseCardsBlock
from cms.blocks.details import DetailBlock
from cms.blocks.evidence import EvidenceBlock, found_in
from cms.blocks.pictures import FullImageBlock, PairBlock, StopPictureBlock
from cms.blocks.prose import FileBlock, HeadingBlock, TextBlock

CITE_MARK = re.compile(r"\[(\d{1,2})\]")
"""What editors write for a mark that leads to a piece of evidence."""


class StoryBlock(blocks.StructBlock):
    """Text, and in the margin the evidence of what it says."""

    text = TextBlock(
        label=_("文字"),
        help_text=_("在论断之后写 [1]、[2]，就成为指向下面第几条证据的角标。"),
    )
    evidence = blocks.ListBlock(EvidenceBlock(), label=_("证据"), default=[])

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        found = [
            (number, bound.block.found(bound.value, parent_context), bound.value)
            for number, bound in enumerate(value["evidence"].bound_blocks, start=1)
        ]
        shown = [(n, one, said["label"]) for n, one, said in found if one is not None]
        return {**context, "evidence": shown}

    class Meta:
        label = _("叙述")
        icon = "pilcrow"
        template = "cms/blocks/story.html"


class QuotationBlock(EvidenceBlock):
    """引文: the words of a record, to the letter, with the passage they stand in."""

    explanation = blocks.TextBlock(
        label=_("今译或说明"), required=False, rows=2, help_text=_("附在引文之下。")
    )

    class Meta:
        label = _("档案引文")
        icon = "openquote"
        template = "cms/blocks/quotation.html"


class MomentBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("时间"))
    title = blocks.CharBlock(label=_("标题"))
    text = blocks.TextBlock(label=_("说明"), required=False, rows=3)
    disputed = blocks.BooleanBlock(label=_("时间有争议"), required=False)
    evidence = blocks.ListBlock(EvidenceBlock(), label=_("证据"), default=[], max_num=1)

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "evidence": found_in(value["evidence"], parent_context)}

    class Meta:
        label = _("一项")
        icon = "date"
        template = "cms/blocks/moment.html"


class TimelineBlock(blocks.StructBlock):
    moments = blocks.ListBlock(MomentBlock(), label=_("各项"), min_num=1)

    class Meta:
        label = _("时间轴")
        icon = "history"
        template = "cms/blocks/timeline.html"


class StoryStream(blocks.StreamBlock):
    """Everything that may stand in a chapter."""

    story = StoryBlock()
    heading = HeadingBlock()
    full_image = FullImageBlock()
    detail = DetailBlock()
    pair = PairBlock()
    quotation = QuotationBlock()
    timeline = TimelineBlock()
    audio = AudioBlock()
    video = VideoBlock()
    records = RecordCardsBlock()
    pages = PageCardsBlock()
    cases = CaseCardsBlock()
    file = FileBlock()


class ChapterBlock(blocks.StructBlock):
    """A chapter: its title and what stands in it."""

    title = blocks.CharBlock(label=_("章名"))
    content = StoryStream(label=_("内容"))

    class Meta:
        label = _("一章")
        icon = "title"


class ChapterStream(blocks.StreamBlock):
    chapter = ChapterBlock()


class StopBlock(blocks.StructBlock):
    """展点: a place in the hall, or a step of the visit, with what a guide says."""

    number = blocks.IntegerBlock(
        label=_("编号"),
        min_value=1,
        max_value=999,
        help_text=_("印在二维码和展牌上，用过的编号不要改给别的展点。"),
    )
    title = blocks.CharBlock(label=_("名称"))
    place = blocks.CharBlock(
        label=_("在馆内何处"), required=False, help_text=_("如“一层序厅左侧”。")
    )
    minutes = blocks.IntegerBlock(
        label=_("参观几分钟"), required=False, min_value=1, max_value=120
    )
    short = blocks.TextBlock(
        label=_("讲解词（短）"), rows=3, help_text=_("一屏之内，站着读完。")
    )
    full = TextBlock(label=_("讲解词（全文）"), required=False)
    picture = StopPictureBlock(label=_("图片"))
    evidence = blocks.ListBlock(EvidenceBlock(), label=_("证据"), default=[])
    audio = blocks.ListBlock(AudioBlock(), label=_("语音讲解"), default=[], max_num=1)

    class Meta:
        label = _("展点")
        icon = "pick"


class StopStream(blocks.StreamBlock):
    stop = StopBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        numbers = [child.value["number"] for child in cleaned]
        twice = {one for one in numbers if numbers.count(one) > 1}
        if twice:
            message = gettext("编号 %(n)s 用了不止一次，请各用一个编号。")
            raise blocks.StreamBlockValidationError(
                block_errors={
                    index: ValidationError(message % {"n": child.value["number"]})
                    for index, child in enumerate(cleaned)
                    if child.value["number"] in twice
                }
            )
        return cleaned
