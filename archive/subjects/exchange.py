"""One door for files in and out: a table, or SKOS."""

from pathlib import Path
from typing import Final

from archive.subjects import skos, table
from archive.subjects.bringing import Report

FORMATS: Final = ("csv", *skos.FORMATS)
_SKOS_NAMES: Final = (".ttl", ".rdf", ".xml", ".skos")


def read(
    path: Path, name: str = "", *, as_skos: bool | None = None, dry_run: bool = False
) -> Report:
    """Bring a file in. What it is, is told by ``as_skos``, else by its name."""
    if as_skos is None:
        as_skos = (name or path.name).lower().endswith(_SKOS_NAMES)
    reader = skos.read if as_skos else table.read
    return reader(path, dry_run=dry_run)


def write(path: Path, suffix: str) -> int:
    """Write the thesaurus in one of ``FORMATS``; how many concepts."""
    return table.write(path) if suffix == "csv" else skos.write(path, suffix)


def suffix_of(file: Path, as_skos: bool | None) -> str:
    """The one of ``FORMATS`` that a file of this name is written in."""
    if as_skos is None:
        as_skos = file.name.lower().endswith(_SKOS_NAMES)
    if not as_skos:
        return "csv"
    return "rdf" if file.suffix.lower() in (".rdf", ".xml") else "ttl"
