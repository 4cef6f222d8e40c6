"""Pictures of the editors', or pages of records in their place."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from archive.seen import PageView
from cms import scans
from cms.blocks.evidence import ClaimBlock, FolioBlock, RecordBlock, WordsBlock
from cms.evidence.places import Region, scan_of

FULL_WIDTH = 1600


class PictureOrFolioBlock(blocks.StructBlock):
    """A picture of the editors', or a page of a record; one of the two."""

    image = ImageBlock(label=_("图片"), required=False)
    folio = FolioBlock(label=_("或档案的一页"))
    caption = blocks.CharBlock(label=_("图注"), required=False)

    may_be_empty = False

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        folio = self.child_blocks["folio"].claim(cleaned["folio"])
        chosen = bool(cleaned["image"]) + bool(folio)
        if chosen > 1 or (chosen == 0 and not self.may_be_empty):
            message = gettext("图片和档案的一页，请选且只选一样。")
            errors = {"image": ValidationError(message)}
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        block = self.child_blocks["folio"]
        found = block.found(value["folio"], parent_context)
        scan = None
        if found is not None:
            scan = folio_scan(block.region_of(value["folio"]), found.page)
        return {**context, "found": found, "scan": scan}

    def get_searchable_content(self, value: Any) -> list[str]:
        """What is said of a page of a record goes with it, see ``ClaimBlock``."""
        if not value["image"]:
            return []
        content: list[str] = super().get_searchable_content(value)
        return content


class StopPictureBlock(PictureOrFolioBlock):
    """The same, or none."""

    may_be_empty = True

    class Meta:
        template = "cms/blocks/stop_picture.html"


class FullImageBlock(PictureOrFolioBlock):
    """通栏: as wide as the window."""

    class Meta:
        label = _("通栏大图")
        icon = "image"
        template = "cms/blocks/full_image.html"


class SideBlock(ClaimBlock):
    """One of two: a picture, or the surroundings of words on a page, boxed."""

    image = ImageBlock(label=_("图片"), required=False)
    record = RecordBlock(label=_("或档案"), required=False)
    page = blocks.IntegerBlock(label=_("第几页"), min_value=1, required=False)
    words = WordsBlock(
        label=_("原文"), required=False, help_text=_("框出这些字；留空则显示页首。")
    )
    caption = blocks.CharBlock(label=_("图注"), required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["image"]) == bool(self.claim(cleaned)):
            message = gettext("图片和档案的一页，请选且只选一样。")
            errors = {"image": ValidationError(message)}
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_searchable_content(self, value: Any) -> list[str]:
        """Of a picture its caption; of a record nothing, see ``ClaimBlock``."""
        if not value["image"]:
            return []
        content: list[str] = blocks.StructBlock.get_searchable_content(self, value)
        return content

    class Meta:
        label = _("一侧")
        icon = "image"
        template = "cms/blocks/side.html"


class PairBlock(blocks.StructBlock):
    """对照: two things side by side."""

    left = SideBlock(label=_("左"))
    right = SideBlock(label=_("右"))

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        sides = [
            side
            for side in (value.bound_blocks["left"], value.bound_blocks["right"])
            if side.value["image"] or side.block.found(side.value, parent_context)
        ]
        return {**context, "sides": sides}

    class Meta:
        label = _("对照")
        icon = "resubmit"
        template = "cms/blocks/pair.html"


def folio_scan(region: Region | None, page: PageView) -> scans.Scan:
    """The region, or without one the upper part of the page."""
    if region is None:
        return scans.head(page, (), ratio=2.2, wide=FULL_WIDTH)
    return scan_of(region, page, FULL_WIDTH)
