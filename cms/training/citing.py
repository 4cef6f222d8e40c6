"""All records that lessons cite, each once, and how to cite them (GB/T 7714)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.seen import RecordView
from cms.blocks.evidence import ClaimBlock, RecordBlock
from cms.blocks.sources import walk
from cms.evidence.claims import Sources


@dataclass(frozen=True, slots=True)
class Cited:
    """``page`` is 0 where the whole record is cited; ``number`` counts from 1."""

    number: int
    view: RecordView
    page: int
    citation: str


def citations(lessons: Iterable[Any], sources: Sources, request: Any) -> list[Cited]:
    """In the order of their first place; what the public may not see is left out."""
    found: dict[tuple[int, int], RecordView] = {}
    of_claims: set[int] = set()
    for lesson in lessons:
        for block, value in walk(lesson.content.stream_block, lesson.content):
            if isinstance(block, ClaimBlock):
                of_claims |= {id(child) for child in block.child_blocks.values()}
                evidence = sources.evidence(block.claim(value))
                if evidence is not None:
                    page = evidence.page.sequence
                    found.setdefault((evidence.view.record_id, page), evidence.view)
            elif isinstance(block, RecordBlock) and id(block) not in of_claims:
                view = sources.record(value)
                if view is not None and not _has_pages(view, found):
                    found[view.record_id, 0] = view
    return [
        Cited(number, view, page, _cite(view, page, request))
        for number, ((_record, page), view) in enumerate(found.items(), start=1)
    ]


def _has_pages(view: RecordView, found: dict[tuple[int, int], RecordView]) -> bool:
    return any(record == view.record_id for record, _page in found)


def _cite(view: RecordView, page: int, request: Any) -> str:
    # Views know models, models must not know views when they are loaded.
    from cms.views.catalogue import citation_texts, source_of

    return citation_texts(source_of(request, view, page or None))["citation_2025"]
