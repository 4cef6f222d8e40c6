"""The days that an EDTF text covers."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from time import struct_time

from edtf import EDTFParseException, parse_edtf

_WINTER = re.compile(r"\d{4}-24[?~%]?")

Bounds = tuple[date | None, date | None]


@lru_cache(maxsize=4096)  # the parser takes milliseconds, and dates repeat
def bounds(edtf: str) -> Bounds | None:
    """First and last day; None where ``edtf`` is no EDTF or has neither.

    Seasons: 春 March to May, 夏 June to August, 秋 September to November, 冬 December
    to February of the year after.
    """
    try:
        parsed = parse_edtf(edtf)
        earliest = _day(parsed.lower_strict) if not _open(edtf, 0) else None
        latest = _day(parsed.upper_strict) if not _open(edtf, -1) else None
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError):
        # The library answers odd but well-formed text with any of these.
        return None
    if latest is not None and _WINTER.fullmatch(edtf.split("/")[-1]):
        latest = _end_of_winter(latest)
    if earliest is None and latest is None:
        return None
    if earliest is not None and latest is not None and earliest > latest:
        return None
    return earliest, latest


def _end_of_winter(day: date) -> date | None:
    """The last day of February after 31 December."""
    if day.year >= date.max.year:
        return day
    following = date(day.year + 1, 3, 1)
    return date.fromordinal(following.toordinal() - 1)


def _open(edtf: str, side: int) -> bool:
    """Whether this side of a range is open or unknown."""
    sides = edtf.split("/")
    return len(sides) == 2 and sides[side] in ("", "..")


def _day(bound: Callable[[], struct_time]) -> date:
    moment = bound()
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
