"""The timetable of a week, by day and by place, with the places that are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.knowledge.chronicle import events_on
from cms.languages import translated
from cms.models.occasions import Occasion
from cms.publicity_week import honours
from cms.publicity_week.dates import Week
from cms.registration.places import Places, State, places_of

if TYPE_CHECKING:
    from cms.models.event_page import EventPage
    from cms.models.publicity_week import ProgrammePage

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


@dataclass(frozen=True, slots=True)
class Slot:
    """An event in a timetable.

    ``page`` is what readers read, ``event`` the original, whose times count.
    ``places`` is None while nobody knows of it but its editors.
    """

    page: EventPage
    event: EventPage
    places: Places | None

    @property
    def occasion(self) -> Occasion | None:
        return self.event.occasion

    @property
    def state(self) -> str:
        """Values of ``cms.registration.places.State``."""
        if self.places is not None:
            return str(self.places.state.value)
        over = self.event.ends_at < timezone.now()
        return str((State.OVER if over else State.NONE).value)

    @property
    def takes(self) -> bool:
        return self.places is not None and self.places.takes

    @property
    def has_outcomes(self) -> bool:
        return bool(self.page.after)


@dataclass(frozen=True, slots=True)
class Day:
    """``weekday`` as calendars print it."""

    date: date
    slots: tuple[Slot, ...]
    is_today: bool

    @property
    def anchor(self) -> str:
        return f"d{self.date:%m%d}"

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS[self.date.weekday()])


@dataclass(frozen=True, slots=True)
class Venue:
    """``name`` is empty for events whose place is not known yet."""

    name: str
    map_url: str
    slots: tuple[Slot, ...]


def events_below(programme: ProgrammePage) -> Sequence[EventPage]:
    """The events of a programme, published or not, as they were last saved."""
    if not programme.path:
        return []
    model: Any = apps.get_model("cms", "EventPage")
    pages = model.objects.child_of(programme)
    return [page.get_latest_revision_as_object() for page in pages]


def outside(day: date, programme: Any) -> str:
    """What is wrong with a day that is not in the week, "" if nothing is."""
    latest = programme.get_latest_revision_as_object()
    week: Week = latest.week
    if day in week:
        return ""
    message = gettext(
        "%(year)s 年宣传周是 %(first)s 至 %(last)s，%(day)s 不在其内："
        "请改日期，或先改日程页上的起止日期。"
    )
    return message % {
        "year": latest.year,
        "first": week.first,
        "last": week.last,
        "day": day,
    }


def slots_of(original: ProgrammePage) -> list[Slot]:
    """The published events in the reader's language, in order.

    A constant number of queries: pages, translations, registrations.
    """
    model: Any = apps.get_model("cms", "EventPage")
    found = translated.originals(model).child_of(original).select_related("occasion")
    events = list(found.order_by("day", "starts", "path"))
    places = places_of(one.occasion for one in events if one.occasion)
    pages = translated.readable(events)
    return [
        _slot(page, event, places) for page, event in zip(pages, events, strict=True)
    ]


def slot_of(page: EventPage) -> Slot:
    event = page.original
    places = places_of([event.occasion] if event.occasion else [])
    return _slot(page, event, places)


def _slot(page: EventPage, event: EventPage, places: dict[int, Places]) -> Slot:
    known = event.occasion_id
    return Slot(page, event, places.get(known) if known is not None else None)


def by_day(week: Week, slots: Sequence[Slot]) -> list[Day]:
    """Every day of the week, also those on which nothing is."""
    today = timezone.localdate()
    return [
        Day(
            day,
            tuple(slot for slot in slots if slot.event.day == day),
            day == today,
        )
        for day in sorted({*week.days, *(slot.event.day for slot in slots)})
    ]


def by_place(slots: Sequence[Slot]) -> list[Venue]:
    """In the order in which the places come first; the unknown one last."""
    found: dict[str, list[Slot]] = {}
    for slot in slots:
        found.setdefault(slot.event.place, []).append(slot)
    venues = [
        Venue(
            kept[0].page.place or name,
            next((one.event.map_url for one in kept if one.event.map_url), ""),
            tuple(kept),
        )
        for name, kept in found.items()
    ]
    return sorted(venues, key=lambda venue: not venue.name)


def context(page: ProgrammePage, slots: Sequence[Slot]) -> dict[str, Any]:
    """What the page of a programme shows besides its own texts."""
    original = page.original
    week = original.week
    return {
        "week": week,
        "days": by_day(week, slots),
        "slots": slots,
        "is_over": week.last < timezone.localdate(),
        "outcomes": [slot for slot in slots if slot.has_outcomes],
        "honour_lists": honours.latest(original.year),
        "anniversaries": events_on(week.first, len(week.days)),
        "section": original.get_parent().specific,
    }
