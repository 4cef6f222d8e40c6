"""What an ingest found and did."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person must mend; ``message`` says how.

    ``row`` counts as a spreadsheet does (the head is row 1), 0 where there is no
    table; ``column`` is the head as written, ``file`` a path below PATH; both may
    be empty.
    """

    row: int
    column: str
    message: str
    file: str = ""


@dataclass(slots=True)
class Report:
    """Grows while an ingest runs. ``notices`` tell; only ``problems`` fail it.

    ``created`` and ``existing`` count records, ``pages`` and ``pages_existing``
    their pages; ``pages_waiting`` are those of ``pages`` that stay in quarantine
    until a person releases them. A dry run counts what it would create.
    """

    rows: int = 0
    created: int = 0
    existing: int = 0
    pages: int = 0
    pages_existing: int = 0
    pages_waiting: int = 0
    dry_run: bool = False
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def problem(self, row: int, column: str, message: object, file: str = "") -> None:
        self.problems.append(Problem(row, column, str(message), printable(file)))

    def notice(self, row: int, column: str, message: object, file: str = "") -> None:
        self.notices.append(Problem(row, column, str(message), printable(file)))

    def as_json(self) -> dict[str, Any]:
        """Plain values, problems in the order of rows."""
        self.problems.sort(key=lambda problem: problem.row)
        return asdict(self)


def printable(path: str) -> str:
    """``path`` for people: a name that is no UTF-8 is most often GB18030."""
    return "/".join(map(_printable_name, path.split("/")))


def _printable_name(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        content = name.encode(errors="surrogateescape")
        return content.decode("gb18030", errors="backslashreplace")
    return name
