"""Both engines against a naive oracle, on random corpora of a few characters."""

from dataclasses import replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.base import (
    Access,
    Engine,
    Filters,
    IndexDocument,
    SearchRequest,
    Tombstone,
    document_id,
)
from search.query import And, Node, Not, Or, Phrase
from tests.search import oracle
from tests.search.engines import engine

__all__ = ["engine"]

VERSIONS = count(1)
TEXTS = st.text(alphabet="甲乙乙丙1a，\n ", max_size=12)
TOKENS = st.lists(st.sampled_from(["甲", "乙", "丙", "1", "11", "a", "aa"]), min_size=1)
PHRASES = TOKENS.map(lambda tokens: Phrase(tuple(tokens[:4])))
LANGUAGES = st.sampled_from([(), ("zh",), ("en",), ("zh", "en")])
DATES = st.sampled_from(["1950-01-01", "1963-11-20", "1964-06-30"])


def combined(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(children, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, parts), st.builds(Or, parts), st.builds(Not, children)
    )


NODES: st.SearchStrategy[Node] = st.recursive(PHRASES, combined, max_leaves=5)


@st.composite
def documents(draw: st.DrawFn) -> list[IndexDocument]:
    made = []
    for record_id in range(draw(st.integers(1, 8))):
        split = draw(st.integers(0, 3))
        for low, high in ((0, split - 1), (split, 2)):
            if low > high:
                continue
            dates = sorted(draw(st.lists(DATES, max_size=2)))
            made.append(
                IndexDocument(
                    id=document_id(record_id, low),
                    source_id=record_id,
                    version=1,
                    audience_min=low,
                    audience_max=high,
                    path=draw(st.sampled_from(["00", "0001", "0002", "000100"])),
                    reference_code=draw(st.sampled_from(["Z1", "甲1", "A-1"])),
                    title=draw(TEXTS),
                    text=draw(TEXTS),
                    section=draw(st.sampled_from(["", "馆藏"])),
                    languages=draw(LANGUAGES),
                    type=draw(st.sampled_from(["", "件", "案卷"])),
                    tags=tuple(draw(st.lists(st.sampled_from("甲乙丙"), max_size=3))),
                    years=tuple(
                        draw(st.lists(st.sampled_from([963, 1963]), max_size=2))
                    ),
                    date_min=dates[0] if dates else None,
                    date_max=dates[1] if len(dates) > 1 else None,
                )
            )
    return made


LEVELS = st.integers(0, 2)
RECORDS = st.frozensets(st.integers(0, 8), max_size=4)
ACCESS = st.builds(
    Access,
    audience=LEVELS,
    granted=st.dictionaries(LEVELS, RECORDS, max_size=2),
    excluded_paths=st.lists(st.sampled_from(["0001", "0002", "000"]), max_size=1).map(
        tuple
    ),
    excluded=st.frozensets(st.integers(0, 8), max_size=2),
)
FILTERS = st.builds(
    Filters,
    values=st.dictionaries(
        st.sampled_from(["tag", "type", "decade"]),
        st.lists(st.sampled_from(["甲", "乙", "件", "1960"]), max_size=2).map(tuple),
        max_size=2,
    ),
    date_from=st.none() | DATES,
    date_to=st.none() | DATES,
    language=st.sampled_from(["", "zh", "en"]),
)
REQUESTS = st.builds(
    SearchRequest,
    query=st.none() | NODES,
    access=ACCESS,
    filters=st.just(Filters()) | FILTERS,
    titles_only=st.booleans(),
    sort=st.sampled_from(["relevance", "date_asc", "date_desc", "code"]),
    limit=st.just(100),
    facets=st.just(("section", "type", "tag", "year", "decade", "fonds")),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(corpus=documents(), requests=st.lists(REQUESTS, min_size=3, max_size=8))
def test_an_engine_answers_as_the_oracle_does(
    engine: Engine, corpus: list[IndexDocument], requests: list[SearchRequest]
) -> None:
    # Each corpus takes the place of the last: replacing and deleting are tested, too.
    version = next(VERSIONS)
    current = [replace(document, version=version) for document in corpus]
    gone = {document_id(n, low) for n in range(8) for low in range(3)}
    gone -= {document.id for document in corpus}
    engine.write(current, [Tombstone(id_, version) for id_ in sorted(gone)])
    for request in requests:
        response = engine.search(request)
        ids, facets = oracle.answer(corpus, request)
        assert sorted(hit.id for hit in response.hits) == ids
        assert response.total == len(ids)
        assert dict(response.facets) == facets
        assert response.approximate == frozenset()
