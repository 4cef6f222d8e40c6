"""Opening hours: seven days as editors give them, and what is said of today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext_lazy as _

DAYS = (
    _("星期一"),
    _("星期二"),
    _("星期三"),
    _("星期四"),
    _("星期五"),
    _("星期六"),
    _("星期日"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """From and until; ``last_entry`` only where the house has one."""

    opens: time
    closes: time
    last_entry: time | None


@dataclass(frozen=True, slots=True)
class DayHours:
    """One weekday: its spans in order; none means that it is closed."""

    label: Any
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Days on which the ordinary hours do not hold; without a span: closed."""

    first: date
    last: date
    span: Span | None
    reason: str


def week(values: Iterable[Mapping[str, Any]]) -> list[DayHours]:
    """Monday to Sunday; an empty list where nothing is known of any day."""
    spans: dict[int, list[Span]] = {day: [] for day in range(7)}
    for value in values:
        span = _span(value)
        if span is not None:
            for day in value["days"]:
                spans[int(day)].append(span)
    if not any(spans.values()):
        return []
    return [
        DayHours(DAYS[day], tuple(sorted(of, key=lambda one: one.opens)))
        for day, of in spans.items()
    ]


def exceptions(values: Iterable[Mapping[str, Any]], today: date) -> list[Exceptional]:
    """Those that are not over, the next first; of the same days by the clock."""
    told = [
        Exceptional(
            value["first"],
            value["last"] or value["first"],
            _span(value),
            value["reason"],
        )
        for value in values
    ]
    ahead = (one for one in told if one.last >= today)
    return sorted(ahead, key=lambda one: (one.first, one.last, _opening(one)))


def _opening(one: Exceptional) -> time:
    return one.span.opens if one.span else time.min


def _span(value: Mapping[str, Any]) -> Span | None:
    if not value["opens"] or not value["closes"]:
        return None
    return Span(value["opens"], value["closes"], value.get("last_entry"))
