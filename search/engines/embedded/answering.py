"""Answering a request from one generation: found set, total, facets, hits."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from search.engines.base import (
    FacetValues,
    Hit,
    SearchRequest,
    SearchResponse,
    cut_facet,
)
from search.engines.embedded.matching import (
    TITLE,
    Condition,
    heading_expression,
    match_expression,
    request_condition,
)
from search.engines.embedded.schema import on

RANKED_AT_MOST: Final = 2_000
"""With more hits bm25 is too slow and says little: headings first, then dates."""

_BY_CODE: Final = "reference_code = '', reference_code, id"
_BY_DATE: Final = f"date_min IS NULL, date_min DESC, {_BY_CODE}"
_ORDERS: Final = {
    "relevance": _BY_DATE,
    "date_asc": f"date_min IS NULL, date_min, {_BY_CODE}",
    "date_desc": _BY_DATE,
    "code": _BY_CODE,
}
_FIND: Final = "INSERT INTO temp.found SELECT doc FROM documents_{g} WHERE {condition}"
# CROSS JOIN: SQLite knows nothing of the size of ``found`` and would walk through
# all documents for a handful of hits.
_FACETS: Final = """
    SELECT facet, value, hits FROM (
        SELECT value_id, count(*) AS hits FROM {facts} USING (doc) GROUP BY value_id
    ) JOIN facet_values_{g} USING (value_id)
"""
_OF_THE_FOUND: Final = "temp.found CROSS JOIN document_facets_{g}"
# In the order of its index, where nothing has to be sorted to be counted.
_OF_ALL: Final = "document_facets_{g} CROSS JOIN temp.found"
_MANY: Final = 0.25
"""With more than this share of all documents found, counting goes through all."""
# The first that may be seen is enough.
_PRESENT: Final = """
    SELECT 1 FROM document_facets_{g} CROSS JOIN documents_{g} USING (doc)
    WHERE value_id = (
        SELECT value_id FROM facet_values_{g} WHERE facet = ? AND value = ?
    ) AND {condition} LIMIT 1
"""
_HITS: Final = """
    SELECT source_id, audience_min, id, 0.0
    FROM temp.found CROSS JOIN documents_{g} USING (doc)
    ORDER BY {order} LIMIT ? OFFSET ?
"""
_SCORE: Final = """
    INSERT INTO temp.scores SELECT rowid, {score} FROM words_{g} WHERE words_{g} MATCH ?
"""
_RANKED_HITS: Final = """
    SELECT source_id, audience_min, id, coalesce(score, 0.0) AS score
    FROM temp.found CROSS JOIN documents_{g} USING (doc)
    LEFT JOIN temp.scores USING (doc)
    ORDER BY score DESC, {order} LIMIT ? OFFSET ?
"""
# A word in the title or the code counts as much as ten in the text.
_BM25: Final = "-bm25(words_{g}, 10.0, 1.0, 10.0)"


def answer(
    connection: sqlite3.Connection, generation: int, request: SearchRequest
) -> SearchResponse:
    """Everything the response holds, from one transaction."""
    total = _find(connection, generation, request)
    facets, approximate = _facets(connection, generation, request.facets, total)
    return SearchResponse(
        total=total,
        hits=_hits(connection, generation, request, total),
        facets=facets,
        approximate=approximate,
    )


def present(
    connection: sqlite3.Connection,
    generation: int,
    facet: str,
    values: Sequence[str],
    conditions: Condition,
) -> frozenset[str]:
    """The values of a facet that any document has which answers the conditions."""
    statement = on(generation, _PRESENT, condition=conditions.sql)
    return frozenset(
        value
        for value in values
        if connection.execute(statement, (facet, value, *conditions.values)).fetchone()
    )


def _find(
    connection: sqlite3.Connection, generation: int, request: SearchRequest
) -> int:
    """Fill ``found`` with the numbers of all documents that match; how many."""
    condition = request_condition(request)
    connection.execute("DELETE FROM temp.found")
    find = on(generation, _FIND, condition=condition.sql)
    return connection.execute(find, condition.values).rowcount


def _facets(
    connection: sqlite3.Connection,
    generation: int,
    wanted: tuple[str, ...],
    total: int,
) -> tuple[dict[str, FacetValues], frozenset[str]]:
    if not wanted:
        return {}, frozenset()
    last = on(generation, "SELECT coalesce(max(doc), 0) FROM documents_{g}")
    (size,) = connection.execute(last).fetchone()
    facts = _OF_ALL if total > _MANY * size else _OF_THE_FOUND
    counts: dict[str, list[tuple[str, int]]] = defaultdict(list)
    statement = on(generation, _FACETS, facts=facts)
    for facet, value, hits in connection.execute(statement):
        counts[facet].append((value, hits))
    cut = {facet: cut_facet(facet, counts[facet]) for facet in wanted}
    too_long = (facet for facet in wanted if len(cut[facet]) < len(counts[facet]))
    return cut, frozenset(too_long)


def _hits(
    connection: sqlite3.Connection,
    generation: int,
    request: SearchRequest,
    total: int,
) -> tuple[Hit, ...]:
    if request.limit == 0 or request.offset >= total:
        return ()
    order = _ORDERS[request.sort]
    page = (request.limit, request.offset)
    ranking = _ranking(request, total)
    if ranking is None:
        rows = connection.execute(on(generation, _HITS, order=order), page)
    else:
        score, expression = ranking
        connection.execute("DELETE FROM temp.scores")
        connection.execute(on(generation, _SCORE, score=score), (expression,))
        rows = connection.execute(on(generation, _RANKED_HITS, order=order), page)
    return tuple(Hit(*row) for row in rows)


def _ranking(request: SearchRequest, total: int) -> tuple[str, str] | None:
    """The score as SQL and the FTS5 expression it is taken over; None for no score."""
    if request.sort != "relevance" or request.query is None:
        return None
    if total <= RANKED_AT_MOST:
        whole = match_expression(request.query)
        if whole is not None:
            return _BM25, f"{TITLE}{whole}" if request.titles_only else whole
    heading = heading_expression(request.query)
    return None if heading is None else ("1.0", heading)
