"""Personal data is kept until a day that was promised, and not longer."""

from datetime import date, timedelta

from django.db.models import DateField, ExpressionWrapper, F, Value
from django.utils import timezone

from cms.models.occasions import Occasion, Registration


def forget() -> int:
    """Delete the registrations that are kept no longer; how many."""
    old = Registration.objects.filter(keep_until__lt=timezone.localdate())
    deleted, by_model = old.delete()
    return by_model.get("cms.Registration", 0) if deleted else 0


def moved(occasion: Occasion, ended: date) -> None:
    """The occasion ended on ``ended`` before: what was promised counts from its end."""
    days = timezone.localdate(occasion.ends_at) - ended
    if not days:
        return
    later = ExpressionWrapper(F("keep_until") + Value(days), output_field=DateField())
    occasion.registrations.update(keep_until=later)


def shortened(occasion: Occasion) -> None:
    """Fewer days are kept for everybody; more only for who registers from now on."""
    until = timezone.localdate(occasion.ends_at) + timedelta(days=occasion.keep_days)
    occasion.registrations.filter(keep_until__gt=until).update(keep_until=until)
