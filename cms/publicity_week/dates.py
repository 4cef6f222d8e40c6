"""When the publicity week is, by the rule of the draft regulation."""

from dataclasses import dataclass
from datetime import date, timedelta

NOVEMBER = 11
MONDAY = 0
_DAYS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Week:
    """From ``first`` to ``last``, both of them in it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> tuple[date, ...]:
        count = (self.last - self.first).days + 1
        return tuple(self.first + n * _DAYS for n in range(count))


def week_of(year: int) -> Week:
    """The week, Monday to Sunday, of the third Monday of November.

    《绍兴市“枫桥经验”传承发展条例（草案送审稿）》第二十四条 says 每年11月第三周
    and does not say how weeks are counted. Read here as GB/T 7408 (ISO 8601) lets
    weeks begin, on Monday, and as one counts weekdays of a month: the third Monday is
    the 15th to the 21st, so the week always begins in the month's third seven days
    and never leaves November. Not followed are these readings, since a week should not
    depend on where a calendar's leaf breaks, nor be cut by a week-end:

    * the third row of a calendar's leaf, where the first row may hold one day only
      (2026: from 9 November, when the first row is Sunday the 1st alone);
    * the third week that has its Thursday in the month, as ISO 8601 numbers the weeks
      of a year (2026: the same; 2028: from 13 November);
    * the 15th to the 21st, which begins on any day of the week;
    * weeks from Sunday, as some calendars print them.

    Whoever announces other dates is followed: they are set on the programme's page.
    """
    first = date(year, NOVEMBER, 15)
    first += (MONDAY - first.weekday()) % 7 * _DAYS
    return Week(first, first + 6 * _DAYS)


def same_weekday(day: date, week: Week) -> date:
    """The first day of ``week`` that is of the weekday of ``day``.

    ``ValueError`` when a short week has none.
    """
    for other in week.days:
        if other.weekday() == day.weekday():
            return other
    raise ValueError(f"no weekday {day.weekday()} in {week}")
