"""What an ingest found and did."""

from dataclasses import asdict, dataclass
from typing import Any

from archive.tables.problems import Problem, Problems, printable

__all__ = ["Problem", "Report", "printable"]


@dataclass(slots=True)
class Report(Problems):
    """Grows while an ingest runs. ``notices`` tell; only ``problems`` fail it.

    ``created`` and ``existing`` count records, ``pages`` and ``pages_existing``
    their pages; ``pages_waiting`` are those of ``pages`` that stay in quarantine
    until a person releases them. A dry run counts what it would create.
    """

    created: int = 0
    existing: int = 0
    pages: int = 0
    pages_existing: int = 0
    pages_waiting: int = 0
    dry_run: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values, problems in the order of rows."""
        self.problems.sort(key=lambda problem: problem.row)
        return asdict(self)
