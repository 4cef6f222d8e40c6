"""A date that was understood."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateRange:
    """``earliest`` and ``latest`` are inclusive; None on one side: open there.

    ``edtf`` is Extended Date/Time Format (ISO 8601-2); ``display`` is for people.
    """

    edtf: str
    display: str
    earliest: date | None
    latest: date | None


class Unreadable(ValueError):
    """What cannot be read, and why: ``str(error)`` is for a person."""
