"""The contract in naive Python: slow, and plain enough to be believed."""

from collections import Counter
from collections.abc import Sequence

from search.engines.base import (
    Access,
    FacetValues,
    Filters,
    IndexDocument,
    SearchRequest,
)
from search.query import And, Node, Not, Or, Phrase
from search.tokens import tokens


def has_phrase(text: str, phrase: Sequence[str]) -> bool:
    """Whether the tokens stand in the text one after the other."""
    found = [token.text for token in tokens(text)]
    size = len(phrase)
    return any(found[i : i + size] == list(phrase) for i in range(len(found)))


def matches(node: Node | None, fields: Sequence[str]) -> bool:
    """Whether the query finds a document with these texts."""
    match node:
        case None:
            return True
        case Phrase(words):
            return any(has_phrase(field, words) for field in fields)
        case And(parts):
            return all(matches(part, fields) for part in parts)
        case Or(parts):
            return any(matches(part, fields) for part in parts)
        case Not(part):
            return not matches(part, fields)


def searched(document: IndexDocument, request: SearchRequest) -> Sequence[str]:
    """The texts that the query is looked for in."""
    if request.titles_only:
        return (document.title,)
    return document.title, document.text, document.reference_code


def may_see(access: Access, document: IndexDocument) -> bool:
    """Whether the reader may find the document."""
    if any(document.path.startswith(path) for path in access.excluded_paths):
        return False
    if document.source_id in access.excluded:
        return False
    levels = [
        level for level, ids in access.granted.items() if document.source_id in ids
    ]
    level = max(levels) if levels else access.audience
    return document.audience_min <= level <= document.audience_max


def passes(filters: Filters, document: IndexDocument) -> bool:
    """Whether the filters leave the document."""
    for facet, values in filters.values.items():
        if not set(values) <= set(document.facet_values(facet)):
            return False
    spoken = document.languages or (filters.language,)
    if filters.language and filters.language not in spoken:
        return False
    if filters.date_from is None and filters.date_to is None:
        return True
    if document.date_min is None and document.date_max is None:
        return False
    first, last = document.date_min or "0000-01-01", document.date_max or "9999-12-31"
    return last >= (filters.date_from or first) and first <= (filters.date_to or last)


def answer(
    documents: Sequence[IndexDocument], request: SearchRequest
) -> tuple[list[str], dict[str, FacetValues]]:
    """Ids of all hits in code-point order, and the facets."""
    hits = [
        document
        for document in documents
        if matches(request.query, searched(document, request))
        and may_see(request.access, document)
        and passes(request.filters, document)
    ]
    facets: dict[str, FacetValues] = {}
    for facet in request.facets:
        counts = Counter(v for hit in hits for v in hit.facet_values(facet))
        order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if facet in ("decade", "year"):
            order = sorted(counts.items(), key=lambda item: -int(item[0]))
        facets[facet] = tuple(order)
    return sorted(hit.id for hit in hits), facets
