"""What pages rest on, and whether it is still what it was when they were published.

For pages with ``watches_sources`` a digest of each source, as the public saw it, is
taken when the page is published; a source whose digest is another one today was
corrected, replaced or changed since. No words are kept, and what is closed has no
digest at all.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signals import page_published

from archive.models import Folio
from archive.seen import PageView, RecordView
from cms.blocks.evidence import ClaimBlock, RecordBlock
from cms.blocks.sources import sources_of, streams_of, walk
from cms.evidence.claims import Claim, Flaw, Sources
from cms.models.source_states import SourceState


class Change(Enum):
    """What became of a source since the page was published."""

    TEXT = "text"
    """The text of a page that is cited was corrected."""
    IMAGE = "image"
    """Another scan stands in the place of the one that was cited."""
    DESCRIPTION = "description"
    """A record that stands for itself has other pages or another title."""
    PAGE = "page"
    """A page of the site (a case, an exhibition) was published anew."""
    PAGE_GONE = "page gone"
    """It is not public any more."""


Reason = Flaw | Change


@dataclass(frozen=True, slots=True)
class Warned:
    """One source with something amiss: the block it stands in, from 1, and why.

    ``title`` is "" where the public may not know of it any more.
    """

    block: int
    label: str
    reason: Reason
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    """A record's page (``claim``), a record alone, or a page of the site."""

    block: int
    label: str
    claim: Claim | None = None
    record: int = 0
    page: int = 0

    @property
    def key(self) -> str:
        if self.claim is not None:
            return f"{self.claim.record}/{self.claim.page}"
        return f"{self.record}" if self.record else f"page {self.page}"


def reasons() -> dict[Reason, str]:
    """Each reason in words."""
    return {
        Flaw.CLOSED: _("档案不再向公众全文开放"),
        Flaw.NO_PAGE: _("这一页不再公开，或已不存在"),
        Flaw.NO_WORDS: _("页上的文字改了，引文对不上"),
        Change.TEXT: _("发布之后这一页的文字作了校对"),
        Change.IMAGE: _("发布之后这一页换了影像"),
        Change.DESCRIPTION: _("发布之后这件档案的题名或页有变动"),
        Change.PAGE: _("发布之后所引的页面有改动"),
        Change.PAGE_GONE: _("所引的页面不再公开"),
    }


def warnings_of(page: Page) -> list[Warned]:
    """What is amiss with the sources of ``page``, in order; a constant number of
    queries. For a page that is not published only what the public may not see.
    """
    sources, found = sources_of(page), list(_sources(page))
    state = SourceState.objects.filter(page=page.pk).first()
    before: Mapping[str, Any] = state.digests if state is not None else {}
    now = _digests(found, sources)
    warned = []
    for one in found:
        reason = _flaw(one, sources) or _change(before.get(one.key), now.get(one.key))
        if reason is not None:
            warned.append(Warned(one.block, one.label, reason, _title(one, sources)))
    return warned


def take(page: Page) -> None:
    """Keep what the sources of ``page`` are now."""
    sources, found = sources_of(page), list(_sources(page))
    SourceState.objects.update_or_create(
        page_id=page.pk, defaults={"digests": _digests(found, sources)}
    )


def connect() -> None:
    """Called once, from ``AppConfig.ready``."""
    page_published.connect(_published, dispatch_uid="cms.evidence.changes")


def _published(sender: type[Page], instance: Page, **_sent: Any) -> None:
    if getattr(instance, "watches_sources", False):
        take(instance)


def _sources(page: Page) -> Iterator[_Source]:
    for stream in streams_of(page):
        for number, child in enumerate(stream, start=1):
            label = str(child.block.label)
            inside: set[int] = set()
            for block, value in walk(child.block, child.value):
                if isinstance(block, ClaimBlock):
                    inside |= {id(one) for one in block.child_blocks.values()}
                    claim = block.claim(value)
                    if claim is not None:
                        yield _Source(number, label, claim)
                elif isinstance(block, RecordBlock) and value:
                    if id(block) not in inside:
                        yield _Source(number, label, record=value)
                elif isinstance(value, Page):
                    yield _Source(number, label, page=value.pk)


def _digests(found: list[_Source], sources: Sources) -> dict[str, Any]:
    """By key; what the public may not see has none."""
    seen = [(one, _seen(one, sources)) for one in found]
    folios = {
        page.folio_id
        for _one, view in seen
        for page in (view.pages if isinstance(view, RecordView) else (view,))
        if isinstance(page, PageView)
    }
    rows = Folio.objects.filter(pk__in=folios).values_list("pk", "master_id")
    masters = dict(rows) if folios else {}
    return {one.key: _digest(view, masters) for one, view in seen if view is not None}


def _seen(one: _Source, sources: Sources) -> Any:
    if one.claim is not None:
        return sources.page_of(one.claim)
    return sources.record(one.record) if one.record else sources.pages.get(one.page)


def _digest(view: Any, masters: Mapping[int, int]) -> dict[str, str]:
    if isinstance(view, PageView):
        master = str(masters.get(view.folio_id, ""))
        return {"text": _hash(view.text), "image": _hash(master)}
    if isinstance(view, RecordView):
        scans = (str(masters.get(page.folio_id, "")) for page in view.pages)
        return {"description": _hash("\n".join((view.title, *scans)))}
    return {"page": str(view.live_revision_id or view.last_published_at or "")}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _flaw(one: _Source, sources: Sources) -> Reason | None:
    if one.claim is not None:
        return sources.flaw(one.claim)
    if one.record:
        return Flaw.CLOSED if sources.record(one.record) is None else None
    return Change.PAGE_GONE if one.page not in sources.pages else None


def _change(before: Any, now: Any) -> Reason | None:
    """The first thing that differs; None for what was not there before."""
    if not before or not now:
        return None
    for reason in (Change.TEXT, Change.IMAGE, Change.DESCRIPTION, Change.PAGE):
        if before.get(reason.value) != now.get(reason.value):
            return reason
    return None


def _title(one: _Source, sources: Sources) -> str:
    record = sources.record(one.claim.record if one.claim else one.record)
    if record is not None:
        return record.title
    page = sources.pages.get(one.page)
    return page.title if page is not None else ""
