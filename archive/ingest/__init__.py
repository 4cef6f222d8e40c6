"""Bringing in scans and their descriptions: files and a table in, a report out."""

from .folders import rows_from_folders
from .load import ingest_rows
from .plan import plan
from .report import Problem, Report
from .table import rows_from_csv

__all__ = [
    "Problem",
    "Report",
    "ingest_rows",
    "plan",
    "rows_from_csv",
    "rows_from_folders",
]
