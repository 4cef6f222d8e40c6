"""Wagtail's own search boxes (pages, images, documents) in Chinese.

``WAGTAILSEARCH_BACKENDS`` names this module. Records are found by the engines of
this package instead: bulk import bypasses Wagtail's index.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend for the default database: SQLite with FTS5, or PostgreSQL."""
    if connection.vendor == "sqlite":
        from search import wagtail_sqlite

        return wagtail_sqlite.SearchBackend(params)
    if connection.vendor == "postgresql":
        from search import wagtail_postgresql

        return wagtail_postgresql.SearchBackend(params)
    raise ImproperlyConfigured(
        f"search.wagtail_backend knows SQLite and PostgreSQL, not {connection.vendor}"
    )
