"""Everything that the blocks of a page name, found before the first is shown.

So a page costs as many queries with fifty pieces of evidence as with one: a template
gets the ``Sources`` under the name ``sources``, and each block takes its own out.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

from wagtail.blocks import Block
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructValue
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks.evidence import ClaimBlock, RecordBlock
from cms.evidence.claims import Claim, Sources, gather
from cms.models.uploads import SiteImage, SiteRendition

_PAGES = "page_cards"


def walk(block: Block, value: Any) -> Iterator[tuple[Block, Any]]:
    """A block and all blocks below it, each with its value."""
    yield block, value
    if isinstance(value, StreamValue):
        for child in value:
            yield from walk(child.block, child.value)
    elif isinstance(value, ListValue):
        for child in value.bound_blocks:
            yield from walk(child.block, child.value)
    elif isinstance(value, StructValue):
        for child in value.bound_blocks.values():
            yield from walk(child.block, child.value)


def streams_of(page: Page) -> Iterator[StreamValue]:
    """The values of the page's StreamFields, but for those of the house alone."""
    private = getattr(page, "private_fields", ())
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name not in private:
            yield getattr(page, field.name)


def claims_in(*streams: StreamValue) -> Iterator[Claim]:
    """What the blocks claim of records, in order."""
    for stream in streams:
        for block, value in walk(stream.stream_block, stream):
            if isinstance(block, ClaimBlock):
                claim = block.claim(value)
                if claim is not None:
                    yield claim


def sources_of(page: Page) -> Sources:
    """What ``page`` names in any of its streams; a constant number of queries.

    Renditions of its pictures are loaded besides, so that templates ask for none.
    """
    return sources_in(*streams_of(page))


def sources_in(*streams: StreamValue) -> Sources:
    records: set[int] = set()
    claims: list[Claim] = []
    pages: set[int] = set()
    images: list[SiteImage] = []
    for stream in streams:
        for block, value in walk(stream.stream_block, stream):
            if isinstance(block, RecordBlock) and value:
                records.add(value)
            elif isinstance(block, ClaimBlock) and (claim := block.claim(value)):
                claims.append(claim)
            elif isinstance(value, Page):
                pages.add(value.pk)
            elif isinstance(value, SiteImage):
                images.append(value)
    prefetch_renditions(images)
    return gather(records, claims, _live(pages))


def _live(ids: set[int]) -> Mapping[int, Page]:
    """Those that everybody may see, each as what it is."""
    if not ids:
        return {}
    pages = Page.objects.filter(pk__in=ids).live().public().specific()
    return {page.pk: page for page in pages}


def prefetch_renditions(images: list[SiteImage]) -> None:
    """Load what has been made of the pictures before, in one query for all."""
    if not images:
        return
    found: dict[int, list[SiteRendition]] = {image.pk: [] for image in images}
    for rendition in SiteRendition.objects.filter(image_id__in=found):
        found[rendition.image_id].append(rendition)
    for image in images:
        # Copies: a picture that stands on the page twice may be described twice.
        image.prefetched_renditions = [copy(one) for one in found[image.pk]]
        for rendition in image.prefetched_renditions:
            rendition.image = image
