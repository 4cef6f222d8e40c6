"""Text and queries in the form that modelsearch's databases can find words in.

Neither SQLite's ``unicode61`` nor PostgreSQL's parser cuts a run of Han into
words. Both get the project's own tokens, folded and joined by spaces, and every
term of a query becomes a phrase of tokens.
"""

import re
from typing import Final

from django.utils.encoding import force_str
from modelsearch.query import MATCH_NONE, And, Not, Or, Phrase, PlainText, SearchQuery

from search.tokens import LATIN, engine_text

# Each term nests the statement one deeper, and FTS5 gives up near a hundred:
# a page of text pasted into the box counts by its first words.
MAX_TERMS: Final = 32
_RUN: Final = re.compile(f"[0-9{LATIN}]+")


def spaced(value: object) -> str:
    """A field's value (text, list, dict, number) as tokens joined by spaces."""
    if isinstance(value, str):
        return engine_text(value)
    if isinstance(value, dict):
        return " ".join(spaced(item) for item in value.values())
    if isinstance(value, (list, tuple, set)):
        return " ".join(spaced(item) for item in value)
    return spaced(force_str(value))


def spaced_query(query: SearchQuery, *, typing: bool) -> SearchQuery:
    """``query`` with phrases of tokens for its terms.

    With ``typing`` a last run of letters or digits may still be incomplete: it
    stays a term of its own, which the compilers match by its beginning. A query
    without any token (only quotes or punctuation) finds nothing.
    """
    found = _spaced(query, typing=typing)
    return MATCH_NONE if found is None else found


def _spaced(query: SearchQuery, *, typing: bool) -> SearchQuery | None:
    if isinstance(query, PlainText):
        terms = query.query_string.split()[:MAX_TERMS]
        parts = [
            _term(engine_text(term).split(), typing=typing and index == len(terms))
            for index, term in enumerate(terms, start=1)
        ]
        return _join(And if query.operator == "and" else Or, parts)
    if isinstance(query, Phrase):
        return _term(engine_text(query.query_string).split(), typing=False)
    if isinstance(query, (And, Or)):
        parts = [_spaced(part, typing=typing) for part in query.subqueries]
        return _join(type(query), parts)
    if isinstance(query, Not):
        part = _spaced(query.subquery, typing=typing)
        return None if part is None else Not(part)
    return query


def _term(tokens: list[str], *, typing: bool) -> SearchQuery | None:
    if not tokens:
        return None
    if typing and _RUN.fullmatch(tokens[-1]):
        *before, last = tokens
        return _join(And, [_term(before, typing=False), PlainText(last)])
    return Phrase(" ".join(tokens))


def _join(
    combine: type[And] | type[Or], parts: list[SearchQuery | None]
) -> SearchQuery | None:
    kept = [part for part in parts if part is not None]
    if not kept:
        return None
    return kept[0] if len(kept) == 1 else combine(kept)
