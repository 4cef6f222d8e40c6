"""What programs are told of courses, of the publicity week and of its events.

https://schema.org/Course, /LearningResource, /Event, /EventSeries
"""

from typing import Any

from django.utils import timezone

from cms.metadata.house import CONTEXT, Data, day, organisation
from cms.models import EventPage, ProgrammePage, SiteDetails

COURSE, LESSON = "Course", "LearningResource"
EVENT, SERIES = "Event", "EventSeries"


def told_of(shown: Any, details: SiteDetails, root: str) -> Data | None:
    """What a page of these kinds has beyond any page; None for others."""
    if getattr(shown, "structured_type", "") == COURSE:
        return _course(shown, details, root)
    if isinstance(shown, EventPage):
        return _event(shown, details, root)
    if isinstance(shown, ProgrammePage):
        return _series(shown, details, root)
    return None


def _course(shown: Any, details: SiteDetails, root: str) -> Data:
    """With its hours, and its lessons as parts of it."""
    audience = {"@type": "Audience", "audienceType": shown.audience}
    minutes = shown.taught_minutes
    return {
        "dateModified": day(shown.last_published_at),
        "provider": organisation(details, root),
        "teaches": shown.aims,
        "audience": audience if shown.audience else "",
        "coursePrerequisites": shown.prerequisites,
        "timeRequired": f"PT{minutes}M" if minutes else "",
        "hasPart": [
            {
                "@type": LESSON,
                "name": lesson.page.title,
                "url": lesson.url if "://" in lesson.url else root + lesson.url,
            }
            for course in shown.courses
            for lesson in course.lessons
        ],
    }


def _event(shown: EventPage, details: SiteDetails, root: str) -> Data:
    """Times are those of the original, in the hall's own zone."""
    original = shown.original
    programme = original.get_parent().specific
    return {
        **_when_and_where(shown, original),
        "organizer": _organizer(programme, details, root),
        "performer": [
            {"@type": "Person", "name": child.value["name"]} for child in shown.speakers
        ],
        "superEvent": {
            "@type": SERIES,
            "@id": root + (programme.get_url() or ""),
            "name": programme.title,
        },
    }


def _series(shown: ProgrammePage, details: SiteDetails, root: str) -> Data:
    """The week, with its events as they are listed on the page."""
    week = shown.original.week
    return {
        "startDate": week.first.isoformat(),
        "endDate": week.last.isoformat(),
        "organizer": _organizer(shown, details, root),
        "subEvent": [
            {
                "@type": EVENT,
                "@id": root + (slot.page.get_url() or ""),
                "url": root + (slot.page.get_url() or ""),
                "name": slot.page.title,
                **_when_and_where(slot.page, slot.event),
            }
            for slot in shown.slots
        ],
    }


def _when_and_where(shown: EventPage, original: EventPage) -> Data:
    off = original.occasion is not None and original.occasion.is_cancelled
    status = "EventCancelled" if off else "EventScheduled"
    return {
        "startDate": timezone.localtime(original.starts_at).isoformat(),
        "endDate": timezone.localtime(original.ends_at).isoformat(),
        "eventStatus": f"{CONTEXT}/{status}",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": shown.place, "address": shown.place}
        if shown.place
        else None,
    }


def _organizer(programme: ProgrammePage, details: SiteDetails, root: str) -> Data:
    if not programme.organiser:
        return organisation(details, root)
    return {"@type": "Organization", "name": programme.organiser}
