"""Exports are proof: each is in the log of every tree that it took records from."""

from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from wagtail.log_actions import log

from archive import exporting
from archive.models import Record


def export_logged(
    records: QuerySet[Record],
    path: Path,
    file_format: str,
    layout: str,
    *,
    user: Any = None,
    asked: str = "",
    advance: exporting.Advance = lambda rows: None,
) -> int:
    """Write the records and log by whom, how many and what was ``asked`` for.

    Returns how many there were. Raises ``TooBigForXlsx``.
    """
    exported = exporting.export(records, path, file_format, layout, advance)
    data = {"format": file_format, "layout": layout, "asked": asked}
    for root in Record.objects.filter(pk__in=exported.roots):
        count = exported.roots[root.pk]
        log(root, "archive.export", user=user, data={**data, "count": count})
    return exported.count
