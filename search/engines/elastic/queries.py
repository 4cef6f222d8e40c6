"""Query, access, filters, facets and order as Elasticsearch's JSON."""

from collections.abc import Sequence
from typing import Any, Final

from search.engines.base import FACET_SIZE, Access, Filters, SearchRequest
from search.engines.elastic.mapping import BIGRAMS, TEXT_FIELDS, day_number
from search.query import And, Node, Not, Or, Phrase
from search.tokens import spell

Json = dict[str, Any]

TITLE: Final = ("title",)
_BOOSTS: Final = {"title": 4.0, "code": 4.0, "text": 1.0}
# Every document has an audience, no tombstone has.
DOCUMENTS: Final[Json] = {"exists": {"field": "audience_min"}}
# Asked of each shard: up to here the counts of a facet are exact on many shards.
_FACET_SHARD_SIZE: Final = 10_000

_BY_CODE: Final[list[Json]] = [
    {"reference_code": {"order": "asc", "missing": "_last"}},
    {"id": "asc"},
]
_ORDERS: Final[dict[str, list[Json]]] = {
    "relevance": [
        {"_score": "desc"},
        {"date_min": {"order": "desc", "missing": "_last"}},
        *_BY_CODE,
    ],
    "date_asc": [{"date_min": {"order": "asc", "missing": "_last"}}, *_BY_CODE],
    "date_desc": [{"date_min": {"order": "desc", "missing": "_last"}}, *_BY_CODE],
    "code": _BY_CODE,
}


def search_body(request: SearchRequest) -> Json:
    """The whole request. Only relevance asks for scores."""
    filters = [access_query(request.access), *filter_queries(request.filters)]
    body: Json = {
        "query": {"bool": {"filter": filters}},
        "from": request.offset,
        "size": request.limit,
        "sort": _ORDERS[request.sort],
        "track_total_hits": True,
        "_source": ["source_id", "audience_min", "id"],
    }
    if request.query is not None:
        clause = "must" if request.sort == "relevance" else "filter"
        body["query"]["bool"].setdefault(clause, []).append(
            node_query(request.query, TITLE if request.titles_only else TEXT_FIELDS)
        )
    if request.facets:
        body["aggs"] = {facet: facet_aggregation(facet) for facet in request.facets}
    return body


def present_body(
    facet: str, values: Sequence[str], access: Access, language: str
) -> Json:
    """Which of the values any document has that the reader may find."""
    filters = [access_query(access), *filter_queries(Filters(language=language))]
    return {
        "query": {"bool": {"filter": filters}},
        "size": 0,
        "track_total_hits": False,
        "aggs": {
            facet: {
                "terms": {
                    "field": facet,
                    "include": list(values),
                    "size": max(len(values), 1),
                }
            }
        },
    }


def node_query(node: Node, fields: Sequence[str] = TEXT_FIELDS) -> Json:
    """A node of the query, clause by clause."""
    match node:
        case Phrase(tokens):
            return phrase_query(tokens, fields)
        case Or(parts):
            return _any_of([node_query(part, fields) for part in parts])
        case Not(part):
            return {"bool": {"must_not": [node_query(part, fields)]}}
        case And(parts):
            wanted = [node_query(p, fields) for p in parts if not isinstance(p, Not)]
            unwanted = [node_query(p.part, fields) for p in parts if isinstance(p, Not)]
            return {"bool": {"must": wanted, "must_not": unwanted}}


def phrase_query(tokens: tuple[str, ...], fields: Sequence[str] = TEXT_FIELDS) -> Json:
    """The tokens one after the other in one of the fields."""
    spelled = [spell(token) for token in tokens]
    return _any_of([_in_field(field, spelled) for field in fields])


def _in_field(field: str, words: list[str]) -> Json:
    boost = _BOOSTS[field]
    if len(words) == 1:
        return {"term": {field: {"value": words[0], "boost": boost}}}
    name = f"{field}.{BIGRAMS}"
    if len(words) == 2:
        return {"term": {name: {"value": "_".join(words), "boost": boost}}}
    return {"match_phrase": {name: {"query": " ".join(words), "boost": boost}}}


def _any_of(queries: list[Json]) -> Json:
    return {"bool": {"should": queries, "minimum_should_match": 1}}


def access_query(access: Access) -> Json:
    """What the reader may find; leaves tombstones out as well."""
    grants = access.grants()
    own = _at_level(access.audience)
    if grants:
        everything = sorted(set().union(*grants.values()))
        own["bool"]["must_not"] = [{"terms": {"source_id": everything}}]
        choices = [own]
        for level, records in grants.items():
            granted = _at_level(level)
            granted["bool"]["filter"].append({"terms": {"source_id": sorted(records)}})
            choices.append(granted)
        own = _any_of(choices)
    unwanted: list[Json] = [
        {"prefix": {"path": path}} for path in access.excluded_paths
    ]
    if access.excluded:
        unwanted.append({"terms": {"source_id": sorted(access.excluded)}})
    return {"bool": {"filter": [own], "must_not": unwanted}} if unwanted else own


def _at_level(audience: int) -> Json:
    return {
        "bool": {
            "filter": [
                {"range": {"audience_min": {"lte": audience}}},
                {"range": {"audience_max": {"gte": audience}}},
            ]
        }
    }


def filter_queries(filters: Filters) -> list[Json]:
    """One query for each value, each end of the date range, and the language."""
    queries: list[Json] = [
        {"term": {facet: value}}
        for facet, values in filters.values.items()
        for value in values
    ]
    if filters.date_from is not None:
        day = day_number(filters.date_from)
        queries.append({"range": {"date_max": {"gte": day}}})
    if filters.date_to is not None:
        day = day_number(filters.date_to)
        queries.append({"range": {"date_min": {"lte": day}}})
    if filters.language:
        for_all = {"bool": {"must_not": [{"exists": {"field": "languages"}}]}}
        spoken = {"term": {"languages": filters.language}}
        queries.append(_any_of([for_all, spoken]))
    return queries


def facet_aggregation(facet: str) -> Json:
    """All values of a facet with their counts, as far as ``FACET_SIZE`` goes."""
    order: list[Json] = [{"_count": "desc"}, {"_key": "asc"}]
    return {
        "terms": {
            "field": facet,
            "size": FACET_SIZE,
            "shard_size": _FACET_SHARD_SIZE,
            "order": order,
            "show_term_doc_count_error": False,
        }
    }
