"""The values that a search hands to whoever shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.seen import PageView, RecordView
from media.values import Box
from search.engines.base import Sort
from search.stories import Story

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class SearchParams:
    """The query string of ``/search/``; words and dates as typed, maybe empty.

    ``filters`` maps a facet name (a key of ``engines.base.FACETS``) to the chosen
    values, all of which must hold; dates are years or ISO dates; ``page`` counts
    from 1.
    """

    q: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str = ""
    date_to: str = ""
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a page; ``marks`` are [start, end) in its code points."""

    page: int
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page of a record with matches, and the boxes of the matched words on it."""

    page: PageView
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One record, as this reader sees it, and where the words are in it.

    ``pages`` are the first three matching pages; ``page_count`` counts all of
    them and ``match_count`` all places.
    """

    view: RecordView
    title_marks: tuple[tuple[int, int], ...]
    snippets: tuple[Snippet, ...]
    pages: tuple[PageHit, ...]
    page_count: int
    match_count: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a story; ``marks`` are [start, end) in its code points."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class StoryHit:
    """One page of the site, and where the words are in it.

    ``passages`` are from the three parts with most of them; ``match_count`` counts
    all places.
    """

    story: Story
    title_marks: tuple[tuple[int, int], ...]
    passages: tuple[Passage, ...]
    match_count: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """``approximate``: there are more values than these, or counts are estimates."""

    name: str
    label: str
    values: tuple[FacetValue, ...]
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """``notice`` tells the reader about the query (too long, nothing to search).

    ``page_total``: how many pages there are, 0 for no hits. ``sections``: how many
    hits there are in each section, whichever of them was chosen.
    """

    params: SearchParams
    total: int
    hits: tuple[Hit | StoryHit, ...]
    facets: tuple[Facet, ...]
    page_total: int
    sections: tuple[FacetValue, ...] = ()
    variants: tuple[str, ...] = ()
    notice: str = ""

    @property
    def record_hits(self) -> tuple[Hit, ...]:
        """The hits that are records, for who asked for ``ONLY_RECORDS``."""
        return tuple(hit for hit in self.hits if isinstance(hit, Hit))


@dataclass(frozen=True, slots=True)
class Places:
    """Where a query's words stand in one record.

    ``spans``: page sequence → [start, end) in the page's text, in order; pages
    without any are left out. ``notice`` says why a query cannot be looked for.
    """

    spans: Mapping[int, tuple[tuple[int, int], ...]]
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A match on one page: [start, end) in its text, and its boxes on the image.

    One box for each line or column that the match runs over.
    """

    start: int
    end: int
    boxes: tuple[Box, ...]
