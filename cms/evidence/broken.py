"""Pages whose evidence no longer stands: the record was closed, or the text changed.

Of pages that watch their sources (lessons) also those that changed since the page was
published (``cms.evidence.changes``).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.blocks.struct_block import StructValue
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from cms.blocks.evidence import ClaimBlock, RecordBlock
from cms.blocks.sources import claims_in, sources_of, streams_of, walk
from cms.evidence.changes import Reason, warnings_of
from cms.evidence.claims import Flaw

_TOGETHER = 50


@dataclass(frozen=True, slots=True)
class Broken:
    """``count`` sources of a page have the same flaw; no record is named."""

    page: Page
    flaw: Reason
    count: int


def pages_with_claims() -> list[type[Page]]:
    """The page types that have evidence anywhere in their streams."""
    return [
        model
        for model in get_page_models()
        if any(
            _may_claim(field.stream_block)
            for field in model._meta.get_fields()
            if isinstance(field, StreamField)
        )
    ]


def broken() -> Iterator[Broken]:
    """All live pages with a flaw, a page at a time, in the order of the tree."""
    for model in pages_with_claims():
        live = model.objects.live().order_by("path")
        for page in live.iterator(chunk_size=_TOGETHER):
            yield from of_page(page)


def of_page(page: Page) -> Iterator[Broken]:
    """The flaws of one page, each kind once."""
    if getattr(page, "watches_sources", False):
        counted = Counter(one.reason for one in warnings_of(page))
        yield from (Broken(page, reason, n) for reason, n in counted.items())
        return
    sources = sources_of(page)
    flaws = [sources.flaw(claim) for claim in claims_in(*streams_of(page))]
    flaws += [Flaw.CLOSED for one in _cards(page) if sources.record(one) is None]
    for flaw in Flaw:
        if count := flaws.count(flaw):
            yield Broken(page, flaw, count)


def _cards(page: Page) -> Iterator[int]:
    """The ids of records that stand for themselves, with no page and no words."""
    for stream in streams_of(page):
        for block, value in walk(stream.stream_block, stream):
            # (An ImageBlock is one, too; its value is an image.)
            if isinstance(block, ClaimBlock) or not isinstance(value, StructValue):
                continue
            for child in value.bound_blocks.values():
                if isinstance(child.block, RecordBlock) and child.value:
                    yield child.value


def _may_claim(block: Block) -> bool:
    if isinstance(block, ClaimBlock | RecordBlock):
        return True
    if isinstance(block, ListBlock):
        return _may_claim(block.child_block)
    if isinstance(block, StreamBlock | StructBlock):
        return any(map(_may_claim, block.child_blocks.values()))
    return False
