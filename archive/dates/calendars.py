"""Chinese eras, the cycle of sixty, and the lunar calendar.

The lunar calendar is the library's (right before 1900, too); here it is only asked.
"""

import re
from datetime import date

from django.utils.translation import gettext as _
from lunar_python import Lunar, LunarMonth, LunarYear

from .values import Unreadable

REPUBLIC = 1911  # 民国N年 = N + 1911; there is no year 0
# First year of each era, and how many years it had.
ERAS = {
    "顺治": (1644, 18),
    "康熙": (1662, 61),
    "雍正": (1723, 13),
    "乾隆": (1736, 60),
    "嘉庆": (1796, 25),
    "道光": (1821, 30),
    "咸丰": (1851, 11),
    "同治": (1862, 13),
    "光绪": (1875, 34),
    "宣统": (1909, 3),
}
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = re.compile(f"[{STEMS}][{BRANCHES}]")
_JIAZI = 4  # a year that leaves this over 60 is 甲子
_FROM = 1840  # before it, a year of the cycle needs its era


def era_year(era: str, number: int) -> int:
    """``光绪`` 23 → 1897."""
    first, length = ERAS[era]
    if not 1 <= number <= length:
        message = _("%(era)s只有 %(length)d 年")
        raise Unreadable(message % {"era": era, "length": length})
    return first + number - 1


def named_years(era: str, name: str) -> list[int]:
    """``光绪`` ``癸卯`` → 1903; the longest era had some names twice."""
    first, length = ERAS[era]
    found = [year for year in range(first, first + length) if called(year, name)]
    if not found:
        message = _("%(era)s没有%(name)s年")
        raise Unreadable(message % {"era": era, "name": name})
    return found


def cycle_years(name: str, today: date) -> list[int]:
    """The years called so from 1840 until now: ``癸卯`` → 1843, 1903, 1963, 2023."""
    return [year for year in range(_FROM, today.year + 1) if called(year, name)]


def called(year: int, name: str) -> bool:
    """Whether ``name`` is that of the year in the cycle of sixty."""
    stem, branch = STEMS.index(name[0]), BRANCHES.index(name[1])
    if stem % 2 != branch % 2:
        raise Unreadable(_("没有“%(name)s”这个干支") % {"name": name})
    place = (year - _JIAZI) % 60
    return (place % 10, place % 12) == (stem, branch)


def lunar_day(year: int, month: int, day: int, leap: bool = False) -> date:
    """The solar day of a lunar one."""
    if not 1 <= day <= _days(year, month, leap):
        message = _("农历%(year)d年%(leap)s%(month)d月没有 %(day)d 日")
        values = {
            "year": year,
            "month": month,
            "day": day,
            "leap": "闰" if leap else "",
        }
        raise Unreadable(message % values)
    solar = Lunar.fromYmd(year, -month if leap else month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def lunar_month(year: int, month: int, leap: bool = False) -> tuple[date, date]:
    """The first and last solar day of a lunar month."""
    last = _days(year, month, leap)
    return lunar_day(year, month, 1, leap), lunar_day(year, month, last, leap)


def _days(year: int, month: int, leap: bool) -> int:
    if not 1 <= month <= 12:
        raise Unreadable(_("没有 %(month)d 月") % {"month": month})
    if leap and LunarYear.fromYear(year).getLeapMonth() != month:
        message = _("农历%(year)d年没有闰%(month)d月")
        raise Unreadable(message % {"year": year, "month": month})
    days: int = LunarMonth.fromYm(year, -month if leap else month).getDayCount()
    return days
