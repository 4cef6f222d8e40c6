"""What the two database backends of Wagtail's search have in common."""

from collections.abc import Iterable
from typing import Any

from modelsearch.conf import get_app_config
from modelsearch.utils import get_content_type_pk

from search.wagtail_text import spaced, spaced_query


class SpacedIndexerMixin:
    """An object indexer that takes tokens out of every field."""

    def prepare_value(self, value: object) -> str:
        return spaced(value)


class UpsertIndexMixin:
    """An index that writes its entries in one statement and nothing else.

    The stock backends follow each write with ``_refresh_title_norms`` over the
    whole table (100 ms at 100,000 rows). New entries keep the neutral norm of 1
    until the next full rebuild.
    """

    indexer_class: type[Any]
    backend: Any

    def add_items(self, model: type[Any], objs: Iterable[Any]) -> None:
        if not model.get_search_fields():
            return
        entry_model = get_app_config().get_model("IndexEntry")
        content_type_id = get_content_type_pk(model)
        entries = []
        for item in objs:
            indexer = self.indexer_class(item, self.backend)
            entries.append(
                entry_model(
                    content_type_id=content_type_id,
                    object_id=indexer.id,
                    title=indexer.title,
                    autocomplete=indexer.autocomplete,
                    body=indexer.body,
                )
            )
        entry_model._default_manager.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "autocomplete", "body"],
        )


class SpacedCompilerMixin:
    """A query compiler that looks for phrases of tokens.

    It searches the whole index entry whatever ``fields`` says: the stock
    PostgreSQL compiler would go to the columns themselves, which hold no tokens.
    """

    LAST_TERM_IS_PREFIX: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = None
        self.query: Any = spaced_query(self.query, typing=self.LAST_TERM_IS_PREFIX)
