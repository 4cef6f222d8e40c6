"""What a case is told in: who was in it, what was done day by day, what is shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.cards import PageCardsBlock, RecordCardsBlock
from cms.blocks.evidence import EvidenceBlock, found_in


class PartyBlock(blocks.StructBlock):
    """Somebody in a case, never by name."""

    role = blocks.CharBlock(
        label=_("身份"), max_length=50, help_text=_("如“引水一方”“调解员”。")
    )
    alias = blocks.CharBlock(
        label=_("代称"), max_length=30, help_text=_("如“甲户”“李某”，全文一致。")
    )

    class Meta:
        label = _("当事人")
        icon = "user"


class PartyStream(blocks.StreamBlock):
    party = PartyBlock()


class StepBlock(blocks.StructBlock):
    """One step of what was done, with the evidence of it."""

    when = blocks.CharBlock(
        label=_("时间"), help_text=_("只写年月或相对日数，如“第 2 日”。")
    )
    title = blocks.CharBlock(label=_("标题"))
    text = blocks.TextBlock(label=_("经过"), required=False, rows=4)
    evidence = blocks.ListBlock(EvidenceBlock(), label=_("证据"), default=[])

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "evidence": found_in(value["evidence"], parent_context)}

    class Meta:
        label = _("一步")
        icon = "date"
        template = "cms/cases/parts/step.html"


class StepStream(blocks.StreamBlock):
    step = StepBlock()


class LessonStream(blocks.StreamBlock):
    """What a case teaches, one sentence or two each."""

    lesson = blocks.TextBlock(
        label=_("一条"), rows=2, icon="pick", template="cms/cases/parts/lesson.html"
    )


class CaseEvidenceBlock(EvidenceBlock):
    """The passage itself, drawn large with its words boxed."""

    class Meta:
        label = _("原页局部")
        icon = "crosshairs"
        template = "cms/cases/parts/passage.html"


class OutsideBlock(blocks.StructBlock):
    """A source that the house does not hold."""

    citation = blocks.TextBlock(
        label=_("著录"), rows=2, help_text=_("按 GB/T 7714 写全，他人据此能找到。")
    )
    url = blocks.URLBlock(label=_("网址"), required=False)

    class Meta:
        label = _("馆外来源")
        icon = "link"
        template = "cms/cases/parts/outside.html"


class SourceStream(blocks.StreamBlock):
    passage = CaseEvidenceBlock()
    records = RecordCardsBlock()
    outside = OutsideBlock()


class CaseCardsBlock(PageCardsBlock):
    """Cases to go on to."""

    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("案例"), page_type="cms.CasePage"),
        label=_("案例"),
        min_num=1,
    )

    class Meta:
        label = _("案例卡片")
        icon = "openquote"
        template = "cms/blocks/page_cards.html"


class CollectedStream(blocks.StreamBlock):
    """The cases of a collection, in their order."""

    case = blocks.PageChooserBlock(label=_("案例"), page_type="cms.CasePage")
