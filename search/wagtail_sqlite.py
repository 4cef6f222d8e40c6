"""Wagtail's search boxes on SQLite (importable only where SQLite is in use)."""

from typing import Any

from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import BM25

from search.wagtail_index import (
    SpacedCompilerMixin,
    SpacedIndexerMixin,
    UpsertIndexMixin,
)


class ObjectIndexer(SpacedIndexerMixin, sqlite.ObjectIndexer):
    pass


class Index(UpsertIndexMixin, sqlite.SQLiteIndex):
    indexer_class = ObjectIndexer


class SearchQueryCompiler(SpacedCompilerMixin, sqlite.SQLiteSearchQueryCompiler):
    def build_tsrank(
        self, vector: Any, query: Any, config: Any = None, boost: float = 1.0
    ) -> Any:
        """One bm25 for the whole match: FTS5 has none for a part of it.

        The stock compiler multiplies it by itself once for each part, and the
        order of the results is lost.
        """
        return BM25() * boost


class AutocompleteQueryCompiler(
    SpacedCompilerMixin, sqlite.SQLiteAutocompleteQueryCompiler
):
    build_tsrank = SearchQueryCompiler.build_tsrank


class SearchBackend(sqlite.SQLiteSearchBackend):
    index_class = Index
    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
