"""Cards of records and of pages to go on to."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms import scans
from cms.blocks.evidence import RecordBlock


class RecordCardBlock(blocks.StructBlock):
    record = RecordBlock(label=_("档案"))
    note = blocks.CharBlock(label=_("一句话说明"), required=False)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: the note goes with the card, see ``ClaimBlock``."""
        return []

    class Meta:
        label = _("档案卡片")
        icon = "doc-full-inverse"


class RecordCardsBlock(blocks.StructBlock):
    """Records to go to, each with its first page."""

    records = blocks.ListBlock(RecordCardBlock(), label=_("档案"), min_num=1)

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        sources = (parent_context or {}).get("sources")
        cards = []
        for card in value["records"]:
            view = sources.record(card["record"]) if sources else None
            if view is not None:
                first = view.pages[0] if view.pages else None
                scan = (
                    scans.head(first, (), ratio=1.5, wide=scans.THUMBNAIL * 2)
                    if first
                    else None
                )
                cards.append((view, scan, card["note"]))
        return {**context, "cards": cards}

    class Meta:
        label = _("档案卡片")
        icon = "list-ul"
        template = "cms/blocks/record_cards.html"


class PageCardsBlock(blocks.StructBlock):
    """Other pages of the site to go to: cases, courses, exhibitions."""

    title = blocks.CharBlock(
        label=_("小标题"), required=False, help_text=_("如“相关案例”。")
    )
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("页面")), label=_("页面"), min_num=1
    )

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        sources = (parent_context or {}).get("sources")
        live = sources.pages if sources else {}
        cards = [live[page.pk] for page in value["pages"] if page and page.pk in live]
        return {**context, "cards": cards}

    class Meta:
        label = _("页面卡片")
        icon = "doc-empty-inverse"
        template = "cms/blocks/page_cards.html"
