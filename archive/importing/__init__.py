"""Descriptions from a table into records: read, planned, carried out, reported."""

from .report import ImportReport
from .run import import_table
from .source import Source

__all__ = ["ImportReport", "Source", "import_table"]
