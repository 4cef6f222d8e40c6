"""What an import found and did."""

from dataclasses import asdict, dataclass, field
from typing import Any

from archive.tables.problems import Problems


@dataclass(frozen=True, slots=True)
class Preview:
    """What is, or in a dry run would be, changed in one record: values by name."""

    reference_code: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(slots=True)
class ImportReport(Problems):
    """Counts of records; a dry run counts what it would do.

    ``updated`` are records of which anything was changed, ``unchanged`` those that
    were as the table wants them. ``previews`` holds the first of the updates.
    ``batch`` is the id of the batch, None where nothing was written.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    dry_run: bool = False
    batch: int | None = None
    previews: list[Preview] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain values, problems in the order of rows."""
        self.problems.sort(key=lambda problem: problem.row)
        return asdict(self)

    def nothing_written(self) -> None:
        self.created = self.updated = self.unchanged = 0
        self.batch = None
        self.previews.clear()
