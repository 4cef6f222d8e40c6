"""What the pages of registrations need: occasions with people on their lists."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from cms.models.occasions import Occasion, Registration
from cms.registration import leaving, taking
from cms.registration.people import Person
from tests.cms.registration.building import occasion

OPEN, FULL, OFF, CLOSED = "调解方法讲座", "案例研讨会", "露天放映", "课堂开放日"
_STARTS = datetime(2099, 5, 8, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def registrations_made() -> None:
    """One with places, one that is full with a line, one that was called off."""
    when: dict[str, Any] = {
        "starts_at": _STARTS,
        "ends_at": _STARTS.replace(hour=11),
        "place": "一号厅",
        "url": "/",
    }
    people = [Person(f"某甲{n}", "样本单位", f"138{n:08d}") for n in range(9)]
    free = occasion(title=OPEN, capacity=40, **when)
    taking.take(free.pk, people[0])
    taking.take_group(free.pk, people[1:5], liaison="某乙")
    full = occasion(title=FULL, capacity=2, **when)
    taken = [taking.take(full.pk, one) for one in people[:5]]
    leaving.cancel(taken[0].pk)
    shut = occasion(title=CLOSED, capacity=30, **when)
    taking.take(shut.pk, people[0])
    Occasion.objects.filter(pk=shut.pk).update(closes_at=timezone.now())
    off = occasion(title=OFF, is_cancelled=True, cancel_reason="天气原因", **when)
    assert off.is_cancelled


def of(name: str, title: str) -> str:
    """The address of a page of an occasion."""
    return reverse(name, args=[Occasion.objects.get(title=title).uid])


def registered(name: str, title: str, turn: int) -> str:
    """The address of a page of somebody who has registered."""
    one = _one(title, turn)
    args = [one.number] if name in ("registration-mine", "check-in") else []
    return reverse(name, args=args or [one.occasion.uid, one.number])


def group() -> str:
    one = _one(OPEN, 2)
    return reverse("registration-group-done", args=[one.occasion.uid, one.group])


def _one(title: str, turn: int) -> Registration:
    rows = Registration.objects.select_related("occasion")
    return rows.get(occasion__title=title, turn=turn)
