"""Finding the variants of fixed wordings in a text.

On folded text, so that 繁體 and 异体 are found too. At each place the longest of all
right and wrong wordings counts: what is part of a right one is right.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from archive.fold import fold
from cms.models.fixed_wordings import FixedWording, lines

_AROUND = 12


@dataclass(frozen=True, slots=True)
class Flag:
    """A variant that stands in a text, and what should."""

    place: str
    found: str
    wording: str
    blocking: bool
    note: str
    before: str
    after: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Finder:
    """All wordings of the house, ready to be looked for in any number of texts."""

    def __init__(self, wordings: Iterable[FixedWording]) -> None:
        self._wrong: dict[str, FixedWording] = {}
        right: set[str] = set()
        for one in wordings:
            right |= {fold(one.wording), *map(fold, lines(one.also_right))}
            self._wrong |= {fold(variant): one for variant in lines(one.variants)}
        for known in right:
            self._wrong.pop(known, None)
        longest_first = sorted({*right, *self._wrong}, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def find(self, place: str, text: str) -> list[Flag]:
        """The variants in ``text`` from its beginning on."""
        flags = []
        for match in self._pattern.finditer(fold(text)):
            wording = self._wrong.get(match[0])
            if wording is None:
                continue
            start, end = match.span()
            flags.append(
                Flag(
                    place,
                    text[start:end],
                    wording.wording,
                    wording.blocking,
                    wording.note,
                    text[max(0, start - _AROUND) : start],
                    text[end : end + _AROUND],
                )
            )
        return flags


def finder() -> Finder:
    """With what the list says now."""
    return Finder(FixedWording.objects.all())
