"""The contract between search and its engines.

An engine keeps one document per distinct view of a source: a record, known by its
id, or a page of the site, by the negative of its own. It decides which documents
match, counts them and orders them; where in the text the words stand is found
afterwards by ``search.locate``, in the reader's own view.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, Protocol, get_args

from search.errors import PagingTooDeep
from search.query import Node

PUBLIC: Final = 0
READING_ROOM: Final = 1
STAFF: Final = 2
AUDIENCES: Final = (PUBLIC, READING_ROOM, STAFF)

MAX_WINDOW: Final = 10_000
"""No engine pages past this many hits (offset + limit)."""

NO_START: Final = "0000-01-01"
NO_END: Final = "9999-12-31"
"""What an engine stores for the open side of a date range."""

FACET_SIZE: Final = 1_000
"""A facet lists at most this many values."""

FACETS: Final[Mapping[str, str]] = {
    "section": "section",
    "type": "type",
    "fonds": "fonds",
    "decade": "decades",
    "year": "years",
    "tag": "tags",
    "subject": "subjects",
    "creator": "creators",
    "place": "places",
}
"""Facet and filter names (as in the search URL) → attribute of IndexDocument."""

Sort = Literal["relevance", "date_asc", "date_desc", "code"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def document_id(source_id: int, audience: int) -> str:
    """The id of the view of a source whose lowest audience is ``audience``."""
    return f"{source_id}:{audience}"


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One view of a source, as the readers of some audiences see it.

    ``id`` is ``document_id(source_id, audience_min)``; readers of the audiences
    ``audience_min`` to ``audience_max`` (both included) see this view. At most
    one view of a source serves an audience: the caller sees to that.
    ``version`` is the source's counter when the view was loaded.
    ``path`` is a record's materialised path, so built that the paths of its
    descendants, and no others, start with it (fixed steps or a closing separator);
    "" for a page. ``section`` is the part of the site it is found in.
    ``text`` is the whole text, pages joined by a line feed; "" where the audience
    may see only the catalogue entry.
    ``date_min`` and ``date_max`` are ``YYYY-MM-DD``; None on one side only means
    open on that side, None on both means no date.
    ``languages``: found only by who reads the site in one of these; none: by all.
    """

    id: str
    source_id: int
    version: int
    audience_min: int
    audience_max: int
    path: str
    reference_code: str
    title: str
    text: str = ""
    section: str = ""
    type: str = ""
    fonds: str = ""
    tags: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    subjects: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    date_min: str | None = None
    date_max: str | None = None
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.audience_min <= self.audience_max:
            raise ValueError(f"{self.id}: audience_min is above audience_max")
        for date in (self.date_min, self.date_max):
            if date is not None and not _ISO_DATE.fullmatch(date):
                raise ValueError(f"{self.id}: {date!r} is not YYYY-MM-DD")

    @property
    def decades(self) -> tuple[int, ...]:
        """The first years of the decades that ``years`` lie in."""
        return tuple(dict.fromkeys(year // 10 * 10 for year in self.years))

    def date_range(self) -> tuple[str, str] | None:
        """First and last day, open sides filled; None where there is no date."""
        if self.date_min is None and self.date_max is None:
            return None
        return self.date_min or NO_START, self.date_max or NO_END

    def facet_values(self, facet: str) -> tuple[str, ...]:
        """The distinct, non-empty values of a facet, years as decimal strings."""
        value = getattr(self, FACETS[facet])
        values = value if isinstance(value, tuple) else (value,)
        return tuple(dict.fromkeys(str(v) for v in values if v != ""))


class Tombstone(NamedTuple):
    """Says that at ``version`` the document ``id`` does not exist."""

    id: str
    version: int


class Entry(NamedTuple):
    """A document that the index holds, for comparison with the database."""

    id: str
    version: int


def views_of(sources: Sequence[tuple[int, int]]) -> list[Tombstone]:
    """Tombstones for every view that a (source id, version) can have."""
    return [
        Tombstone(document_id(source_id, audience), version)
        for source_id, version in sources
        for audience in AUDIENCES
    ]


@dataclass(frozen=True, slots=True)
class Access:
    """What one reader may find.

    ``audience``: the reader's own. ``granted``: audience level → ids of the records
    that the reader sees at that level instead (at several levels: the highest
    counts). ``excluded_paths``: nothing whose path starts with one of these, and
    ``excluded``: none of these sources, granted or not.
    """

    audience: int = PUBLIC
    granted: Mapping[int, frozenset[int]] = field(default_factory=dict)
    excluded_paths: tuple[str, ...] = ()
    excluded: frozenset[int] = frozenset()

    def grants(self) -> dict[int, frozenset[int]]:
        """``granted`` with every record at its highest level only."""
        seen: frozenset[int] = frozenset()
        levels: dict[int, frozenset[int]] = {}
        for level in sorted(self.granted, reverse=True):
            records = self.granted[level] - seen
            if records:
                levels[level] = records
            seen |= records
        return levels


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows the hits: a document must hold every one of the values.

    So a further value never widens a search, and the number that a facet shows
    beside a value not yet chosen is the total that choosing it gives. Of a field
    that holds one value (section, type, fonds) two exclude each other.

    ``values``: facet name (a key of ``FACETS``) → the values, years as decimal
    strings; an empty tuple is no filter. ``date_from`` and ``date_to`` are
    ``YYYY-MM-DD``, both included; a document matches when its dates overlap
    the range, and never when it has no date. ``language``: nothing that is for
    readers of other languages only; "" leaves all.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    language: str = ""

    def __post_init__(self) -> None:
        unknown = set(self.values) - set(FACETS)
        if unknown:
            raise ValueError(f"unknown filters: {', '.join(sorted(unknown))}")
        for date in (self.date_from, self.date_to):
            if date is not None and not _ISO_DATE.fullmatch(date):
                raise ValueError(f"{date!r} is not YYYY-MM-DD")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """``query`` None means every document that ``access`` and ``filters`` leave.

    A leaf (phrase) of the query matches a document whose title, text or
    reference code contains its tokens one after the other; a phrase never runs
    from one of these fields into the next. With ``titles_only`` nothing but the
    title counts.
    """

    query: Node | None
    access: Access
    filters: Filters = Filters()
    titles_only: bool = False
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.offset < 0 or self.limit < 0:
            raise ValueError("offset and limit are not negative")
        if set(self.facets) - set(FACETS):
            raise ValueError(f"unknown facets in {self.facets}")


class Hit(NamedTuple):
    """One source found. Scores compare within one response only."""

    source_id: int
    audience_min: int
    id: str
    score: float


FacetValues = tuple[tuple[str, int], ...]


def cut_facet(facet: str, values: Iterable[tuple[str, int]]) -> FacetValues:
    """The values of a facet in the order that readers see, at most ``FACET_SIZE``.

    Most frequent first, then by code points of the value; years and decades
    latest first.
    """
    if facet in ("decade", "year"):
        ordered = sorted(values, key=lambda item: int(item[0]), reverse=True)
    else:
        ordered = sorted(values, key=lambda item: (-item[1], item[0]))
    return tuple(ordered[:FACET_SIZE])


def check_window(request: SearchRequest) -> None:
    """Raise ``PagingTooDeep`` for a request beyond ``MAX_WINDOW`` hits."""
    if request.offset + request.limit > MAX_WINDOW:
        raise PagingTooDeep(f"no engine pages past {MAX_WINDOW} hits")


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """The answer to a ``SearchRequest``.

    ``total`` is exact. ``facets``: name → (value, number of hits) over all hits,
    not this page's, in the order of ``cut_facet``, at most ``FACET_SIZE`` values.
    ``approximate`` names the facets whose list was cut off there or whose counts
    the engine does not vouch for.
    Order of hits: by relevance (an engine's own affair, then date_min descending,
    then code); ``date_asc`` and ``date_desc`` by date_min, undated last, then code;
    ``code`` by reference code in code-point order, those without one last; equal
    ones by id.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, FacetValues]
    approximate: frozenset[str] = frozenset()


class Engine(Protocol):
    """What an index must do. All methods may be called from any thread.

    Every method raises ``SearchUnavailable`` within seconds when the engine cannot
    do its work now.
    """

    @property
    def name(self) -> str:
        """``embedded`` or ``elasticsearch``."""
        ...

    def prepare(self) -> None:
        """Create the index where there is none; harmless when there is one.

        An empty index answers that nothing was found, so only who will fill it
        may make it. Everything else but ``begin_rebuild`` raises
        ``SearchUnavailable`` where there is none.
        """
        ...

    def ping(self) -> None:
        """Return when the engine answers and the index exists, else raise."""
        ...

    def write(
        self,
        documents: Sequence[IndexDocument],
        deletes: Sequence[Tombstone] = (),
        *,
        generation: str | None = None,
    ) -> None:
        """Store documents and tombstones; on return they are durable and visible.

        For each id the highest version ever written wins, a tombstone's too; an
        equal version replaces what is there, so replaying a batch is harmless. A
        late write is dropped without an error. Within one call an id appears once.

        Without ``generation`` the batch goes to the live index and, during a
        rebuild, to the one being built as well; with it, only to that one
        (``RebuildSuperseded`` when it is not the one being built).
        Raises ``WriteRejected`` when the engine refuses a document.
        """
        ...

    def delete_sources(self, sources: Sequence[tuple[int, int]]) -> None:
        """Delete all views of each (source id, version), as ``write`` deletes."""
        ...

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a request; ``PagingTooDeep`` beyond ``MAX_WINDOW`` hits."""
        ...

    def present(
        self, facet: str, values: Sequence[str], access: Access, language: str = ""
    ) -> frozenset[str]:
        """Those of ``values`` under which the reader would find anything at all."""
        ...

    def count(self) -> int:
        """How many documents the live index holds, tombstones not counted."""
        ...

    def documents(self, after_id: str = "", limit: int = 1_000) -> list[Entry]:
        """Ids and versions in the live index, in code-point order of the id.

        The first ``limit`` after ``after_id``; an empty list is the end.
        """
        ...

    def tokens_version(self) -> str:
        """The ``tokens.TOKENS_VERSION`` that the live index was made under."""
        ...

    def begin_rebuild(self) -> str:
        """Start an empty generation beside the live index and return its name.

        From now on ``write`` fills both. A rebuild left unfinished is dropped.
        The caller then writes every source with ``generation=…``.
        """
        ...

    def finish_rebuild(self, generation: str) -> None:
        """Make the generation the live index in one step and drop the old one.

        Raises ``RebuildSuperseded`` when it is not the one being built.
        """
        ...

    def abandon_rebuild(self, generation: str) -> None:
        """Drop an unfinished generation; harmless when it is already gone."""
        ...

    def close(self) -> None:
        """Let go of files and sockets; the next call opens them again."""
        ...
