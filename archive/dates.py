"""Dates as people write them, read into EDTF and a range of days."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import struct_time

from edtf import EDTFParseException, parse_edtf

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_NUMBER = re.compile(r"[〇○零一二三四五六七八九十]+")
_RANGE = re.compile(r"\s*(?:/|至|~(?=\d)|—+|–)\s*")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})?(\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_DOTTED = re.compile(r"(\d{4})\.(\d{1,2})(?:\.(\d{1,2}))?")
_REPUBLIC = re.compile(r"(?:中[华華])?民[国國](元|1?\d{1,2})年")
_BEFORE_REPUBLIC = 1911
_ABOUT = re.compile(r"(?:大?[约約]|circa|ca\.?|c\.)\s*", re.IGNORECASE)
_START_YEAR = re.compile(
    r"((?:(?:中[华華])?民[国國])?)[\d〇○零一二三四五六七八九十元]+年"
)
_PLAIN = re.compile(r"(\d{4})(?:-(0\d|1[0-2])(?:-(\d{2}))?)?(~?)")
_BRACKETS = re.compile(r"[\[〔]([^,]+?(?<!\.\.))[\]〕]")


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date that was understood; ``earliest`` and ``latest`` are inclusive.

    None on one side: open on that side. ``display`` is for people.
    """

    edtf: str
    display: str
    earliest: date | None
    latest: date | None


def read_date(text: str) -> DateRange | None:
    """What ``text`` says, or None if it cannot be understood (or is empty)."""
    text = unicodedata.normalize("NFKC", text).strip()
    # DA/T 18 puts a researched date in brackets; EDTF's own lists have commas.
    researched = _BRACKETS.fullmatch(text)
    edtf = _to_edtf(researched[1].strip() if researched else text)
    if edtf is None:
        return None
    bounds = _bounds(edtf)
    if bounds is None:
        return None
    display = _display(edtf) if not researched else f"[{_display(edtf)}]"
    return DateRange(edtf, display, *bounds)


def _to_edtf(text: str) -> str | None:
    """EDTF for one date, or for two with a sign of range between them."""
    if not text:
        return None
    single = _one_date(text)
    if single is not None:
        return single
    sides = _RANGE.split(text)
    if len(sides) == 2:
        start, end = _one_date(sides[0]), _second_date(sides)
        if start is not None and end is not None:
            return f"{start}/{end}"
    return text


def _second_date(sides: list[str]) -> str | None:
    """The end of a range; ``1963年5月至11月`` borrows the year of its start.

    ``民国三十七年至三十八年`` borrows its era.
    """
    start = _START_YEAR.match(sides[0])
    borrowed = ("", start[0], start[1]) if start else ("",)
    ends = (_one_date(part + sides[1]) for part in borrowed)
    return next(filter(None, ends), None)


def _one_date(text: str) -> str | None:
    """EDTF for a single date in one of the plain spellings, else None."""
    about = _ABOUT.match(text)
    if about:
        day = _exact_date(text[about.end() :])
        return f"{day}~" if day else None
    return _exact_date(text)


def _exact_date(text: str) -> str | None:
    spelled = _HAN_NUMBER.sub(lambda match: _number(match[0]), text)
    spelled = _REPUBLIC.sub(_common_year, spelled)
    for pattern in (_CHINESE, _COMPACT, _ISO, _DOTTED):
        match = pattern.fullmatch(spelled)
        if match:
            return _joined(*match.groups())
    return None


def _common_year(match: re.Match[str]) -> str:
    """``民国37年`` → ``1948年``; there is no year 0."""
    year = 1 if match[1] == "元" else int(match[1])
    return f"{year + _BEFORE_REPUBLIC}年" if year else match[0]


def _number(han: str) -> str:
    """``一九六三`` → 1963, ``十一`` → 11, ``二十`` → 20."""
    if "十" not in han:
        return han.translate(_DIGITS)
    tens, _, ones = han.partition("十")
    value = tens.translate(_DIGITS) if tens else "1"
    return value + (ones.translate(_DIGITS) if ones else "0")


def _joined(year: str, month: str | None, day: str | None) -> str | None:
    """ISO for a day that exists; ``00`` means that the part is unknown."""
    month = None if month is None or int(month) == 0 else month
    day = None if month is None or day is None or int(day) == 0 else day
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    parts = [year, *(f"{int(part):02d}" for part in (month, day) if part)]
    return "-".join(parts)


@lru_cache(maxsize=4096)  # the parser takes milliseconds, and dates repeat
def _bounds(edtf: str) -> tuple[date | None, date | None] | None:
    """First and last day; None where ``edtf`` is no EDTF or has neither."""
    try:
        parsed = parse_edtf(edtf)
        earliest = _day(parsed.lower_strict) if not _open(edtf, 0) else None
        latest = _day(parsed.upper_strict) if not _open(edtf, -1) else None
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError):
        # The library answers odd but well-formed text with any of these.
        return None
    if earliest is None and latest is None:
        return None
    if earliest is not None and latest is not None and earliest > latest:
        return None
    return earliest, latest


def _open(edtf: str, side: int) -> bool:
    """Whether this side of a range is open or unknown."""
    sides = edtf.split("/")
    return len(sides) == 2 and sides[side] in ("", "..")


def _day(bound: Callable[[], struct_time]) -> date:
    moment = bound()
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def _display(edtf: str) -> str:
    """``1963年11月20日`` for plain dates and ranges of them, else the EDTF."""
    sides = [_PLAIN.fullmatch(side) for side in edtf.split("/")]
    if not all(sides):
        return edtf
    return "至".join(_in_words(*side.groups()) for side in sides if side)


def _in_words(year: str, month: str | None, day: str | None, about: str) -> str:
    words = f"约{year}年" if about else f"{year}年"
    if month:
        words += f"{int(month)}月"
    if day:
        words += f"{int(day)}日"
    return words
