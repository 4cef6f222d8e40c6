"""What is found beside records: the pages of the site, here called stories.

``search`` does not know what makes the pages: whoever does registers a
``StorySource``. In the index, the outbox and the exclusions a story goes by the
negative of its page's id (``source_id``), so that no record and no grant meets it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from search.engines.base import IndexDocument, Tombstone

CATALOGUE = "catalogue"
"""The section that all records are found in; no story says that it is in it."""

ONLY_RECORDS: Mapping[str, tuple[str, ...]] = {"section": (CATALOGUE,)}
"""The filter of a search that is to find no stories."""


@dataclass(frozen=True, slots=True)
class Story:
    """A page of the site, as the public sees it now.

    ``parts`` are its texts in the order they are read in, () where none was asked
    for; ``kind`` and ``section`` are keys of the source's labels.
    """

    page_id: int
    kind: str
    section: str
    title: str
    summary: str
    url: str
    day: date | None
    is_demonstration: bool
    parts: tuple[str, ...] = ()


class StorySource(Protocol):
    """Who knows the pages. Ids are those of pages; each call costs few queries."""

    def kinds(self) -> Mapping[str, str]:
        """Value of the facet ``type`` → what readers call it."""
        ...

    def sections(self) -> Mapping[str, str]:
        """Value of the facet ``section`` → what readers call it, in their order."""
        ...

    def see(self, page_ids: Iterable[int], *, text: bool) -> dict[int, Story]:
        """Those that the public may see at this moment; the others are left out."""
        ...

    def called(self, typed: str, language: str, limit: int) -> list[Story]:
        """Those to be offered for what is being typed, the likeliest first.

        In any script, or by the initials of the pinyin; for readers of ``language``.
        """
        ...

    def documents(
        self, page_ids: Iterable[int]
    ) -> tuple[Sequence[IndexDocument], Sequence[Tombstone]]:
        """The current state of these pages, with tombstones for what is not shown."""
        ...

    def ids(self, after: int, limit: int) -> list[int]:
        """All pages that may be shown, in order, for making an index anew."""
        ...

    def count(self) -> int:
        """How many ``ids`` goes through."""
        ...

    def expected(self) -> Iterator[tuple[str, int]]:
        """Id and version of every document that the index should hold."""
        ...

    def was_indexed(self) -> bool:
        """Whether any page was ever handed to an engine."""
        ...

    def names(self, page_ids: Iterable[int]) -> list[str]:
        """Titles, for whoever looks after the index."""
        ...


class NoStories:
    """A site without pages: what is registered until somebody registers."""

    def kinds(self) -> Mapping[str, str]:
        return {}

    def sections(self) -> Mapping[str, str]:
        return {}

    def see(self, page_ids: Iterable[int], *, text: bool) -> dict[int, Story]:
        return {}

    def called(self, typed: str, language: str, limit: int) -> list[Story]:
        return []

    def documents(
        self, page_ids: Iterable[int]
    ) -> tuple[Sequence[IndexDocument], Sequence[Tombstone]]:
        return (), ()

    def ids(self, after: int, limit: int) -> list[int]:
        return []

    def count(self) -> int:
        return 0

    def expected(self) -> Iterator[tuple[str, int]]:
        return iter(())

    def was_indexed(self) -> bool:
        return False

    def names(self, page_ids: Iterable[int]) -> list[str]:
        return []


_registered: list[StorySource] = [NoStories()]


def register(source: StorySource) -> None:
    """Make ``source`` the one; called once, when the site starts."""
    _registered[:] = [source]


def stories() -> StorySource:
    """The source that was registered."""
    return _registered[0]


def source_id(page_id: int) -> int:
    """What the index and the outbox know a page by."""
    return -page_id


def parted(source_ids: Iterable[int]) -> tuple[list[int], list[int]]:
    """The ids of the records and the ids of the pages among sources, each once."""
    ids = list(dict.fromkeys(source_ids))
    return [pk for pk in ids if pk > 0], [-pk for pk in ids if pk < 0]
