"""The week on the front page: day by day when it is near, else its next dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from cms.languages import translated
from cms.publicity_week import programme, years
from cms.publicity_week.dates import Week

NEAR = timedelta(days=30)
"""The strip stands on the front page from so long before the week to its end."""


@dataclass(frozen=True, slots=True)
class Strip:
    """``days`` are empty while the week is not near, or has no programme yet.

    ``page`` is then the section's, else the programme's.
    """

    page: Any
    week: Week
    days: tuple[programme.Day, ...]
    is_on: bool


def strip() -> Strip | None:
    """None while the section is not published.

    It depends on the day, which is part of the page cache's key (decision 0020), and
    on pages and occasions, whose saving ends what the cache has.
    """
    index_model: Any = apps.get_model("cms", "WeekIndexPage")
    section = translated.originals(index_model).first()
    if section is None:
        return None
    today = timezone.localdate()
    programmes = years.published()
    week = years.next_week(programmes, today)
    current = next((one for one in programmes if one.week == week), None)
    if current is None or today < week.first - NEAR:
        return Strip(translated.readable([section])[0], week, (), False)
    days = tuple(programme.by_day(week, programme.slots_of(current)))
    return Strip(translated.readable([current])[0], week, days, today in week)
