"""The index: settings and mapping.

Title, text and reference code come as our tokens joined by spaces; the standard
tokenizer gives exactly these back. Each field is indexed twice: single tokens
without positions, and bigrams (shingles) with positions for phrases.
"""

from typing import Any, Final

from search.engines.base import FACETS, IndexDocument
from search.tokens import TOKENS_VERSION, engine_text

SCHEMA_VERSION: Final = "2"
"""Raise it when ``FACETS`` or the mapping changes."""

TEXT_FIELDS: Final = ("title", "text", "code")
BIGRAMS: Final = "bigrams"

_TEXT: Final = {
    "type": "text",
    "analyzer": "tokens",
    # Nobody asks where a single token stands.
    "index_options": "freqs",
    "fields": {BIGRAMS: {"type": "text", "analyzer": "bigrams"}},
}
_KEYWORD: Final = {"type": "keyword"}
_INTEGER: Final = {"type": "integer"}


def index_body(shards: int, replicas: int) -> dict[str, Any]:
    """Settings and mapping for a new index."""
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "analysis": {
                "filter": {
                    "pairs": {
                        "type": "shingle",
                        "min_shingle_size": 2,
                        "max_shingle_size": 2,
                        "output_unigrams": False,
                        # Not empty: ``1 23`` and ``12 3`` are different pairs.
                        "token_separator": "_",
                    }
                },
                "analyzer": {
                    "tokens": {"type": "custom", "tokenizer": "standard"},
                    "bigrams": {
                        "type": "custom",
                        "tokenizer": "standard",
                        "filter": ["pairs"],
                    },
                },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {
                "tokens_version": TOKENS_VERSION,
                "schema_version": SCHEMA_VERSION,
            },
            "_source": {"excludes": list(TEXT_FIELDS)},
            "properties": {
                "id": _KEYWORD,
                "source_id": {"type": "long"},
                "audience_min": _INTEGER,
                "audience_max": _INTEGER,
                "path": _KEYWORD,
                "reference_code": _KEYWORD,
                "date_min": _INTEGER,
                "date_max": _INTEGER,
                "languages": _KEYWORD,
                **dict.fromkeys(FACETS, _KEYWORD),
                **dict.fromkeys(TEXT_FIELDS, _TEXT),
            },
        },
    }


def source(document: IndexDocument) -> dict[str, Any]:
    """A document as Elasticsearch gets it."""
    fields: dict[str, Any] = {
        "id": document.id,
        "source_id": document.source_id,
        "audience_min": document.audience_min,
        "audience_max": document.audience_max,
        "path": document.path,
        "title": engine_text(document.title),
        "text": engine_text(document.text),
        "code": engine_text(document.reference_code),
    }
    # What is absent orders last, and is for readers of every language.
    if document.reference_code:
        fields["reference_code"] = document.reference_code
    if document.languages:
        fields["languages"] = document.languages
    for facet in FACETS:
        if values := document.facet_values(facet):
            fields[facet] = values
    if dates := document.date_range():
        fields["date_min"], fields["date_max"] = map(day_number, dates)
    return fields


def tombstone_source(document_id: str) -> dict[str, Any]:
    """What is kept of a deleted document, to hold its version against late writes.

    Elasticsearch forgets the versions of deleted documents after a minute. Without
    an audience it is in no answer and no count.
    """
    return {"id": document_id}


def day_number(date: str) -> int:
    """``1963-11-20`` → 19631120: orders like the date, and any year will do."""
    return int(date.replace("-", ""))
