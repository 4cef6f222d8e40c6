"""Fixtures of the search tests."""

from tests.search.engines import bare_engine

__all__ = ["bare_engine"]
