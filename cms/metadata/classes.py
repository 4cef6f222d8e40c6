"""What programs are told of a class: a CourseInstance of schema.org.

https://schema.org/CourseInstance, a kind of Event; https://schema.org/Course
"""

import json

from cms.metadata.house import CONTEXT, Data, organisation
from cms.models import SiteDetails
from cms.training.classes import ClassView

# JSON may stand in HTML when nothing in it can end the element.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}
_SCHEMA = CONTEXT


def told_of(one: ClassView, details: SiteDetails, root: str) -> str:
    """JSON-LD, fit to stand in a script element; ``root``: scheme and host."""
    house = organisation(details, root)
    told = {
        "@context": _SCHEMA,
        "@type": "CourseInstance",
        "@id": root + one.url,
        "url": root + one.url,
        "name": one.title,
        "description": one.note,
        "courseMode": "Onsite",
        "startDate": one.occasion.starts_at.isoformat(),
        "endDate": one.occasion.ends_at.isoformat(),
        "eventStatus": _status(one),
        "eventAttendanceMode": f"{_SCHEMA}/OfflineEventAttendanceMode",
        "location": _place(one, details),
        "organizer": house,
        "instructor": [{"@type": "Person", "name": name} for name in one.teachers],
        "maximumAttendeeCapacity": one.places.capacity,
        "remainingAttendeeCapacity": one.places.left,
        "isPartOf": {
            "@type": "Course",
            "name": one.curriculum.title,
            "description": getattr(one.curriculum, "summary", ""),
            "provider": house,
        },
    }
    kept = {name: value for name, value in told.items() if value not in ("", [], None)}
    return json.dumps(kept, ensure_ascii=False).translate(_ESCAPES)


def _status(one: ClassView) -> str:
    return f"{_SCHEMA}/{'EventCancelled' if one.is_cancelled else 'EventScheduled'}"


def _place(one: ClassView, details: SiteDetails) -> Data:
    address = details.address or details.place
    return {"@type": "Place", "name": one.place or details.holder, "address": address}
