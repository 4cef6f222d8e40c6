"""Calendars to subscribe to and to open: RFC 5545, in the hall's own time.

An entry keeps its UID for good; when it is moved or called off its SEQUENCE has risen
(``cms.registration.occasions``), so that a calendar that has it changes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from icalendar import Calendar, Event

from cms.models.occasions import Occasion

PRODUCT = "-//Fengqiao archive//Programme//ZH"


@dataclass(frozen=True, slots=True)
class Entry:
    """``url`` whole, with scheme and host; times with a zone."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    place: str = ""
    summary: str = ""
    url: str = ""
    is_cancelled: bool = False


def entry_of(occasion: Occasion, root: str, summary: str = "") -> Entry:
    """An occasion as an entry; ``root`` is the site's scheme and host."""
    return Entry(
        uid=f"{occasion.uid}@{root.rpartition('/')[2]}",
        sequence=occasion.sequence,
        title=occasion.title,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        changed_at=occasion.changed_at,
        place=occasion.place,
        summary=summary,
        url=root + occasion.url if occasion.url else "",
        is_cancelled=occasion.is_cancelled,
    )


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """A file of these entries, with the time zone that their times are in."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in entries:
        made.add_component(_event(entry))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def response(filename: str, content: bytes) -> HttpResponse:
    """The file, for a browser or a program that subscribes to it."""
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = str(content_disposition_header(False, filename))
    return answer


def _event(entry: Entry) -> Event:
    zone = ZoneInfo(settings.TIME_ZONE)
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(ZoneInfo("UTC")))
    event.add("last-modified", entry.changed_at.astimezone(ZoneInfo("UTC")))
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", entry.place)
    if entry.summary:
        event.add("description", entry.summary)
    if entry.url:
        event.add("url", entry.url)
    return event
