"""Wagtail's search boxes on PostgreSQL (importable only where it is in use)."""

from typing import Any

from modelsearch.backends.database.postgres import postgres
from modelsearch.query import Phrase

from search.wagtail_index import (
    SpacedCompilerMixin,
    SpacedIndexerMixin,
    UpsertIndexMixin,
)


class ObjectIndexer(SpacedIndexerMixin, postgres.ObjectIndexer):
    pass


class Index(UpsertIndexMixin, postgres.PostgresIndex):
    indexer_class = ObjectIndexer


class PhraseCompilerMixin(SpacedCompilerMixin):
    def build_tsquery_content(
        self, query: Any, config: str | None = None, invert: bool = False
    ) -> Any:
        """A phrase under ``Not`` is excluded; the stock compiler looks for it."""
        built = super().build_tsquery_content(  # type: ignore[misc]  # a mixin
            query, config=config, invert=invert
        )
        return ~built if isinstance(query, Phrase) and invert else built


class SearchQueryCompiler(PhraseCompilerMixin, postgres.PostgresSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(
    PhraseCompilerMixin, postgres.PostgresAutocompleteQueryCompiler
):
    pass


class SearchBackend(postgres.PostgresSearchBackend):
    index_class = Index
    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        # The server's default configuration stems and drops stop words of
        # whatever language it was installed in.
        super().__init__({"SEARCH_CONFIG": "simple", **params})
