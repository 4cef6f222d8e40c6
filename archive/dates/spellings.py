"""Single dates in Chinese spellings, as EDTF.

Works on text that ``normal`` has been through. A date may cover a span that EDTF has
no single form for (上旬, 上半年): then ``Spelled`` has two ends.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from . import calendars
from .values import Unreadable

_YEAR = re.compile(
    r"(?:公元|公历|西历|阳历)?(?:"
    r"(?P<common>\d{4})年?"
    r"|(?:中华)?民国(?P<republic>\d{1,3})年"
    r"|(?:中华)?民国(?:纪元)?前(?P<before>\d{1,2})年"
    rf"|(?P<era>{'|'.join(calendars.ERAS)})(?:皇帝)?(?P<number>\d{{1,2}})年"
    rf"|(?P<cycle>{calendars.CYCLE.pattern})年"
    rf"|(?P<reign>{'|'.join(calendars.ERAS)})(?P<named>{calendars.CYCLE.pattern})年"
    r"|(?P<short>\d{2})年"
    r")"
)
# The year once more, by another calendar.
_NOTE = re.compile(
    rf"\((?:(?P<cycle>{calendars.CYCLE.pattern})年?|(?P<common>\d{{4}})年?"
    r"|(?:中华)?民国(?P<republic>\d{1,3})年?)\)"
)
_LUNAR = re.compile(r"\(?(?:农历|阴历|旧历|夏历)\)?")
_SOLAR = re.compile(r"\(?(?:公历|阳历|西历)\)?")
_MONTH = re.compile(r"(?P<leap>闰)?(?P<month>\d{1,2})月(?:份)?")
_DAY = re.compile(r"(?P<first>初)?(?P<day>\d{1,2})[日号]?")
_NUMERIC = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|\.(\d{1,2})(?:\.(\d{1,2}))?)"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})?(\d{2})?")
_DECADE = re.compile(
    r"(?:(?P<century>\d{2})世纪|(?P<last>上世纪))?"
    r"(?:(?P<before>\d)、?)?(?P<tens>\d)0年代"
    r"(?:(?P<early>初期?|[早前]期)|(?P<mid>中期?)|(?P<late>末期?|[后晚]期))?"
)
_YEARS_DECADE = re.compile(r"(?P<years>\d{3})0年代")
_CENTURY = re.compile(r"(?:(?P<century>\d{2})世纪|(?P<last>上世纪))")
_TURN = re.compile(r"(春夏|夏秋|秋冬)(?:之交|之间|间|季)?")
_SEASONS = {"春": "21", "夏": "22", "秋": "23", "冬": "24"}
_PARTS_OF_YEAR = {
    "度": (1, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "年初": (1, 3),
    "年底": (10, 12),
    "年末": (10, 12),
    "年中": (5, 8),
    "初": (1, 3),
    "底": (10, 12),
    "第1季度": (1, 3),
    "第2季度": (4, 6),
    "第3季度": (7, 9),
    "第4季度": (10, 12),
    "1季度": (1, 3),
    "2季度": (4, 6),
    "3季度": (7, 9),
    "4季度": (10, 12),
    "末": (10, 12),
    "某月": (1, 12),
    "某月某日": (1, 12),
    "间": (1, 12),
}
_PARTS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_PARTS_OF_MONTH = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "初": (1, 10),
    "中": (11, 20),
    "底": (21, 31),
    "末": (21, 31),
}


@dataclass(frozen=True, slots=True)
class Spelled:
    """One date; ``end`` where it ends later than ``start`` says.

    ``calendar`` is a value of ``archive.vocabulary.Calendar``.
    """

    start: str
    calendar: str
    end: str = ""

    @property
    def edtf(self) -> str:
        return f"{self.start}/{self.end}" if self.end else self.start


def spelled(text: str, today: date) -> list[Spelled]:
    """What one date may mean: several where it does not say which year it is.

    Empty where it is none of these spellings; raises ``Unreadable`` where it is and
    there is no such day.
    """
    for read in (_numeric, _decade):
        found = read(text, today)
        if found is not None:
            return [found]
    notes = list(_NOTE.finditer(text))
    text = _NOTE.sub("", text)
    lunar = bool(_LUNAR.search(text))
    text = _SOLAR.sub("", _LUNAR.sub("", text))
    match = _YEAR.match(text)
    if match is None:
        return []
    rest = text[match.end() :]
    years, system = _years(match, today)
    old = system in ("era", "cycle")
    meanings: list[Spelled] = []
    refused: Unreadable | None = None
    for year in years:
        try:
            found = _within(year, rest, lunar, old)
        except Unreadable as error:
            refused = error
            continue
        if found is None:
            return []
        wrong = [note[0] for note in notes if not _agrees(note, year, found)]
        if wrong:
            message = _("“（%(remark)s）”与前面的日期不符")
            refused = Unreadable(message % {"remark": wrong[0].strip("()")})
            continue
        written = found.calendar if found.calendar == "lunar" else system
        meanings.append(Spelled(found.start, written, found.end))
    if not meanings and refused is not None:
        raise refused
    return meanings


def _agrees(note: re.Match[str], year: int, found: Spelled) -> bool:
    """Whether the note means the same year; a lunar one ends in the year after."""
    if note["cycle"]:
        return calendars.called(year, note["cycle"])
    if note["republic"]:
        said = int(note["republic"]) + calendars.REPUBLIC
    else:
        said = int(note["common"])
    ends = {one[:4] for one in (found.start, found.end) if one}
    return said == year or f"{said:04d}" in ends


def _years(match: re.Match[str], today: date) -> tuple[list[int], str]:
    """The years that are meant, and by which calendar they are counted."""
    if match["common"]:
        if match["common"] == "0000":
            raise Unreadable(_("没有公元 0 年"))
        return [int(match["common"])], "gregorian"
    if match["republic"]:
        if int(match["republic"]) == 0:
            raise Unreadable(_("民国没有 0 年"))
        return [int(match["republic"]) + calendars.REPUBLIC], "republic"
    if match["before"]:
        return [calendars.REPUBLIC + 1 - max(1, int(match["before"]))], "republic"
    if match["era"]:
        return [calendars.era_year(match["era"], int(match["number"]))], "era"
    if match["reign"]:
        return calendars.named_years(match["reign"], match["named"]), "era"
    if match["cycle"]:
        return calendars.cycle_years(match["cycle"], today), "cycle"
    short = int(match["short"])
    republic = short + calendars.REPUBLIC
    years = [1900 + short, 2000 + short, republic if short else 0]
    return sorted({year for year in years if 1900 <= year <= today.year}), "gregorian"


def _within(year: int, rest: str, lunar: bool, old: bool) -> Spelled | None:
    """The part of ``year`` that ``rest`` names; None: unknown spelling."""
    if not rest:
        return Spelled(f"{year:04d}", "gregorian")
    season = rest.removesuffix("季").removesuffix("天")
    if season in _SEASONS:
        return Spelled(f"{year:04d}-{_SEASONS[season]}", "gregorian")
    if turn := _TURN.fullmatch(rest):
        first_season, last_season = (_SEASONS[name] for name in turn[1])
        ends = f"{year:04d}-{first_season}", f"{year:04d}-{last_season}"
        return Spelled(ends[0], "gregorian", ends[1])
    if rest in _PARTS_OF_YEAR:
        first, last = _PARTS_OF_YEAR[rest]
        if (first, last) == (1, 12):
            return Spelled(f"{year:04d}", "gregorian")
        return Spelled(f"{year:04d}-{first:02d}", "gregorian", f"{year:04d}-{last:02d}")
    match = _MONTH.match(rest)
    if match is None:
        return None
    month, rest = int(match["month"]), rest[match.end() :]
    leap = bool(match["leap"])
    day = _DAY.fullmatch(rest)
    if lunar or leap or old or (day is not None and day["first"]):
        return _lunar(year, month, leap, rest)
    return _solar(year, month, rest)


def _solar(year: int, month: int, rest: str) -> Spelled | None:
    if not 1 <= month <= 12:
        raise Unreadable(_("没有 %(month)d 月") % {"month": month})
    written = f"{year:04d}-{month:02d}"
    if not rest or rest == "间":
        return Spelled(written, "gregorian")
    if rest in ("某日", "X日", "XX日", "×日"):
        return Spelled(f"{written}-XX", "gregorian")
    last = calendar.monthrange(year, month)[1]
    if rest in _PARTS_OF_MONTH:
        first_day, last_day = _PARTS_OF_MONTH[rest]
        end = f"{written}-{min(last_day, last):02d}"
        return Spelled(f"{written}-{first_day:02d}", "gregorian", end)
    match = _DAY.fullmatch(rest)
    if match is None:
        return None
    day = int(match["day"])
    if not 1 <= day <= last:
        message = _("%(year)d年%(month)d月没有 %(day)d 日")
        raise Unreadable(message % {"year": year, "month": month, "day": day})
    return Spelled(f"{written}-{day:02d}", "gregorian")


def _lunar(year: int, month: int, leap: bool, rest: str) -> Spelled | None:
    if not rest or rest in ("某日", "间"):
        first, last = calendars.lunar_month(year, month, leap)
        return Spelled(first.isoformat(), "lunar", last.isoformat())
    if rest in _PARTS_OF_MONTH:
        first, last = calendars.lunar_month(year, month, leap)
        begins, ends = _PARTS_OF_MONTH[rest]
        start = date.fromordinal(first.toordinal() + begins - 1)
        end = min(date.fromordinal(first.toordinal() + ends - 1), last)
        return Spelled(start.isoformat(), "lunar", end.isoformat())
    match = _DAY.fullmatch(rest)
    if match is None:
        return None
    found = calendars.lunar_day(year, month, int(match["day"]), leap)
    return Spelled(found.isoformat(), "lunar")


def _numeric(text: str, today: date) -> Spelled | None:
    match = _NUMERIC.fullmatch(text)
    if match:
        year, *rest = match.groups()
        month, day = (rest[0], rest[1]) if rest[0] else (rest[2], rest[3])
        # 1963-24 is EDTF for a winter.
        if int(month) > 12 and day is None:
            return None
    else:
        match = _COMPACT.fullmatch(text)
        if match is None:
            return None
        year, month, day = match.groups()
    return _digits(year, month, day)


def _digits(year: str, month: str | None, day: str | None) -> Spelled:
    """``00`` means that the part is unknown."""
    month = None if month is None or int(month) == 0 else month
    day = None if month is None or day is None or int(day) == 0 else day
    if year == "0000":
        raise Unreadable(_("没有公元 0 年"))
    if month is None:
        return Spelled(year, "gregorian")
    found = _solar(int(year), int(month), "" if day is None else f"{int(day)}日")
    if found is None:
        raise Unreadable(_("没有这一天"))
    return found


def _decade(text: str, today: date) -> Spelled | None:
    if match := _YEARS_DECADE.fullmatch(text):
        return Spelled(f"{match['years']}X", "gregorian")
    match = _DECADE.fullmatch(text)
    century = _CENTURY.fullmatch(text) if match is None else match
    if century is None:
        return None
    now = today.year // 100
    # Without a century: the one that has just passed, as people write.
    hundreds = int(century["century"]) - 1 if century["century"] else now - 1
    if match is None:
        return Spelled(f"{hundreds:02d}XX", "gregorian")
    decade = f"{hundreds:02d}{match['tens']}"
    for part, (first, last) in _PARTS_OF_DECADE.items():
        if match[part]:
            return Spelled(f"{decade}{first}", "gregorian", f"{decade}{last}")
    if match["before"]:
        begins = f"{hundreds:02d}{match['before']}X"
        return Spelled(begins, "gregorian", f"{decade}X")
    return Spelled(f"{decade}X", "gregorian")
