"""Dates as DA/T 18-2022 writes them: ``YYYYMMDD``, researched ones in brackets."""

import re

_DAY = re.compile(r"(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?")


def to_standard(edtf: str, *, inferred: bool = False) -> str:
    """``1963-11`` → ``19631100``; a range has ``-`` between its ends.

    ``inferred``: in brackets, ``[19450815]``. "" where the standard has no form for
    it (seasons, decades, alternatives, open ranges, doubtful dates).
    """
    ends = [_DAY.fullmatch(part) for part in edtf.split("/")]
    if not all(ends) or len(ends) > 2:
        return ""
    written = "-".join(_digits(*end.groups()) for end in ends if end)
    return f"[{written}]" if inferred else written


def _digits(year: str, month: str | None, day: str | None) -> str:
    return f"{year}{month or '00'}{day or '00'}"
