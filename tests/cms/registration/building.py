"""Occasions and people for tests, made through the services."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.models.occasions import Occasion, Registration
from cms.registration import occasions, taking
from cms.registration.occasions import Told
from cms.registration.people import Person


def occasion(kind: Occasion.Kind = Occasion.Kind.EVENT, **fields: Any) -> Occasion:
    """One that is published and takes registrations, in ten days; ``fields`` differ."""
    starts = timezone.now().replace(microsecond=0) + timedelta(days=10)
    told = {
        "title": "样本讲座",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "place": "一号厅",
        "url": "/week/talk/",
        "is_public": True,
    }
    given = {name: fields.pop(name) for name in list(fields) if name in told}
    made = occasions.make(kind, Told(**{**told, **given}))
    fields.setdefault("takes_registrations", True)
    Occasion.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made


def person(number: int = 1, **fields: str) -> Person:
    usual = {"name": f"某甲{number}", "unit": "样本单位", "contact": f"138{number:08d}"}
    return Person(**{**usual, **fields})


def registered(of: Occasion, number: int = 1, **fields: str) -> Registration:
    return taking.take(of.pk, person(number, **fields))


def statuses(of: Occasion) -> list[str]:
    """In the order of their turns."""
    return list(of.registrations.order_by("turn").values_list("status", flat=True))
