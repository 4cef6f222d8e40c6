"""The week as a calendar to subscribe to, and each event as a file to open.

The addresses are made of the year and the event's own name, and stay. What was called
off stays in the calendar as cancelled, or those who have it would never hear of it.
"""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cms import calendars
from cms.models import EventPage, ProgrammePage
from cms.publicity_week.programme import Slot, slots_of


def of_week(request: HttpRequest, year: int) -> HttpResponse:
    """All events of a year that are published."""
    programme = _programme(year)
    entries = _entries(request, slots_of(programme))
    content = calendars.calendar(programme.title, entries)
    return calendars.response(f"publicity-week-{year}.ics", content)


def of_event(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One of them."""
    programme = _programme(year)
    slots = [slot for slot in slots_of(programme) if slot.event.slug == slug]
    if not slots:
        raise Http404
    content = calendars.calendar(slots[0].page.title, _entries(request, slots))
    return calendars.response(f"{year}-{slots[0].event.pk}.ics", content)


def address_of_week(programme: ProgrammePage) -> str:
    return reverse("week-calendar", args=[programme.year])


def address_of_event(event: EventPage, year: int) -> str:
    return reverse("event-calendar", args=[year, event.slug])


def _programme(year: int) -> Any:
    found: Any = ProgrammePage.objects.live().public().filter(year=year)
    programme = next((one for one in found if one.original.pk == one.pk), None)
    if programme is None:
        raise Http404
    return programme


def _entries(request: HttpRequest, slots: Iterable[Slot]) -> list[calendars.Entry]:
    root = request.build_absolute_uri("/")[:-1]
    return [
        calendars.entry_of(slot.occasion, root, slot.page.summary)
        for slot in slots
        if slot.occasion is not None
    ]
