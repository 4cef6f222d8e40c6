"""The engine for many machines: Elasticsearch 9, no plugin needed."""

from search.engines.elastic.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
