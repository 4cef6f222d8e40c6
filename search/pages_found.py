"""The stories that answer some words, for whoever narrows them further by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.readers import ANONYMOUS
from search.engines.base import MAX_WINDOW
from search.index import engine
from search.query import parse
from search.request import build, canonical, read_dates
from search.results import SearchParams, StoryHit
from search.service import notice_of, story_hit
from search.stories import parted, stories

MOST = min(MAX_WINDOW, 1000)


@dataclass(frozen=True, slots=True)
class Found:
    """``page_ids`` the likeliest first, at most ``MOST``; ``notice`` on the words."""

    page_ids: tuple[int, ...]
    notice: str = ""


def pages_found(q: str, *, kind: str) -> Found:
    """The pages of ``kind`` that everyone may read and that answer ``q``.

    One question to the engine. Raises ``SearchUnavailable`` when it is down.
    """
    query = parse(q)
    if query.node is None:
        return Found((), notice_of(query.problem))
    params = canonical(SearchParams(q=q, filters={"type": (kind,)}, page_size=MOST))
    request = build(params, query.node, read_dates(params), ANONYMOUS)
    response = engine().search(request)
    _records, pages = parted(hit.source_id for hit in response.hits)
    return Found(tuple(pages))


def places_in(q: str, page_ids: Iterable[int]) -> Mapping[int, StoryHit]:
    """Where ``q`` stands in these pages; few queries, however many they are."""
    node = parse(q).node
    told = stories().see(list(page_ids), text=True) if node is not None else {}
    return {page_id: story_hit(node, story) for page_id, story in told.items()}
