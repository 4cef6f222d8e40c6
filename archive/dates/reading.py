"""From what a document says to what the catalogue can sort and search by."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product

from django.utils.translation import gettext as _

from archive.vocabulary import Calendar, Certainty

from .bounds import bounds
from .normal import normal
from .remarks import with_remark
from .spellings import Spelled, spelled
from .values import DateRange, Unreadable
from .words import in_words

MAX_LENGTH = 200
# What says that there is no date.
UNDATED = frozenset(
    ("无日期", "日期不详", "时间不详", "年代不详", "不详", "无", "n.d.", "nd", "s.d.")
)
_END = re.compile(r"(?<!\.)[。.，,；;]$")
_BRACKETS = re.compile(r"[\[〔]([^,]+?(?<!\.\.))[\]〕]")
_ABOUT = re.compile(r"(?:大?约(?:在|为|于)?|(?:circa|ca\.?|c\.))(.+)", re.IGNORECASE)
_ABOUT_AFTER = re.compile(r"(.+?)(?:前后|左右|许)")
_DOUBTFUL = re.compile(r"(.+?)(?:\(?\?\)?|\(存疑\)|存疑)")
_FROM = re.compile(r"(.+?)(?:起|以来|以后|之后|后|—+|-+|至今|/\.\.)")
_UNTIL = re.compile(r"(?:\.\./)?(.+?)(?:以前|之前|前|止)?")
_RANGE = re.compile(r"/|至|到|~(?=\d)|—+|–|(?<=[年月日号旬季初底末])-(?=\d)")
# 1966-1976年 and 1963.1-1963.12, as covers of files have it.
_TWO_DATES = re.compile(r"(\d{4}(?:\.\d{1,2}){0,2}年?)-(\d{4}(?:\.\d{1,2}){0,2}年?)")
_TWO_DAYS = re.compile(r"(\d{8})-(\d{8})")
_MONTH_NUMBER = re.compile(r"年\d{1,2}$")
_YEAR_AFTER = re.compile(r"^(?:翌年|次年|第2年)")
_OR = re.compile(r"或者?|、")
# What the end of a range may borrow from its start, the longest first.
_BORROWED = (
    re.compile(r".*?年.*?月"),
    re.compile(r".*?年"),
    re.compile(r"(?:中华)?民国"),
    re.compile(r"\d{2}世纪"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of a date.

    ``edtf`` "": undated, or not understood (then ``problem`` says why, for a
    person; ``impossible``: it is written as a date is, and there is no such day).
    Several ``candidates``: the text does not say which it is, and a person
    should choose; until then ``edtf`` lists them and the range covers all.
    """

    edtf: str = ""
    display: str = ""
    earliest: date | None = None
    latest: date | None = None
    calendar: str = ""
    certainty: str = ""
    candidates: tuple[DateRange, ...] = ()
    problem: str = ""
    impossible: bool = False

    @property
    def ambiguous(self) -> bool:
        return len(self.candidates) > 1


def read(text: str, today: date | None = None) -> Reading:
    """Read ``text``; never raises. ``today`` bounds years that are not named."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _END.sub("", plain) if plain.lower() not in UNDATED else plain
    if not plain or plain.lower() in UNDATED:
        return Reading()
    if len(plain) > MAX_LENGTH:
        return Reading(problem=_("日期不应超过 %(n)d 字。") % {"n": MAX_LENGTH})
    # DA/T 18 puts a researched date in brackets; EDTF's own lists have commas.
    researched = _BRACKETS.fullmatch(plain)
    try:
        inner = normal(researched[1] if researched else plain)
        reading = _read(inner, today or date.today())
    except Unreadable as error:
        told = _("%(why)s，请核对。") % {"why": error}
        return Reading(problem=told, impossible=True)
    if reading is None:
        return _as_edtf(plain)
    if researched:
        certainty = Certainty.INFERRED.value
        return replace(reading, certainty=certainty, display=f"[{reading.display}]")
    return reading


def read_date(text: str) -> DateRange | None:
    """The date that ``text`` says, or None where it says none that can be read."""
    reading = read(text)
    if not reading.edtf:
        return None
    return DateRange(reading.edtf, reading.display, reading.earliest, reading.latest)


@lru_cache(maxsize=4096)
def _read(text: str, today: date) -> Reading | None:
    """None where ``text`` is none of the known spellings.

    A table has the same dates again and again, and each is looked at several times.
    """
    for attempt in (_single, _alternatives, _between, _open):
        meanings = attempt(text, today)
        if meanings:
            return _reading(meanings)
    return None


def _reading(meanings: list[Spelled]) -> Reading | None:
    """One reading out of all that is possible."""
    ranges = [found for one in meanings if (found := _range(one.edtf)) is not None]
    if not ranges:
        return None
    calendar = meanings[0].calendar
    if len(ranges) == 1:
        one = ranges[0]
        days = one.earliest, one.latest
        return Reading(one.edtf, one.display, *days, calendar, _certainty(one.edtf))
    return _one_of(ranges, calendar)


def _one_of(ranges: list[DateRange], calendar: str) -> Reading:
    """Several possible dates, until a person has chosen."""
    first = [one.earliest for one in ranges]
    last = [one.latest for one in ranges]
    earliest = min(day for day in first if day) if all(first) else None
    latest = max(day for day in last if day) if all(last) else None
    edtf = f"[{','.join(one.edtf.replace('/', '..') for one in ranges)}]"
    if bounds(edtf) is None:  # EDTF knows no season in a list
        ends = (day.isoformat() if day else ".." for day in (earliest, latest))
        edtf = "/".join(ends)
    return Reading(
        edtf,
        "或".join(one.display for one in ranges),
        earliest,
        latest,
        calendar,
        Certainty.UNCERTAIN.value,
        tuple(ranges),
    )


def _certainty(edtf: str) -> str:
    if "?" in edtf or "%" in edtf:
        return Certainty.UNCERTAIN.value
    if "~" in edtf:
        return Certainty.APPROXIMATE.value
    return Certainty.CERTAIN.value


def _range(edtf: str) -> DateRange | None:
    found = bounds(edtf)
    return None if found is None else DateRange(edtf, in_words(edtf), *found)


def _single(text: str, today: date) -> list[Spelled]:
    """One date with its marks of doubt."""
    for pattern, mark in ((_ABOUT, "~"), (_ABOUT_AFTER, "~"), (_DOUBTFUL, "?")):
        match = pattern.fullmatch(text)
        if match:
            meanings = spelled(match[1], today)
            return [_marked(one, mark) for one in meanings]
    return spelled(text, today) or with_remark(text, today)


def _marked(one: Spelled, mark: str) -> Spelled:
    end = f"{one.end}{mark}" if one.end else ""
    return Spelled(f"{one.start}{mark}", one.calendar, end)


def _alternatives(text: str, today: date) -> list[Spelled]:
    """``1963年11月20日或22日``: the document itself says that it is one of them;
    ``1963年、1965年``: that it is of both.
    """
    sides = _OR.split(text)
    if not 2 <= len(sides) <= 5:
        return []
    first = _single(sides[0], today)
    others = [_borrowing(sides[0], side, today) for side in sides[1:]]
    if not first or not all(others) or any(len(one) > 1 for one in (first, *others)):
        return []
    every = [*first, *(one for other in others for one in other)]
    if any(one.end for one in every):
        return []
    listed = ",".join(one.start for one in every)
    edtf = f"[{listed}]" if "或" in text else f"{{{listed}}}"
    return [Spelled(edtf, every[0].calendar)]


def _between(text: str, today: date) -> list[Spelled]:
    """From one date to another."""
    whole = _TWO_DAYS.fullmatch(text) or _TWO_DATES.fullmatch(text)
    sides = list(whole.groups()) if whole else _RANGE.split(text)
    if len(sides) != 2 or not all(sides):
        return []
    if _MONTH_NUMBER.search(sides[0]) and sides[1].endswith("月"):
        sides[0] += "月"
    sides[1] = _YEAR_AFTER.sub(lambda match: _year_after(sides[0]), sides[1])
    starts = _single(sides[0], today) or _short_start(sides, today)
    ends = _borrowing(sides[0], sides[1], today)
    pairs = (
        Spelled(start.start, start.calendar, end.end or end.start)
        for start, end in product(starts, ends)
    )
    good = [one for one in pairs if bounds(one.edtf) is not None]
    if len(starts) > 1 and len(starts) == len(ends):
        # Both ends belong to the same cycle or century.
        paired = zip(starts, ends, strict=True)
        good = [Spelled(a.start, a.calendar, b.end or b.start) for a, b in paired]
    return good


def _year_after(start: str) -> str:
    """``1963年12月`` → ``1964年``, for 翌年."""
    year = re.match(r"\d{4}", start)
    return f"{int(year[0]) + 1}年" if year else ""


def _short_start(sides: list[str], today: date) -> list[Spelled]:
    """``60至70年代``."""
    if sides[0].isdecimal() and sides[1].endswith("年代"):
        return _single(f"{sides[0]}年代", today)
    return []


def _open(text: str, today: date) -> list[Spelled]:
    """From a date on, or until a date."""
    match = _FROM.fullmatch(text)
    if match:
        return [
            Spelled(one.start, one.calendar, "..") for one in _single(match[1], today)
        ]
    match = _UNTIL.fullmatch(text)
    if match and match[1] != text:
        return [
            Spelled("..", one.calendar, one.end or one.start)
            for one in _single(match[1], today)
        ]
    return []


def _borrowing(start: str, end: str, today: date) -> list[Spelled]:
    """``end`` read by itself, or with the era, year and month of ``start``."""
    prefixes = [match[0] for one in _BORROWED if (match := one.match(start))]
    alone = _single(end, today)
    short = re.fullmatch(r"\d{1,2}年.*", end) is not None
    if alone and not short:
        return alone
    for prefix in reversed(prefixes) if short else prefixes:
        try:
            found = _single(prefix + end, today)
        except Unreadable:
            if prefix is prefixes[-1]:
                raise
            continue
        if found:
            return found
    return alone


def _as_edtf(text: str) -> Reading:
    """What is no spelling of ours may be EDTF itself."""
    found = _range(text)
    if found is not None:
        values = (found.edtf, found.display, found.earliest, found.latest)
        return Reading(*values, Calendar.GREGORIAN.value, _certainty(text))
    return Reading(problem=_problem(text))


def _problem(text: str) -> str:
    if text.startswith("公元前"):
        return _("公元前的日期不能读。请照录原文，日期（EDTF）留空。")
    known = re.match(r".*?\d{4}年(?:\d{1,2}月)?", normal(text))
    if known and len(known[0]) < len(normal(text)):
        rest = normal(text)[len(known[0]) :]
        return _(
            "读到“%(known)s”，读不懂后面的“%(rest)s”。原文照录，"
            "请在“日期（EDTF）”填写 1963-11-20 或 1963-11 这样的日期。"
        ) % {"known": known[0][:40], "rest": rest[:40]}
    return _(
        "读不懂“%(text)s”。能读懂的写法如 1963年11月20日、民国三十七年；原文若非如此，"
        "照录即可，请在“日期（EDTF）”填写 1963-11-20 或 1963-11 这样的日期。"
    ) % {"text": text[:40]}
