"""What a page claims of records, and what of it the public may see today.

Pages keep a record's id, a page number and the quoted words, never a copy of what
stands there. They are looked up each time a page is shown, as the public sees them:
a record that was closed, a page that was withheld and words that were blacked out
are gone at once, and with them the crop and the quotation
(docs/decisions/0023-evidence-on-pages.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from archive.openness import Access
from archive.readers import ANONYMOUS
from archive.seen import PageView, RecordView, see
from cms import scans
from cms.highlight import Segment, segments
from cms.scripts import tag_of_text
from cms.templatetags.site import page_url
from media.values import Box
from search.passages import Passage, marks_of
from search.results import Mark

_CROP_RATIO = 16 / 9
_CROP_WIDTH = 640
_CONTEXT = 16


@dataclass(frozen=True, slots=True)
class Claim:
    """``record`` is an id. Without ``words`` the whole page is meant."""

    record: int
    page: int
    words: str = ""

    @property
    def query(self) -> str:
        """The words as one phrase in the language of search."""
        words = " ".join(self.words.replace('"', " ").split())
        return f'"{words}"' if words else ""


class Flaw(Enum):
    """Why a claim has no evidence (any more)."""

    CLOSED = "closed"
    """The public may not read the record in full, or there is none."""
    NO_PAGE = "no page"
    """The record has no such page that the public may see."""
    NO_WORDS = "no words"
    """The words do not stand on the page."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A page that the public may see, with the words on it; no marks without words."""

    claim: Claim
    view: RecordView
    page: PageView
    marks: tuple[Mark, ...]

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(box for mark in self.marks for box in mark.boxes)

    @property
    def words(self) -> str:
        return self.claim.words

    @property
    def url(self) -> str:
        """The viewer at the page; with words, where they are boxed."""
        at = 1 if self.marks else 0
        return page_url(self.view, self.page.sequence, self.claim.query, at)

    @property
    def words_lang(self) -> str:
        return tag_of_text(self.words)

    @property
    def crop(self) -> scans.Scan:
        """The words and some lines around them, boxed; else the head of the page."""
        upright = self.page.direction == "v"
        return self.crop_of(1 if upright else _CROP_RATIO, _CROP_WIDTH)

    @property
    def square(self) -> scans.Scan:
        return self.crop_of(1, _CROP_WIDTH)

    def crop_of(self, ratio: float, wide: int) -> scans.Scan:
        if self.boxes:
            return scans.around(self.page, self.boxes, ratio=ratio, wide=wide)
        return scans.head(self.page, (), ratio=ratio, wide=wide)

    @property
    def whole(self) -> scans.Scan:
        return scans.whole(self.page, self.boxes)

    @property
    def context(self) -> list[Segment]:
        """The first place of the words in their text, on one line, for who reads."""
        if not self.marks:
            return []
        text, mark = self.page.text, self.marks[0]
        start = max(0, mark.start - _CONTEXT)
        end = min(len(text), mark.end + _CONTEXT)
        cut = segments(text[start:end], [(mark.start - start, mark.end - start)])
        return [Segment(one.text.replace("\n", ""), one.number) for one in cut]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that one page of the site names, looked up together.

    ``records`` has only those that the public may read in full, ``pages`` only
    pages of the site that are live and open to everyone.
    """

    records: Mapping[int, RecordView] = field(default_factory=dict)
    marks: Mapping[Claim, tuple[Mark, ...]] = field(default_factory=dict)
    pages: Mapping[int, Any] = field(default_factory=dict)

    def record(self, record_id: int | None) -> RecordView | None:
        return self.records.get(record_id) if record_id else None

    def page_of(self, claim: Claim) -> PageView | None:
        view = self.record(claim.record)
        pages = view.pages if view else ()
        return next((one for one in pages if one.sequence == claim.page), None)

    def evidence(self, claim: Claim | None) -> Evidence | None:
        """None wherever there is a flaw."""
        if claim is None or self.flaw(claim) is not None:
            return None
        view, page = self.record(claim.record), self.page_of(claim)
        assert view is not None and page is not None  # noqa: S101  (no flaw)
        return Evidence(claim, view, page, self.marks.get(claim, ()))

    def flaw(self, claim: Claim) -> Flaw | None:
        """Claims that were not gathered count as words that do not stand there."""
        if self.record(claim.record) is None:
            return Flaw.CLOSED
        if self.page_of(claim) is None:
            return Flaw.NO_PAGE
        if claim.words and not self.marks.get(claim):
            return Flaw.NO_WORDS
        return None


def gather(
    records: Iterable[int],
    claims: Iterable[Claim] = (),
    pages: Mapping[int, Any] | None = None,
) -> Sources:
    """Look everything up as the public sees it; a constant number of queries."""
    claims = list(dict.fromkeys(claims))
    ids = {*records, *(claim.record for claim in claims)}
    seen = see(ids, ANONYMOUS) if ids else {}
    full = {pk: view for pk, view in seen.items() if view.access is Access.FULL}
    known = Sources(full)
    passages = {
        claim: Passage(claim.words, page)
        for claim in claims
        if claim.words and (page := known.page_of(claim)) is not None
    }
    marks = dict(zip(passages, marks_of(list(passages.values())), strict=True))
    return Sources(full, marks, pages or {})


def is_public(record_id: int | None) -> bool:
    """Whether the public may read the record in full; one light query or two."""
    if not record_id:
        return False
    view = see([record_id], ANONYMOUS, pages=False).get(record_id)
    return view is not None and view.access is Access.FULL
