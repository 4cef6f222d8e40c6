"""One record to be ingested, wherever it was described."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A record as wanted: ``number`` is its row in the table (0: there is none).

    ``fields`` are those of ``archive.records.create`` but for the reference code;
    ``heads`` gives the head of each attribute; ``files`` are absolute paths in the
    order of the pages, None at the place of one that is missing or was refused
    (the report says why); ``folder`` is the name of the folder that is the record,
    where there is no table.
    """

    number: int
    reference_code: str
    parent_code: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    files: tuple[Path | None, ...] = ()
    folder: str = ""

    def head(self, attribute: str) -> str:
        return self.heads.get(attribute, "")
