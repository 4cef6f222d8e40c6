"""What workers do for the site from time to time."""

import time
from collections.abc import Callable

from cms import bookings, kept, takedown
from cms.editing import schedule
from cms.registration import forgetting, sending

_MINUTE, _HOUR = 60.0, 3600.0


class Every:
    """A worker's step: ``work``, but no sooner than ``seconds`` after the last time.

    In between it answers that nothing was done. Each process has a clock of its own.
    """

    def __init__(self, seconds: float, work: Callable[[], int]) -> None:
        self._seconds, self._work = seconds, work
        self.next = 0.0

    def __call__(self) -> int:
        if time.monotonic() < self.next:
            return 0
        self.next = time.monotonic() + self._seconds
        return self._work()


publish_step = Every(_MINUTE, schedule.publish_due)
takedown_step = Every(_HOUR, takedown.erase_due)
bookings_step = Every(_HOUR, bookings.forget)
registrations_step = Every(_HOUR, forgetting.forget)
notices_step = Every(_MINUTE, sending.send_waiting)
handouts_step = Every(_HOUR, kept.sweep)
