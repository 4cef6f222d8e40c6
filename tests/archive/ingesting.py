"""Running ``manage.py ingest`` and looking at what it left."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.core.management import call_command

from archive.models import Folio

HEAD = "档号,著录层级,题名,上级档号,文件"


def ingest(
    root: Path, *lines: str, encoding: str = "utf-8", **options: Any
) -> tuple[dict[str, Any], int]:
    """The report of an ingest (with ``lines`` as its table) and its exit code."""
    if lines:
        table = root / "著录.csv"
        table.write_bytes("\n".join(lines).encode(encoding))
        options["csv"] = table
    out = StringIO()
    code = 0
    try:
        call_command("ingest", root, json=True, stdout=out, **options)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return json.loads(out.getvalue()), code


def stored_files() -> set[str]:
    root = Path(storages["masters"].path("."))
    return {path.name for path in root.rglob("*") if path.is_file()}


def messages(report: dict[str, Any]) -> str:
    return "\n".join(problem["message"] for problem in report["problems"])


def pages(code: str) -> dict[int, str]:
    """File names by sequence, of the record with this code."""
    folios = Folio.objects.filter(record__reference_code=code).order_by("sequence")
    return dict(folios.values_list("sequence", "original_filename"))


def notices(report: dict[str, Any]) -> str:
    return "\n".join(notice["message"] for notice in report["notices"])
