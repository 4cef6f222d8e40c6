"""The weeks of all years: which one is on, which is next, which were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from cms.languages import translated
from cms.publicity_week import honours
from cms.publicity_week.dates import Week, week_of

if TYPE_CHECKING:
    from cms.models.publicity_week import ProgrammePage


@dataclass(frozen=True, slots=True)
class Year:
    """``page`` is what readers read; ``week`` is that of the original."""

    page: ProgrammePage
    number: int
    week: Week


def published() -> list[Any]:
    """The programmes that everyone may read, the latest first; one query."""
    model: Any = apps.get_model("cms", "ProgrammePage")
    return list(translated.originals(model).order_by("-year"))


def next_week(programmes: list[Any], today: date) -> Week:
    """The week that is on or comes next; as announced, else by the rule."""
    announced = {one.year: one.week for one in programmes}
    this = announced.get(today.year) or week_of(today.year)
    if this.last >= today:
        return this
    return announced.get(today.year + 1) or week_of(today.year + 1)


def overview(section: Any) -> dict[str, Any]:
    """For the section's page: the current year or None, the next dates, the past."""
    today = timezone.localdate()
    originals = published()
    pages = translated.readable(originals)
    years = [
        Year(page, one.year, one.week)
        for page, one in zip(pages, originals, strict=True)
    ]
    coming = next_week(originals, today)
    # After the week its programme stays in front until the next one is published.
    ahead = [one for one in years if one.week.last >= today]
    current = ahead[-1] if ahead else None
    if current is None:
        current = next((one for one in years if one.number == today.year), None)
    return {
        "current": current,
        "is_over": current is not None and current.week.last < today,
        "coming": coming,
        "past": [one for one in years if one is not current],
        "honour_years": [year for year, _lists in honours.by_year()],
    }
