"""Exports are proof: each is in the log of every tree that it took records from."""

from collections.abc import Mapping
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
    told = {"format": file_format, "layout": layout, "asked": asked}
    note_taken("archive.export", exported.roots, user, told)
    return exported.count


def note_taken(
    action: str, roots: Mapping[int, int], user: Any, told: Mapping[str, str]
) -> None:
    """Log ``action`` on the root of each tree with the number taken out of it."""
    for root in Record.objects.filter(pk__in=roots):
        log(root, action, user=user, data={**told, "count": roots[root.pk]})
