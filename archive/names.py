"""Several names in one cell, separated by semicolons of either width."""

import re
from collections.abc import Iterable

_NAME = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[;；]|$)|([^;；]*))(?:[;；]|$)')
_QUOTED = re.compile(r'[;；]|^\s|\s$|^"')


def joined(names: Iterable[str]) -> str:
    """``甲；乙``; a name that would be read otherwise is put in double quotes."""
    return "；".join(
        '"{}"'.format(name.replace('"', '""')) if _QUOTED.search(name) else name
        for name in names
    )


def split(cell: str) -> list[str]:
    """The names that ``joined`` made one text of, or that a person typed."""
    found: list[str] = []
    for match in _NAME.finditer(cell):
        quoted, plain = match.groups()
        name = plain.strip() if quoted is None else quoted.replace('""', '"')
        if name:
            found.append(name)
    return found
