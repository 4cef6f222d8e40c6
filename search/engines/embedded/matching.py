"""Query, access and filters as SQL conditions on ``documents_{g}``."""

import json
from typing import Final, NamedTuple

from search.engines.base import Access, Filters, SearchRequest
from search.engines.embedded.terms import phrase_term
from search.query import And, Node, Not, Or, Phrase, positive_phrases

Value = str | int

TITLE: Final = "{title} : "
"""Before an FTS5 expression: in this column only."""

_LISTED: Final = "source_id IN (SELECT value FROM json_each(?))"


class Condition(NamedTuple):
    """A piece of SQL (``{g}`` stands for the generation) and its parameters.

    It stands by itself: NOT before it and AND or OR beside it need no brackets.
    Brackets are few on purpose, because SQLite's parser holds about a hundred
    symbols that are still open.
    """

    sql: str
    values: tuple[Value, ...] = ()


def request_condition(request: SearchRequest) -> Condition:
    """Which documents the request finds."""
    parts = [*access_conditions(request.access), *filter_conditions(request.filters)]
    if request.query is not None:
        fields = TITLE if request.titles_only else ""
        parts.insert(0, query_condition(request.query, fields))
    return joined(parts, " AND ")


def joined(parts: list[Condition], operator: str) -> Condition:
    """The parts with an operator between, in brackets."""
    sql = operator.join(part.sql for part in parts)
    values = tuple(value for part in parts for value in part.values)
    return Condition(f"({sql})", values)


def query_condition(node: Node, fields: str = "") -> Condition:
    """The query; in one FTS5 expression as far as FTS5 can say it.

    ``fields``: where its words are to stand (``TITLE``), anywhere for "".
    """
    expression = match_expression(node)
    if expression is not None:
        return Condition(
            "doc IN (SELECT rowid FROM words_{g} WHERE words_{g} MATCH ?)",
            (f"{fields}{expression}",),
        )
    match node:
        case And(parts):
            return joined([query_condition(part, fields) for part in parts], " AND ")
        case Or(parts):
            return joined([query_condition(part, fields) for part in parts], " OR ")
        case Not(part):
            inner = query_condition(part, fields)
            return Condition(f"NOT {inner.sql}", inner.values)
        case Phrase():
            raise AssertionError("a phrase always has an expression")


def match_expression(node: Node) -> str | None:
    """The node in FTS5's language; None where it cannot be said.

    FTS5 knows NOT only between two operands: an exclusion needs something beside
    it to exclude from.
    """
    match node:
        case Phrase(tokens):
            return phrase_term(tokens)
        case Not():
            return None
        case Or(parts):
            return _operands(parts, " OR ")
        case And(parts):
            wanted = tuple(part for part in parts if not isinstance(part, Not))
            unwanted = tuple(part.part for part in parts if isinstance(part, Not))
            positive = _operands(wanted, " AND ")
            if positive is None or not unwanted:
                return positive
            negative = _operands(unwanted, " OR ")
            return None if negative is None else f"({positive} NOT {negative})"


def _operands(parts: tuple[Node, ...], operator: str) -> str | None:
    expressions = [match_expression(part) for part in parts]
    said = [expression for expression in expressions if expression is not None]
    if not said or len(said) < len(expressions):
        return None
    return f"({operator.join(said)})"


def heading_expression(node: Node) -> str | None:
    """Any positive phrase in the title or the reference code."""
    terms = [phrase_term(phrase.tokens) for phrase in positive_phrases(node)]
    return f"{{title code}} : ({' OR '.join(terms)})" if terms else None


def access_conditions(access: Access) -> list[Condition]:
    """What the reader may find."""
    grants = access.grants()
    own = _at_level(access.audience)
    if grants:
        everyone = json.dumps(sorted(set().union(*grants.values())))
        lists = [joined([own, Condition(f"NOT {_LISTED}", (everyone,))], " AND ")]
        for level, records in grants.items():
            granted = Condition(_LISTED, (json.dumps(sorted(records)),))
            lists.append(joined([granted, _at_level(level)], " AND "))
        own = joined(lists, " OR ")
    conditions = [own]
    if access.excluded_paths:
        # json_each has a column named path, too: only its value is let through.
        paths = Condition(
            "NOT EXISTS (SELECT 1 FROM (SELECT value AS prefix FROM json_each(?)) "
            "WHERE substr(path, 1, length(prefix)) = prefix)",
            (json.dumps(access.excluded_paths),),
        )
        conditions.append(paths)
    if access.excluded:
        sources = json.dumps(sorted(access.excluded))
        conditions.append(Condition(f"NOT {_LISTED}", (sources,)))
    return conditions


def _at_level(audience: int) -> Condition:
    return Condition("(audience_min <= ? AND audience_max >= ?)", (audience, audience))


def filter_conditions(filters: Filters) -> list[Condition]:
    """One condition for each value, each end of the date range, and the language."""
    conditions = [
        Condition(
            "doc IN (SELECT doc FROM document_facets_{g} WHERE value_id = ("
            "SELECT value_id FROM facet_values_{g} WHERE facet = ? AND value = ?))",
            (facet, value),
        )
        for facet, values in filters.values.items()
        for value in values
    ]
    if filters.date_from is not None:
        conditions.append(Condition("date_max >= ?", (filters.date_from,)))
    if filters.date_to is not None:
        conditions.append(Condition("date_min <= ?", (filters.date_to,)))
    if filters.language:
        spoken = (
            "(languages IS NULL OR EXISTS "
            "(SELECT 1 FROM json_each(languages) WHERE value = ?))"
        )
        conditions.append(Condition(spoken, (filters.language,)))
    return conditions
