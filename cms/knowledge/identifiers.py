"""DOI and ISBN: what is one, and its one spelling."""

import re
from typing import Final

_DOI: Final = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi\s*[:：]\s*)?(10\.\d{4,9}/\S+)", re.I
)
_ISBN_10: Final = re.compile(r"\d{9}[\dX]")
_ISBN_13: Final = re.compile(r"97[89]\d{10}")


def doi(typed: str) -> str | None:
    """``10.…/…`` without the address around it, or None for what is no DOI."""
    match = _DOI.fullmatch(typed.strip())
    return match[1] if match else None


def isbn(typed: str) -> str | None:
    """The digits with hyphens as typed, or None where the check digit is wrong."""
    tidy = re.sub(r"^ISBN[\s:：]*", "", typed.strip(), flags=re.I).upper()
    plain = re.sub(r"[-\s]", "", tidy)
    if _ISBN_13.fullmatch(plain):
        total = sum(int(c) * (3 if at % 2 else 1) for at, c in enumerate(plain))
        return tidy if total % 10 == 0 else None
    if _ISBN_10.fullmatch(plain):
        values = (10 if c == "X" else int(c) for c in plain)
        total = sum((10 - at) * value for at, value in enumerate(values))
        return tidy if total % 11 == 0 else None
    return None
